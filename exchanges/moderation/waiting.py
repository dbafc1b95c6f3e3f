"""How long something has waited, who runs its group, and whether it is for the direction (RULES §3, §4)."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from accounts.people.models import User
from accounts.schools.models import Membership, School
from exchanges.groups.models import Group, GroupMember, worn_in

SECOND_AFTER = datetime.timedelta(hours=24)
DIRECTION_AFTER = datetime.timedelta(hours=48)


@dataclass(frozen=True)
class Facilitator:
    """Somebody who runs a group and may write: who can decide there."""

    membership: Membership
    is_active: bool
    declines: bool

    @property
    def user(self) -> User:
        return self.membership.user


def waits_since(school: School, since: datetime.datetime, now: datetime.datetime) -> datetime.timedelta:
    """How long it has waited, of days on which mail goes."""
    return school.calendar.elapsed(since, now)


def is_overdue(school: School, since: datetime.datetime, now: datetime.datetime) -> bool:
    """Whether it is the direction's turn."""
    return waits_since(school, since, now) >= DIRECTION_AFTER


def facilitators_of(groups: Iterable[Group], now: datetime.datetime) -> dict[int, list[Facilitator]]:
    """Who can decide in each group, by its id; the one who has run it longest first. One query."""
    wanted = list({group.pk: group for group in groups}.values())
    found: dict[int, list[Facilitator]] = defaultdict(list)
    if not wanted:
        return found
    rows = GroupMember.objects.filter(
        _still_readers(wanted, now), group__in=wanted, is_facilitator=True
    ).present()
    rows = rows.filter(membership__state=Membership.State.ACTIVE)
    rows = rows.exclude(membership__suspended_until__gt=now).exclude(mute_until__gt=now)
    active = GroupMember.objects.filter(membership=OuterRef("membership"), pk=OuterRef("pk")).active(now)
    rows = rows.annotate(seen=Exists(active)).select_related("membership__user", "membership__school")
    for row in rows.order_by("joined", "pk"):
        seen = bool(row.seen)  # type: ignore[attr-defined]
        found[row.group_id].append(Facilitator(row.membership, seen, row.declines_reports))
    return found


def _still_readers(groups: Sequence[Group], now: datetime.datetime) -> Q:
    """Members of these groups who are of its circle and class today."""
    alike: dict[tuple[str, int | None, datetime.date], list[int]] = defaultdict(list)
    for group in groups:
        alike[(group.circle, group.classroom_id, group.school.today(now))].append(group.pk)
    found = Q(pk__in=[])
    for (circle, room, day), ids in alike.items():
        found |= Q(group__in=ids) & worn_in(circle, room, day)
    return found
