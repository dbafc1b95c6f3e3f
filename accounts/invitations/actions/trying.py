"""Try a code that somebody types: five wrong ones a slip, thirty an hour an address (DESIGN §6, §9)."""

import datetime
from typing import Any, cast

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.audit.actions import record
from accounts.invitations.actions.telling import tell_members_right
from accounts.invitations.codes import SELECTOR, matches
from accounts.invitations.errors import Expired, Locked, Replaced, Unknown, Used, Withdrawn
from accounts.invitations.models import ClassCode, Code, Slip
from accounts.schools.models import School
from foundation.limits.actions import Taken, TooManyTries, take

TRIES = 5
LOCK = datetime.timedelta(hours=24)
# Verified where there is no row, so that an unknown code takes the time of a wrong one.
NOBODY = ("00" * 16, "00" * 32)

AnyCode = Slip | ClassCode


def try_code(code: str, *, address: str) -> AnyCode:
    """Return the living slip or class code of a whole normalised code; count the try if it is wrong.

    Raises a CodeRefused, or TooManyTries past the address's limit: then only a right code of a living slip
    still passes, and nothing else is verified, so that one hostile phone closes no school's door.
    """
    row = _row_of(code[:SELECTOR])
    try:
        by_address = take("slip", address=address)
    except TooManyTries as refusal:
        if not (isinstance(row, Slip) and _is_living(row)):
            raise
        return _past_the_limit(row, code, refusal)
    try:
        counted = _count(row, code[:SELECTOR])
    except Locked:
        by_address.give_back()
        raise
    if not matches(code, *((row.salt, row.verifier) if row else NOBODY)):
        _lock_if_spent(row)
        raise Unknown
    by_address.give_back()
    return _right(cast(AnyCode, row), counted)


def school_of(row: AnyCode) -> School:
    return row.invitation.school if isinstance(row, Slip) else row.classroom.school


def refuse_ended(row: AnyCode, now: datetime.datetime | None = None) -> None:
    """Raise what is to be told of a verified code that no longer serves."""
    school = school_of(row)
    invitation = row.invitation if isinstance(row, Slip) else None
    if row.how == Code.End.USED:
        raise Used(school, invitation)
    if row.how == Code.End.CANCELLED:
        # An awaited person who is not awaited any more has no newer paper.
        raise Withdrawn(school) if invitation and invitation.state == "revoked" else Replaced(school)
    if row.ended is not None:
        raise Withdrawn(school)
    if row.expires <= (now or timezone.now()):
        raise Expired(school)


def _past_the_limit(row: Slip, code: str, refusal: TooManyTries) -> AnyCode:
    """Let the right paper in; answer anything else as if it had not been looked at."""
    try:
        _reserve(row)
    except Locked:
        raise refusal from None
    if not matches(code, row.salt, row.verifier):
        _lock_if_spent(row)
        raise refusal
    return _right(row, None)


def _row_of(selector: str) -> AnyCode | None:
    """The living row of these four characters, else the last that had them: it may say why it ended."""
    slips = Slip.objects.select_related("invitation__school").filter(selector=selector)
    codes = ClassCode.objects.select_related("classroom__school").filter(selector=selector)
    living = slips.filter(ended__isnull=True).first() or codes.filter(ended__isnull=True).first()
    return living or slips.first() or codes.first()


def _is_living(row: AnyCode) -> bool:
    return row.ended is None and row.expires > timezone.now()


def _same(row: AnyCode) -> Any:
    return type(row).objects.filter(pk=row.pk)  # type: ignore[attr-defined]


def _count(row: AnyCode | None, selector: str) -> Taken | None:
    """Count the try before its work: on the living row, else against the four characters. Raises Locked."""
    if row is not None and _is_living(row):
        _reserve(row)
        return None
    try:
        return take("no_slip", target=selector)
    except TooManyTries:
        raise Locked from None


def _reserve(row: AnyCode) -> None:
    """Take one of the five tries, in one statement; a lock that is over gives them all again."""
    same = _same(row)
    same.filter(locked_until__lte=timezone.now()).update(tries=0, locked_until=None)
    if not same.filter(locked_until__isnull=True, tries__lt=TRIES).update(tries=F("tries") + 1):
        _lock_if_spent(row)
        raise Locked


@transaction.atomic
def _lock_if_spent(row: AnyCode | None) -> None:
    """Lock the row at its fifth wrong try, and tell the direction, once."""
    if row is None:
        return
    spent = _same(row).filter(ended__isnull=True, tries__gte=TRIES, locked_until__isnull=True)
    if not spent.update(locked_until=timezone.now() + LOCK):
        return
    school = school_of(row)
    whom = row.invitation.key if isinstance(row, Slip) else row.classroom.key
    record("slip_locked", school=school, of=whom)
    kind = "slip_locked" if isinstance(row, Slip) else "class_code_locked"
    tell_members_right(school, kind, f"{whom}.{row.pk}")


def _right(row: AnyCode, counted: Taken | None) -> AnyCode:
    """Give the try back: only wrong ones count; then say whether the paper still serves."""
    if counted is not None:
        counted.give_back()
    elif _is_living(row):
        _same(row).filter(tries__gt=0).update(tries=F("tries") - 1)
    refuse_ended(row)
    return row
