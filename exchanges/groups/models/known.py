"""The groups of a member, for the pages that ask at every visit: SQL written once, and the school known.

Django takes 20 to 60 ms to write these questions, a database one or two to answer.
"""

import datetime
from functools import cache
from itertools import product
from typing import Any

from django.db.models import Case, F, OuterRef, QuerySet, When

from accounts.schools.member import Member
from exchanges.groups.models.circles import KINDS, Reach, reach_of, worn_in_school
from exchanges.groups.models.groups import Group
from exchanges.groups.models.seats import GroupMember
from foundation.howmany import HowMany
from foundation.prepared import Prepared


def group_with_seat(member: Member, key: str) -> Group | None:
    """A group of the school with the member's seat and `readers`, theirs or not: ask policy. 1 query."""
    found = _COUNTED.rows(school=member.school.pk, key=key, own=_own(member), day=member.today)
    return next(iter(_of_school(member, found)), None)


def group_uncounted(member: Member, key: str) -> Group | None:
    """As `group_with_seat`, for a page that counts the readers otherwise: the dearest part is not asked."""
    found = _UNCOUNTED.rows(school=member.school.pk, key=key, own=_own(member))
    return next(iter(_of_school(member, found)), None)


def groups_known(member: Member) -> list[Group]:
    """As `Group.objects.visible_to`; 1 query."""
    return [] if member.is_pending else _listed(member, reads=False)


def groups_read(member: Member) -> list[Group]:
    """As `Group.objects.readable_by`; 1 query."""
    return [] if member.is_pending or not member.opens_past else _listed(member, reads=True)


def readers_by_group(member: Member) -> dict[int, int]:
    """How many read each group of the school, by its id. 1 query."""
    return dict(_READERS.rows(school=member.school.pk, day=member.today))


def _own(member: Member) -> int:
    """The id of the membership; while their past is shut, of nobody."""
    return member.membership.pk if member.membership and member.opens_past else 0


def _of_school(member: Member, groups: list[Group]) -> list[Group]:
    for group in groups:
        # Known already: no rule asks the database for it again.
        group.school = member.school
    return groups


def _listed(member: Member, *, reads: bool) -> list[Group]:
    reach = reach_of(member)
    asked = _groups(reads, reach.judges, reach.circles)
    # Whoever judges knows of every class.
    rooms: dict[str, Any] = (
        {} if reach.judges else {"children": reach.children or [0], "taught": reach.taught or [0]}
    )
    return _of_school(member, asked.rows(school=member.school.pk, own=_own(member), **rooms))


# Of many groups at once no page says these; the charter alone may be 4,000 signs, twice.
_NOT_LISTED = (
    "charter", "charter_html", "charter_renderer", "charter_edition", "skeleton", "invite_key", "is_discreet",
    "suggested_by", "created", "reminded",
)  # fmt: skip


@cache
def _groups(reads: bool, judges: bool, circles: frozenset[str]) -> Prepared:
    """Of everybody who is of these circles, whatever their classes."""

    def rows(
        school: int, own: int, children: list[int] | None = None, taught: list[int] | None = None
    ) -> QuerySet[Group]:
        groups = Group.objects.filter(school=school).with_seat_of(own)
        reach = Reach(judges, circles, children or [], taught or [])
        groups = groups.read_within(reach) if reads else groups.known_within(reach)
        return groups.select_related("classroom").defer(*_NOT_LISTED)

    lists = {} if judges else {"children": list, "taught": list}
    return Prepared(rows, school=int, own=int, **lists)


def _uncounted(school: int, key: str, own: int) -> QuerySet[Group]:
    return Group.objects.filter(school=school, key=key).with_seat_of(own).select_related("classroom")


def _counted(school: int, key: str, own: int, day: datetime.date) -> QuerySet[Group]:
    return _uncounted(school, key, own).annotate(readers=_people(school, day, many=False))


def _readers(school: int, day: datetime.date) -> QuerySet[Group, tuple[int, int]]:
    groups = Group.objects.filter(school=school).annotate(people=_people(school, day, many=True))
    return groups.order_by().values_list("pk", "people")


def _people(school: int, day: datetime.date, *, many: bool) -> Case:
    """How many read each group of a query of groups; each circle by a question of its own, tried once."""
    seats = GroupMember.objects.filter(group=OuterRef("pk")).present().alias(person=F("membership") + 0)
    cases = []
    for circle, tied in product(KINDS, (False, True)):
        reading = seats.filter(worn_in_school(circle, tied, school, day, many=many)).order_by()
        cases.append(When(circle=circle, classroom__isnull=not tied, then=HowMany(reading.values("group"))))
    return Case(*cases, default=0)


_COUNTED = Prepared(_counted, school=int, key=str, own=int, day=datetime.date)
_UNCOUNTED = Prepared(_uncounted, school=int, key=str, own=int)
_READERS = Prepared(_readers, school=int, day=datetime.date)
