"""Invite by mail: one mail without content, two reminders, then paper (DESIGN §6, Import)."""

import datetime
import hashlib
import secrets
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.audit.actions import record
from accounts.invitations.models import Invitation, InvitationQuerySet, MailToken
from accounts.outbox.actions import post

KIND = "invitation"
LIFE = datetime.timedelta(days=60)
# Days after the first mail on which a reminder leaves; then paper is the way.
REMINDERS = (4, 10)
MAILS_AT_MOST = 1 + len(REMINDERS)
BATCH = 200


def digest_of(token: str) -> str:
    """Return what is kept of a token: who reads the table cannot use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def invite_by_mail(
    invitations: Iterable[Invitation], *, by: Any = None, now: datetime.datetime | None = None
) -> int:
    """Post the first mail to those who have an address of their own; return how many are posted.

    Nothing leaves before the school is opened, nor to an address that stands under two names: both get a
    paper. `remind_due` posts the rest: those of a school opened since, and a large import, in batches.
    """
    keys = [row.pk for row in invitations if row.email]
    if not keys or len(keys) > BATCH:
        return 0
    return _post_all(_mailable().filter(pk__in=keys, mails=0), by=by, now=now or timezone.now())


def remind_due(now: datetime.datetime | None = None) -> int:
    """Post the mails whose time has come, a batch at most: for the clock, each minute. Return how many."""
    moment = now or timezone.now()
    first = Q(mails=0)
    # The first reminder counts from the first mail, the second from the first reminder.
    waits = (REMINDERS[0], REMINDERS[1] - REMINDERS[0])
    later = [
        Q(mails=number, last_mail__lte=moment - datetime.timedelta(days=days))
        for number, days in enumerate(waits, start=1)
    ]
    rows = _mailable().filter(first | later[0] | later[1])
    return _post_all(rows[:BATCH], by=None, now=moment)


def _mailable() -> InvitationQuerySet:
    """Those who may be written to: awaited in an open school, at an address that one name alone has."""
    other = Invitation.objects.unscoped().filter(school=OuterRef("school"), email=OuterRef("email"))
    shared = other.exclude(match=OuterRef("match")).exclude(state=Invitation.State.REVOKED)
    rows = Invitation.objects.unscoped().waiting().filter(school__opened__isnull=False)
    rows = rows.exclude(email="").exclude(Exists(shared)).exclude(_is_of_next_year())
    return rows.select_related("school").order_by("pk")


def _is_of_next_year() -> Q:
    """Awaited in classes of next year alone: there is nothing to come in for before the change of year."""
    links = Invitation.classrooms.through.objects.filter(invitation=OuterRef("pk"))
    return Q(Exists(links)) & ~Q(Exists(links.filter(classroom__year__is_current=True)))


@transaction.atomic
def _post_all(rows: InvitationQuerySet, *, by: Any, now: datetime.datetime) -> int:
    found = list(rows)
    for school in {row.school for row in found}:
        count = sum(row.school == school for row in found)
        record("invited_by_mail", by=by, school=school, count=count)
    for invitation in found:
        _post_one(invitation, now)
    return len(found)


def _post_one(invitation: Invitation, now: datetime.datetime) -> None:
    """Post one mail; two clocks at once post it once."""
    # Mail that nobody asked for leaves in the hours of the school (DESIGN §7).
    due = invitation.school.calendar.next_delivery(now)
    number = invitation.mails + 1
    claimed = Invitation.objects.unscoped().filter(pk=invitation.pk, mails=invitation.mails)
    if number > MAILS_AT_MOST or not claimed.update(mails=number, last_mail=due):
        return
    invitation.mails, invitation.last_mail = number, due
    token = secrets.token_urlsafe(24)
    expires = now + LIFE
    MailToken.objects.create(invitation=invitation, digest=digest_of(token), expires=expires)
    post(
        KIND,
        invitation.key,
        address=invitation.email,
        secret=token,
        language="fr",
        revision=number,
        due=due,
        school=invitation.school,
        expires=expires,
    )
