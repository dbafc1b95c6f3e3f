"""The school's side: await somebody, stop awaiting them, and make the codes that go on paper."""

import datetime
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit.actions import record
from accounts.invitations.actions.mailing import KIND, invite_by_mail
from accounts.invitations.codes import NewCode, make_code
from accounts.invitations.matching import match_of
from accounts.invitations.models import ClassCode, Code, Invitation, MailToken, Slip
from accounts.outbox.actions import withdraw
from accounts.people.names import mended
from accounts.schools.errors import SchoolError
from accounts.schools.models import Classroom, Hat, School, SchoolYear

# In July the year is nearly over: a paper printed then is still good for a while.
SHORTEST_LIFE = datetime.timedelta(days=30)
TRIES = 5


class AlreadyAwaited(SchoolError):
    """Somebody of this name is awaited, or in, for one of these classes; `known` is their row."""

    message = _("Somebody of this name is on the list already, for this class.")

    def __init__(self, known: Invitation) -> None:
        super().__init__()
        self.known = known


class NotAwaited(SchoolError):
    message = _("This person is in already, or is not awaited any more.")


@transaction.atomic
def invite(
    school: School,
    *,
    by: Any,
    last_name: str,
    first_name: str,
    kind: str,
    classrooms: Sequence[Classroom],
    email: str = "",
    civility: str = "",
    rights: Iterable[str] = (),
    until: datetime.date | None = None,
    source: str = Invitation.Source.TYPED,
    is_another: bool = False,
) -> Invitation:
    """Await one adult; an open school writes to them at once if an address is given.

    Raises AlreadyAwaited if the same name is there for a common class, unless `is_another` person was said
    to have it.
    """
    first, last = mended(first_name), mended(last_name)
    match = match_of(last, first)
    known = None if is_another else _known(school, match, kind, classrooms)
    if known is not None:
        raise AlreadyAwaited(known)
    invitation = Invitation.objects.create(
        school=school,
        civility=civility,
        last_name=last,
        first_name=first,
        email=email.strip().lower(),
        kind=kind,
        rights=list(rights),
        until=until,
        match=match,
        source=source,
        created_by=by,
    )
    invitation.classrooms.set(classrooms)
    record("invited", by=by, school=school, row=invitation.key, kind=kind)
    invite_by_mail([invitation], by=by)
    return invitation


@transaction.atomic
def revoke(invitation: Invitation, *, by: Any) -> None:
    """Await this person no more: their paper and their mail let nobody in. Raises NotAwaited."""
    awaited = (Invitation.State.WAITING, Invitation.State.NOT_ME)
    rows = Invitation.objects.of_school(invitation.school).filter(pk=invitation.pk, state__in=awaited)
    if not rows.update(state=Invitation.State.REVOKED):
        raise NotAwaited
    invitation.state = Invitation.State.REVOKED
    _cancel(Slip.objects.filter(invitation=invitation))
    MailToken.objects.filter(invitation=invitation, used__isnull=True).delete()
    record("invitation_withdrawn", by=by, school=invitation.school, row=invitation.key)


@transaction.atomic
def correct(invitation: Invitation, *, by: Any, email: str, civility: str) -> None:
    """Correct how somebody is written to. A new address gets the mails anew; the old one's lead nowhere."""
    before = Invitation.objects.of_school(invitation.school).values_list("email", flat=True)
    is_new = before.get(pk=invitation.pk) != email.strip().lower()
    invitation.email, invitation.civility = email.strip().lower(), civility
    if is_new:
        invitation.mails, invitation.last_mail = 0, None
        MailToken.objects.filter(invitation=invitation, used__isnull=True).delete()
        withdraw(KIND, invitation.key)
    invitation.save(update_fields=["email", "civility", "mails", "last_mail"])
    record("invitation_corrected", by=by, school=invitation.school, row=invitation.key)
    invite_by_mail([invitation], by=by)


@transaction.atomic
def await_again(invitation: Invitation, *, by: Any) -> None:
    """Await again somebody of whom one said "this is not for me", to give them a new paper."""
    rows = Invitation.objects.of_school(invitation.school).filter(
        pk=invitation.pk, state=Invitation.State.NOT_ME
    )
    if not rows.update(state=Invitation.State.WAITING):
        raise NotAwaited
    invitation.state = Invitation.State.WAITING
    record("awaited_again", by=by, school=invitation.school, row=invitation.key)


