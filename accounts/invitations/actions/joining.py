"""Somebody comes in by their paper or mail, adds a class, waits with a class code, or says "not for me"."""

import datetime
from dataclasses import dataclass
from typing import cast

from django.db import transaction
from django.utils import timezone

from accounts.audit.actions import record
from accounts.invitations.actions.telling import tell_direction, tell_members_right
from accounts.invitations.actions.waiting import forget_what_was_asked
from accounts.invitations.asked import note_asked
from accounts.invitations.errors import AlreadyHere, Expired, ListFull, OwnTitle, Used
from accounts.invitations.models import ClassCode, Code, Invitation, MailToken, Slip
from accounts.invitations.ways import Way
from accounts.people.actions import set_email
from accounts.people.models import User
from accounts.schools.actions import give_hat, join, wait_at_the_door
from accounts.schools.models import Classroom, Hat, Membership, School
from foundation.limits.actions import TooManyTries, take

# A class code may bring this many times the adults of its class, and at least so many (DESIGN §6).
TIMES_THE_CLASS = 3
LIST_AT_LEAST = 30
# Given by the direction to somebody else, with an end (`give_title`).
GIVEN = (*Hat.TITLES, Hat.Kind.HELPER, Hat.Kind.RELAY)


@dataclass(frozen=True)
class Newcomer:
    """What somebody without account told: `email` was proved, or is empty and `password` stands for it."""

    name: str
    language: str
    email: str = ""
    password: str = ""


@transaction.atomic
def come_in(way: Way, who: Newcomer) -> Membership:
    """Make an account and a member of it, at once. Raises CodeRefused, NameTaken, EmailTaken, ListFull."""
    user = User(
        username=User.objects.free_username(who.name), display_name=who.name[:60], language=who.language
    )
    user.clean()
    if who.password:
        user.set_password(who.password)
    else:
        user.set_unusable_password()
    user.save()
    if who.email:
        set_email(user, who.email)
    return accept(way, user, who.name)


@transaction.atomic
def accept(way: Way, user: User, name: str) -> Membership:
    """Let an account in by `way`, which then no longer serves. Raises CodeRefused, NameTaken, ListFull.

    Nobody gives themselves a title, be it by paper (`OwnTitle`).
    """
    way.refuse_ended()
    if way.class_code is not None:
        return _wait(way.class_code, user, name)
    invitation = cast(Invitation, way.invitation)
    if invitation.kind in GIVEN and invitation.created_by_id == user.pk:
        raise OwnTitle(invitation.school)
    last_day = _last_day(invitation)
    _spend(way, invitation)
    waiting = Membership.objects.of_school(invitation.school).pending().filter(user=user).first()
    if waiting is not None:
        # The paper opens its own classes; those asked for by a class code still need somebody's yes.
        forget_what_was_asked(waiting)
    membership = join(user, invitation.school, _name_there(user, invitation.school) or name)
    for classroom in way.classrooms if invitation.kind in Hat.IN_CLASS else [None]:
        _give(invitation, membership, classroom, last_day)
    rows = Invitation.objects.of_school(invitation.school).waiting().filter(pk=invitation.pk)
    if not rows.update(state=Invitation.State.JOINED, membership=membership):
        raise Used(invitation.school)
    if invitation.kind in Hat.STAFF:
        # Whoever wrote the paper may hold it too, and make a second account: the direction is told of each.
        tell_direction(invitation.school, "title_taken", invitation.key, but=user)
    return membership


@transaction.atomic
def say_not_me(way: Way) -> None:
    """Withdraw a paper or mail that reached somebody else, and tell the direction."""
    invitation = cast(Invitation, way.invitation)
    way.refuse_ended()
    now = timezone.now()
    if not way.gives_back:
        rows = Invitation.objects.of_school(invitation.school).waiting().filter(pk=invitation.pk)
        if not rows.update(state=Invitation.State.NOT_ME):
            raise Used(invitation.school)
        MailToken.objects.filter(invitation=invitation, used__isnull=True).update(used=now)
    Slip.objects.filter(invitation=invitation, ended__isnull=True).update(ended=now, how=Code.End.REFUSED)
    record("slip_not_me", school=invitation.school, invitation=invitation.key)
    last = way.slip.pk if way.slip else 0
    tell_members_right(invitation.school, "slip_not_me", f"{invitation.key}.{last}")


