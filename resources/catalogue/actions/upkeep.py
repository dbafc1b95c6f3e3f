"""Small acts between two writings: checked again, last day, place on the home page, publication cancelled."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.people.models import User
from resources.catalogue import policy
from resources.catalogue.actions.texts import AnyText, locked, store_text
from resources.catalogue.errors import DateIsPast, WrongState
from resources.catalogue.models import Resource, Status

ONE_YEAR = datetime.timedelta(days=365)


@transaction.atomic
def confirm_checked(text: AnyText, *, by: User, until: datetime.date | None = None) -> AnyText:
    """Say that a public text was read again and needs no other word; next time in a year, or by `until`."""
    current = locked(text)
    if not policy.can_archive(by, current):
        raise WrongState
    today = timezone.localdate()
    if until is not None and until <= today:
        raise DateIsPast
    current.reviewed = today
    current.review_reminded = None
    values = {"review_by": (until or today + ONE_YEAR).isoformat()}
    if current.pending is not None:
        current.pending = {**current.pending, **values}
    return store_text(current, by=by, comment="checked again", values=values)


@transaction.atomic
def schedule_archive(text: AnyText, *, by: User, at: datetime.datetime | None) -> AnyText:
    """Set the moment a public text leaves the library; None: it stays. Raises DateIsPast, WrongState."""
    current = locked(text)
    if not policy.can_archive(by, current):
        raise WrongState
    if at is not None and at <= timezone.now():
        raise DateIsPast
    current.archive_at = at
    return store_text(current, by=by, comment="to be archived")


@transaction.atomic
def cancel_publication(text: AnyText, *, by: User) -> AnyText:
    """Take back the hour of an accepted text: it waits for a reading again."""
    current = locked(text)
    if not policy.can_edit(by) or current.publish_at is None:
        raise WrongState
    current.publish_at = None
    return store_text(current, by=by, comment="taken back")


@transaction.atomic
def put_forward(resource: Resource, *, by: User, place: int) -> Resource:
    """Give a public resource its place on the home page; 0 takes it off."""
    current = locked(resource)
    if not policy.can_edit(by) or current.status != Status.PUBLISHED:
        raise WrongState
    current.featured = place
    return store_text(current, by=by, comment="put forward", reindex=False)
