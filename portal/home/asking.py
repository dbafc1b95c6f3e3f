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
    Exists,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.utils import timezone

from accounts.assisted.models import AssistedEntry
from accounts.invitations.actions.mailing import MAILS_AT_MOST
from accounts.invitations.models import Invitation, Slip, is_living
from accounts.people.models import User
from accounts.schools import policy
from accounts.schools.member import Member
from accounts.schools.models import Hat, Membership, School
from foundation.howmany import HowMany
from foundation.prepared import Prepared

WAITING, SLIPS, TYPED = "waiting", "slips", "typed"
# No row has this id: a part of the question is asked of nothing, and its SQL stays the same.
NONE = [0]
COUNTED_AT_MOST = 100
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
            places=[one.school.pk for one in members] or NONE,
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
    places: list[int],
    schools: list[int],
    rooms: list[int],
    handed: list[int],
    led: list[int],
    day: datetime.date,
    now: datetime.datetime,
    since: datetime.datetime,
) -> QuerySet[Any, Any]:
    waiting = _waiting_in(places, schools, rooms, day)
    return waiting.union(_slips_of(handed, led, now), _typed_for(user, since), all=True)


_COUNTED = Prepared(
    _everything,
    user=int,
    places=list,
    schools=list,
    rooms=list,
    handed=list,
    led=list,
    day=datetime.date,
    now=datetime.datetime,
    since=datetime.datetime,
)


def _waiting_in(
    places: list[int], schools: list[int], rooms: list[int], day: datetime.date
) -> QuerySet[Any, Any]:
    """How many wait to be let in, by school, and since when; a class they left before counts no more."""
    # By school and state: what one may see is found in an index, not among all members.
    pending = Q(membership__school__in=places, membership__state=Membership.State.PENDING)
    rows = Hat.objects.filter(pending).lasting(day)
    rows = rows.filter(Q(membership__school__in=schools) | Q(classroom__in=rooms)).order_by()
    counted = rows.values("membership__school").annotate(
        count=Count("membership", distinct=True), since=Min("membership__joined")
    )
    return counted.values_list(_word(WAITING), "membership__school", "count", _zero(), _zero(), "since")


def _slips_of(schools: list[int], led: list[int], now: datetime.datetime) -> QuerySet[Any, Any]:
    """How many slips ask for something, by school; those of titles only where one leads.

    Those to print are counted up to one more than `COUNTED_AT_MOST`: thousands are awaited in September, and
    the home says no more than « plus de 100 ».
    """
    # Whoever hands out those of titles hands out all.
    within = Q(school=OuterRef("pk")) & (~Q(kind__in=Hat.STAFF) | Q(school__in=led))
    awaited = Invitation.objects.filter(within).order_by()
    on_paper = awaited.filter(Q(email="") | Q(mails__gte=MAILS_AT_MOST), state=Invitation.State.WAITING)
    living = Slip.objects.filter(is_living(now), invitation=OuterRef("pk"))
    unprinted = on_paper.filter(~Exists(living)).values("pk")[: COUNTED_AT_MOST + 1]
    locked = Slip.objects.filter(is_living(now), locked_until__gt=now).values("invitation")
    counted = School.objects.filter(pk__in=schools).annotate(
        refused=HowMany(awaited.filter(state=Invitation.State.NOT_ME).values("pk")),
        unprinted=HowMany(unprinted),
        locked=HowMany(awaited.filter(pk__in=locked).values("pk")),
    )
    never = Value(None, output_field=DateTimeField())
    return counted.order_by().values_list(_word(SLIPS), "pk", "refused", "unprinted", "locked", never)


def _typed_for(user: int, since: datetime.datetime) -> QuerySet[Any, Any]:
    """When something that stands was last typed for a person, by school."""
    rows = AssistedEntry.objects.filter(person__user=user, undone__isnull=True, at__gte=since).order_by()
    counted = rows.values("school").annotate(count=Count("pk"), last=Max("at"))
    return counted.values_list(_word(TYPED), "school", "count", _zero(), _zero(), "last")


def _word(what: str) -> Value:
    return Value(what, output_field=CharField())


def _zero() -> Value:
    return Value(0, output_field=IntegerField())