def _spend(way: Way, invitation: Invitation) -> None:
    """End the paper or the token that was used, in one statement; then its sisters. Raises Used."""
    now = timezone.now()
    if way.slip is not None:
        row = Slip.objects.living(now).filter(pk=way.slip.pk)
        spent = row.update(ended=now, how=Code.End.USED)
    else:
        spent = MailToken.objects.filter(pk=cast(MailToken, way.token).pk, used__isnull=True).update(used=now)
    if not spent:
        raise Used(invitation.school)
    # Whoever is in has no use for the other paper or mail of the same invitation.
    Slip.objects.filter(invitation=invitation, ended__isnull=True).update(ended=now, how=Code.End.USED)
    MailToken.objects.filter(invitation=invitation, used__isnull=True).update(used=now)


def _name_there(user: User, school: School) -> str:
    """The name that the school knows already, kept; "" for a newcomer."""
    rows = Membership.objects.of_school(school).filter(user=user).exclude(state=Membership.State.LEFT)
    return rows.values_list("name", flat=True).first() or ""


def _last_day(invitation: Invitation) -> datetime.date | None:
    """The last day of what the paper gives, None if it lasts. Raises Expired if that day is over."""
    school, last = invitation.school, invitation.until
    if last is None and invitation.kind in (*GIVEN, Hat.Kind.PROCHE):
        last = school.years.get(is_current=True).ends
    if last is not None and last < school.today():
        raise Expired(school)
    return last


def _give(
    invitation: Invitation, membership: Membership, classroom: Classroom | None, until: datetime.date | None
) -> None:
    give_hat(
        membership,
        invitation.kind,
        by=invitation.created_by,
        classroom=classroom,
        since=_first_day(classroom),
        until=until,
        rights=list(invitation.rights) if invitation.kind in Hat.TITLES else [],
    )


def _first_day(classroom: Classroom | None) -> datetime.date | None:
    """In a class of next year nobody is anything before its first day, or the change of year."""
    if classroom is None or classroom.year.is_current:
        return None
    starts = classroom.year.starts
    return starts if starts > classroom.school.today() else None


def _wait(code: ClassCode, user: User, name: str) -> Membership:
    """Put somebody on the waiting list of a class, which is capped. Raises AlreadyHere, ListFull."""
    classroom, school = code.classroom, code.classroom.school
    known = Membership.objects.of_school(school).filter(user=user).exclude(state="left").first()
    if known is not None:
        return _wait_again(known, classroom, name)
    _refuse_full(classroom)
    membership = join(user, school, name, state=Membership.State.PENDING)
    give_hat(membership, Hat.Kind.PARENT, classroom=classroom)
    return membership


def _wait_again(known: Membership, classroom: Classroom, name: str) -> Membership:
    """Nothing changes for a member; one whom the school no longer knows waits, and learns nothing."""
    waits = known.state == Membership.State.PENDING
    kept_away = False if waits else _is_kept_away(known)
    _refuse_full(classroom)
    if kept_away:
        note_asked(known, classroom, name or known.name)
        return known
    if not waits:
        wait_at_the_door(known)
    give_hat(known, Hat.Kind.PARENT, classroom=classroom)
    return known


def _is_kept_away(known: Membership) -> bool:
    """Whether a court decision takes all that the member is; False if it all ended. Raises AlreadyHere."""
    today = known.school.today()
    hats = Hat.objects.filter(membership=known).lasting(today).with_barred_until()
    barred = [hat.is_barred_on(today) for hat in hats]
    if not all(barred):
        raise AlreadyHere(known.school)
    return bool(barred)


def _refuse_full(classroom: Classroom) -> None:
    """Take one place of the day, and see that the list is not full. Raises ListFull."""
    # One at a time: two people could both take the last place.
    Classroom.objects.of_school(classroom.school).select_for_update().get(pk=classroom.pk)
    hats = Hat.objects.filter(classroom=classroom, kind__in=(Hat.Kind.PARENT, Hat.Kind.PROCHE))
    waiting = hats.filter(membership__state="pending").values("membership").distinct().count()
    adults = hats.filter(membership__state="active").values("membership").distinct().count()
    awaited = classroom.invitations.unscoped().filter(state="waiting").count()
    if waiting >= max(LIST_AT_LEAST, TIMES_THE_CLASS * (adults + awaited)):
        raise ListFull(classroom.school)
    try:
        take("class_code", target=f"class {classroom.pk}")
    except TooManyTries:
        raise ListFull(classroom.school) from None
