"""What the database is asked for a home beside the groups: one query for all counts, in all schools."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import (
    CharField,
    Count,
    DateTimeField,
    FilteredRelation,
    IntegerField,
    Max,
    Min,
    Q,
    QuerySet,
    Value,
)
from django.utils import timezone

from accounts.assisted.models import AssistedEntry
from accounts.invitations.actions.mailing import MAILS_AT_MOST
from accounts.invitations.models import Invitation, is_living
from accounts.people.models import User
from accounts.schools import policy
from accounts.schools.member import Member
from accounts.schools.models import Hat, Membership
from foundation.prepared import Prepared

WAITING, SLIPS, TYPED = "waiting", "slips", "typed"
# No row has this id: a part of the question is asked of nothing, and its SQL stays the same.
NONE = [0]
TYPED_SINCE = datetime.timedelta(days=30)


class Counted(NamedTuple):
    """What is counted of one school: `first` people or refused slips, then unprinted and locked ones."""

    what: str
    school: int
    first: int = 0
    unprinted: int = 0
    locked: int = 0
    moment: datetime.datetime | None = None


@dataclass(frozen=True)
class Asker:
    """Whose home it is, and their schools; asks once, and only if a subject wants to know."""

    user: User
    members: Sequence[Member]

    def counted(self, what: str, member: Member) -> Counted:
        return self._counted.get((what, member.school.pk)) or Counted(what, member.school.pk)

    @cached_property
    def _counted(self) -> dict[tuple[str, int], Counted]:
        members, now = self.members, timezone.now()
        rows = _COUNTED.rows(
            user=self.user.pk,
            schools=[one.school.pk for one in members if policy.can_manage_members(one)] or NONE,
            rooms=[room for one in members for room in one.classes(Hat.Kind.TEACHER)] or NONE,
            handed=[one.school.pk for one in members if policy.can_hand_out(one, Hat.Kind.PARENT)] or NONE,
            led=[one.school.pk for one in members if policy.can_hand_out(one, Hat.Kind.DIRECTOR)] or NONE,
            day=min(one.today for one in members),
            now=now,
            since=now - TYPED_SINCE,
        )
        return {(row[0], row[1]): Counted(*row) for row in rows}


def _everything(
    user: int,
    schools: list[int],
    rooms: list[int],
    handed: list[int],
    led: list[int],
    day: datetime.date,
    now: datetime.datetime,
    since: datetime.datetime,
) -> QuerySet[Any, Any]:
    waiting = _waiting_in(schools, rooms, day)
    return waiting.union(_slips_of(handed, led, now), _typed_for(user, since), all=True)


_COUNTED = Prepared(
    _everything,
    user=int,
    schools=list,
    rooms=list,
    handed=list,
    led=list,
    day=datetime.date,
    now=datetime.datetime,
    since=datetime.datetime,
)


def _waiting_in(schools: list[int], rooms: list[int], day: datetime.date) -> QuerySet[Any, Any]:
    """How many wait to be let in, by school, and since when; a class they left before counts no more."""
    rows = Hat.objects.filter(membership__state=Membership.State.PENDING).lasting(day)
    rows = rows.filter(Q(membership__school__in=schools) | Q(classroom__in=rooms)).order_by()
    counted = rows.values("membership__school").annotate(
        count=Count("membership", distinct=True), since=Min("membership__joined")
    )
    return counted.values_list(_word(WAITING), "membership__school", "count", _zero(), _zero(), "since")


def _slips_of(schools: list[int], led: list[int], now: datetime.datetime) -> QuerySet[Any, Any]:
    """How many slips ask for something, by school; those of titles only where one leads."""
    titles = Q(kind__in=Hat.STAFF)
    # Whoever hands out those of titles hands out all.
    rows = Invitation.objects.filter(~titles | Q(school__in=led), school__in=schools).order_by()
    # Joined once: two questions for each of 2,000 who are awaited took 12 ms.
    rows = rows.annotate(paper=FilteredRelation("slips", condition=is_living(now, "slips__")))
    unprinted = Q(state=Invitation.State.WAITING, paper__isnull=True)
    on_paper = unprinted & (Q(email="") | Q(mails__gte=MAILS_AT_MOST))
    counted = rows.values("school").annotate(
        refused=Count("pk", filter=Q(state=Invitation.State.NOT_ME), distinct=True),
        unprinted=Count("pk", filter=on_paper),
        locked=Count("pk", filter=Q(paper__locked_until__gt=now), distinct=True),
    )
    never = Value(None, output_field=DateTimeField())
    return counted.values_list(_word(SLIPS), "school", "refused", "unprinted", "locked", never)


def _typed_for(user: int, since: datetime.datetime) -> QuerySet[Any, Any]:
    """When something that stands was last typed for a person, by school."""
    rows = AssistedEntry.objects.filter(person__user=user, undone__isnull=True, at__gte=since).order_by()
    counted = rows.values("school").annotate(count=Count("pk"), last=Max("at"))
    return counted.values_list(_word(TYPED), "school", "count", _zero(), _zero(), "last")


def _word(what: str) -> Value:
    return Value(what, output_field=CharField())


def _zero() -> Value:
    return Value(0, output_field=IntegerField())
