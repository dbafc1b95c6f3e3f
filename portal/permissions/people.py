"""One person of each role, made in memory: rules are pure, so no row is needed to ask them."""

import datetime
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.people.models import User
from accounts.schools.access import member_from
from accounts.schools.member import Member
from accounts.schools.models import Classroom, Hat, Mandate, Membership, ParentList, School, SchoolYear

# Keys of the school, class, list and membership of whoever asks, and of another one.
OWN, OTHER = 1, 2
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Subject:
    """Who asks: the account, and what it is in the school in question (None: nothing that may be known)."""

    user: User | AnonymousUser
    member: Member | None


def subjects() -> dict[str, Subject]:
    """Return {role: somebody of that role}, in the order the table prints them."""
    day = School().today()
    return {
        "visitor": Subject(AnonymousUser(), None),
        "pending": _in_school(day, "parent", state=Membership.State.PENDING),
        "parent": _in_school(day, "parent"),
        "proche": _in_school(day, "proche"),
        "restricted parent": _in_school(day, "parent", barred=True),
        "elected parent": _in_school(day, "parent", "elected"),
        "ended mandate": _in_school(day, "parent", "elected", ended="elected"),
        "teacher": _in_school(day, "teacher"),
        "director": _in_school(day, "director"),
        "deputy": _in_school(day, "deputy", rights=Hat.Right.values),
        "secretary": _in_school(day, "secretary", rights=[Hat.Right.MEMBERS, Hat.Right.DOCUMENTS]),
        "interim": _in_school(day, "interim", rights=[Hat.Right.MEMBERS]),
        "helper": _in_school(day, "helper"),
        "relay": _in_school(day, "relay"),
        "facilitator": _in_school(day, "parent"),
        "teacher and parent": _in_school(day, "parent", "teacher"),
        "director and parent": _in_school(day, "parent", "director"),
        "deputy without rights": _in_school(day, "deputy"),
        "suspended": _in_school(day, "parent", suspended=True),
        "suspended elected": _in_school(day, "parent", "elected", suspended=True),
        "leaver": _in_school(day, "parent", ended="parent"),
        "ended helper": _in_school(day, "parent", "helper", ended="helper"),
        "ended director": _in_school(day, "parent", "director", ended="director"),
        "elsewhere": Subject(_account(), None),
        "elsewhere director": Subject(_account(), None),
        "past closed": _in_school(day, "parent", past_closed=True),
        "past class": _in_school(day, "parent", is_past=True),
        "seen as parent": _seen_as(_in_school(day, "parent")),
        "curator": Subject(_account("curator"), None),
        "host moderator": Subject(_account("host_moderator"), None),
        "operator": Subject(_account("operator"), None),
    }


def _account(*roles: str) -> User:
    """An account with these roles of the host and no school."""
    user = User(pk=1, username="personne", display_name="Personne")
    user.__dict__["_roles_in_force"] = dict.fromkeys(roles, timezone.localdate())
    user.__dict__["_members"] = ()
    return user


def _in_school(
    day: datetime.date,
    *kinds: str,
    rights: list[str] | None = None,
    state: str = Membership.State.ACTIVE,
    ended: str = "",
    barred: bool = False,
    suspended: bool = False,
    past_closed: bool = False,
    is_past: bool = False,
) -> Subject:
    """Somebody with these hats, of the class OWN; the hat `ended` was theirs until yesterday.

    Made by the same function as for a request, so that an end or a restriction works as it does there.
    """
    user = _account()
    school = School(pk=1, slug="ecole", name="École")
    membership = Membership(pk=1, school=school, user=user, name="Personne", state=state)
    if suspended:
        membership.suspended_until = timezone.now() + DAY
    if past_closed:
        user.past_opens = timezone.now() + 3 * DAY
    hats = [_hat(membership, kind, day, rights or []) for kind in kinds]
    for hat in hats:
        if is_past and hat.classroom is not None:
            hat.classroom.year.is_current = False
        hat.barred_until = datetime.date.max if barred else None
        if hat.kind == ended:
            hat.since, hat.until = day - 9 * DAY, day - DAY
    member = member_from(membership, hats)
    user.__dict__["_members"] = (member,) if member else ()
    return Subject(user, member)


def _hat(membership: Membership, kind: str, day: datetime.date, rights: list[str]) -> Any:
    year = SchoolYear(pk=1, school=membership.school, is_current=True)
    room = Classroom(pk=OWN, school=membership.school, year=year) if kind in Hat.IN_CLASS else None
    given = rights if kind in Hat.TITLES else []
    hat = Hat(membership=membership, kind=kind, classroom=room, since=day, rights=given)
    if kind == Hat.Kind.ELECTED:
        hat.mandate = Mandate(hat=hat, elected_on=day, parent_list=ParentList(pk=OWN))
    return hat


def _seen_as(subject: Subject) -> Subject:
    """The direction, looking at a page as that person would."""
    member = subject.member and replace(subject.member, membership=None, seen_as=True)
    return replace(subject, member=member)
