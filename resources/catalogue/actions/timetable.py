"""What the clock does to the library: publish what is due, archive, remind of reviews."""

import datetime
import logging

from django.db import transaction

from foundation.html import HtmlError
from resources.catalogue import version
from resources.catalogue.actions.review import archive_text, make_public
from resources.catalogue.errors import LibraryError
from resources.catalogue.models import Resource, Variant

logger = logging.getLogger("portal.library")

TEXTS: tuple[type[Resource], type[Variant]] = (Resource, Variant)


def publish_due(now: datetime.datetime) -> int:
    """Publish accepted texts whose hour has come, each in its own transaction; return how many.

    One that can no longer be published goes back to those awaiting a reading, and holds up no other.
    """
    count = 0
    for model in TEXTS:
        for pk in list(model.objects.due(now).order_by("publish_at").values_list("pk", flat=True)):
            try:
                count += _publish_one(model, pk, now)
            except (LibraryError, HtmlError):
                logger.exception("%s %s could not be published at its hour", model._meta.model_name, pk)
                model.objects.filter(pk=pk).update(publish_at=None)
    return count


@transaction.atomic
def _publish_one(model: type[Resource] | type[Variant], pk: int, now: datetime.datetime) -> int:
    # Asked again under the lock: another clock may have been quicker.
    text = model.objects.select_for_update().due(now).filter(pk=pk).first()
    if text is None:
        return 0
    make_public(text, by=None, comment="published at its hour")
    return 1


def archive_due(now: datetime.datetime) -> int:
    """Archive what has passed its last day; return how many."""
    count = 0
    for model in TEXTS:
        for pk in list(model.objects.outdated(now).values_list("pk", flat=True)):
            with transaction.atomic():
                text = model.objects.select_for_update().outdated(now).filter(pk=pk).first()
                if text is not None:
                    archive_text(text, by=None, comment="archived at its hour")
                    count += 1
    return count


def due_for_review(today: datetime.date) -> list[Resource]:
    """Published resources past their review date, the oldest first."""
    return list(Resource.objects.past_review(today).order_by("review_by", "slug"))


@transaction.atomic
def remind_of_reviews(today: datetime.date) -> list[int]:
    """Mark once what has just passed its review date; return the resources curators are to be told of.

    The page shows "to be checked" from then on, so the library's version is raised with it.
    """
    rows = Resource.objects.select_for_update().past_review(today).filter(review_reminded__isnull=True)
    keys = list(rows.values_list("pk", flat=True))
    if keys:
        Resource.objects.filter(pk__in=keys).update(review_reminded=today)
        version.bump()
    return keys
