"""Have a text read by a second person, publish it, archive it."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.people.models import User
from resources.catalogue import policy
from resources.catalogue.actions.texts import AnyText, locked, refuse_taken_number, store_text
from resources.catalogue.completeness import refuse_incomplete
from resources.catalogue.errors import (
    ChangedSinceRead,
    DateIsPast,
    NeedsReason,
    NeedsSecondPerson,
    WrongState,
)
from resources.catalogue.fields import digest_of, latest_values
from resources.catalogue.models import Status, Variant
from resources.catalogue.rendering import refuse_missing_images


@transaction.atomic
def submit_for_review(text: AnyText, *, by: User) -> AnyText:
    """Ask for a second reading. Raises WrongState when there is nothing to read, Incomplete."""
    current = locked(text)
    if not policy.can_submit(by, current):
        raise WrongState
    refuse_incomplete(current, latest_values(current))
    current.in_review_since = timezone.now()
    current.refusal = ""
    if current.status == Status.DRAFT:
        current.status = Status.IN_REVIEW
    return store_text(current, by=by, comment="sent for review")


def _checked_for_decision(text: AnyText, by: User, edit_number: int | None) -> AnyText:
    """Hold the row; `edit_number` is that of the words this person read, None when no page showed them."""
    current = locked(text)
    if current.in_review_since is None:
        raise WrongState
    if not policy.can_decide(by, current):
        raise NeedsSecondPerson
    if edit_number is not None and current.edit_number != edit_number:
        raise ChangedSinceRead
    return current


@transaction.atomic
def send_back(text: AnyText, *, by: User, reason: str, edit_number: int | None = None) -> AnyText:
    """Refuse with a reason the author reads.

    Raises NeedsReason, NeedsSecondPerson, WrongState or ChangedSinceRead.
    """
    if not reason.strip():
        raise NeedsReason
    current = _checked_for_decision(text, by, edit_number)
    current.in_review_since = None
    current.publish_at = None
    current.refusal = reason.strip()
    current.reviewer = by
    if current.status == Status.IN_REVIEW:
        current.status = Status.DRAFT
    return store_text(current, by=by, comment=f"sent back: {reason.strip()}")


@transaction.atomic
def publish_text(
    text: AnyText, *, by: User, at: datetime.datetime | None = None, edit_number: int | None = None
) -> AnyText:
    """Accept a text in review, as read at `edit_number`: publish it now, or at `at` if that is to come.

    Raises NeedsSecondPerson, WrongState, ChangedSinceRead, DateIsPast, Incomplete, ImageWithoutWords or
    ImageMissing.
    """
    current = _checked_for_decision(text, by, edit_number)
    current.reviewer = by
    current.reviewed = timezone.localdate()
    if at is not None:
        if at <= timezone.now():
            raise DateIsPast
        values = latest_values(current)
        refuse_incomplete(current, values)
        refuse_missing_images(current, str(values["body"]))
        current.publish_at = at
        return store_text(current, by=by, comment=f"accepted, to be published {at:%Y-%m-%d %H:%M}")
    return make_public(current, by=by, comment="published")


def make_public(text: AnyText, *, by: User | None, comment: str) -> AnyText:
    """Put the accepted words in place and show them; the caller holds the row and checked who may."""
    values = text.pending or {}
    refuse_incomplete(text, latest_values(text))
    refuse_taken_number(text, values)
    text.pending = None
    text.in_review_since = None
    text.publish_at = None
    text.refusal = ""
    text.status = Status.PUBLISHED
    text.published = text.published or timezone.localdate()
    text.review_reminded = None
    if isinstance(text, Variant):
        text.source_digest = digest_of(text.resource)
    store_text(text, by=by, comment=comment, values=values)
    refuse_missing_images(text, text.body)
    return text


@transaction.atomic
def archive_text(text: AnyText, *, by: User | None, comment: str = "archived") -> AnyText:
    """Take a text out of the public library; its address says so."""
    current = locked(text)
    if current.status != Status.PUBLISHED:
        raise WrongState
    current.status = Status.ARCHIVED
    current.archive_at = None
    return store_text(current, by=by, comment=comment)


@transaction.atomic
def reopen_text(text: AnyText, *, by: User) -> AnyText:
    """Bring an archived text back as a draft."""
    current = locked(text)
    if current.status != Status.ARCHIVED:
        raise WrongState
    current.status = Status.DRAFT
    current.last_author = by
    return store_text(current, by=by, comment="reopened")