def make_slips(invitations: Iterable[Invitation], *, by: Any) -> list[tuple[Invitation, str]]:
    """Make a code for each of those who are awaited, and return it: it is stored nowhere and shown once.

    A new code cancels the one before. Scrypt takes about 10 ms a code, so all are made before the one short
    transaction that stores them. The invitations must be of one school.
    """
    awaited = [row for row in invitations if row.state == Invitation.State.WAITING]
    if not awaited:
        return []
    school = awaited[0].school
    for left in reversed(range(TRIES)):
        codes = new_codes(len(awaited))
        try:
            return _store_slips(school, awaited, codes, by=by)
        except IntegrityError:
            # Somebody else printed at the same moment, and the same four characters came up.
            if not left:
                raise
    raise AssertionError("unreachable")


def make_class_code(classroom: Classroom, *, by: Any) -> str:
    """Make the code of a class, which cancels the one before, and return its text, stored nowhere."""
    for left in reversed(range(TRIES)):
        code = new_codes(1)[0]
        try:
            with transaction.atomic():
                _cancel(ClassCode.objects.filter(classroom=classroom))
                ClassCode.objects.create(
                    classroom=classroom, expires=expiry_of(classroom.school), **_stored(code)
                )
                record("class_code_made", by=by, school=classroom.school, classroom=classroom.key)
            return code.text
        except IntegrityError:
            if not left:
                raise
    raise AssertionError("unreachable")


def new_codes(count: int) -> list[NewCode]:
    """Make codes, on every core: each with four first characters that no living code has."""
    codes: dict[str, NewCode] = {}
    with ThreadPoolExecutor() as pool:
        while len(codes) < count:
            made = pool.map(lambda _number: make_code(), range(count - len(codes)))
            codes |= {code.selector: code for code in made}
            for taken in _taken(codes):
                del codes[taken]
    return list(codes.values())


def expiry_of(school: School, now: datetime.datetime | None = None) -> datetime.datetime:
    """Return when a paper of today stops being good: as the school year ends, at midnight there."""
    year = SchoolYear.objects.of_school(school).get(is_current=True)
    after = datetime.datetime.combine(
        year.ends + datetime.timedelta(days=1), datetime.time(), ZoneInfo(school.time_zone)
    )
    return max(after, (now or timezone.now()) + SHORTEST_LIFE)


@transaction.atomic
def _store_slips(
    school: School, awaited: list[Invitation], codes: list[NewCode], *, by: Any
) -> list[tuple[Invitation, str]]:
    keys = [row.pk for row in awaited]
    still = set(
        Invitation.objects.of_school(school).waiting().filter(pk__in=keys).values_list("pk", flat=True)
    )
    pairs = [(row, code) for row, code in zip(awaited, codes, strict=True) if row.pk in still]
    _cancel(Slip.objects.filter(invitation__in=still))
    expires = expiry_of(school)
    Slip.objects.bulk_create(Slip(invitation=row, expires=expires, **_stored(code)) for row, code in pairs)
    record("slips_made", by=by, school=school, count=len(pairs))
    return [(row, code.text) for row, code in pairs]


def _stored(code: NewCode) -> dict[str, str]:
    return {"selector": code.selector, "salt": code.salt, "verifier": code.verifier}


def _cancel(rows: Any) -> None:
    rows.filter(ended__isnull=True).update(ended=timezone.now(), how=Code.End.CANCELLED)


def _taken(selectors: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for model in (Slip, ClassCode):
        rows = model.objects.filter(selector__in=list(selectors), ended__isnull=True)
        found |= set(rows.values_list("selector", flat=True))
    return found


def _known(school: School, match: str, kind: str, classrooms: Sequence[Classroom]) -> Invitation | None:
    """Find the same name with a class in common; for a hat without class, the same name with the same hat."""
    gone = (Invitation.State.REVOKED,)
    rows = Invitation.objects.of_school(school).filter(match=match).exclude(state__in=gone)
    if kind in Hat.IN_CLASS:
        rows = rows.filter(classrooms__in=classrooms)
    else:
        rows = rows.filter(kind=kind)
    return rows.order_by("pk").first()
