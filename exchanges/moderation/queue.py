"""What waits for somebody who decides, as it stands: reports, held messages, requests, second readings.

Seven queries at most beside those that every page asks, however much waits. Nothing here is an opening:
whoever shows a text of `needs_opening` calls `actions.open_text` for it.
"""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.schools.member import Member
from exchanges.discussions.models import Post
from exchanges.groups.models import Circle, Group, groups_read
from exchanges.moderation import glance, policy
from exchanges.moderation.gathering import (
    MOST,
    gathered,
    open_readings,
    reading_item,
    readings,
    say_escalated,
)
from exchanges.moderation.items import Item, finished
from exchanges.moderation.models import Case, Decision, SecondReading

State = Post.State
As = Decision.As


def items_for_facilitator(member: Member, now: datetime.datetime | None = None) -> list[Item]:
    """What waits in the groups that `member` runs, the oldest first, danger before all."""
    moment = now or timezone.now()
    if member.membership is None or not policy.school.may_write(member, moment):
        return []
    mine = run_by(member).values("pk")
    items = gathered([member.school], Q(group__in=mine), moment)
    for item in items:
        item.hat, item.shows_text = As.FACILITATOR, True
    items += readings(Q(group__in=mine, reader=SecondReading.Reader.FACILITATOR), [member])
    return finished(items, {member.school.pk: member})


def items_for_direction(members: Iterable[Member], now: datetime.datetime | None = None) -> list[Item]:
    """What waits for the direction of each school; of parents' groups a line without text until escalated."""
    moment = now or timezone.now()
    judging = {one.school.pk: one for one in members if one.membership and policy.judges_for_school(one)}
    if not judging:
        return []
    schools = [one.school for one in judging.values()]
    items = gathered(schools, Q(), moment)
    say_escalated(items, moment)
    for item in items:
        member = judging[item.school.pk]
        among_parents = item.group is not None and item.group.circle == Circle.PARENTS
        item.hat = policy.hat_for_school(member)
        item.shows_text = policy.sees_text_for_school(member, item.group, is_escalated=item.is_escalated)
        item.needs_opening = among_parents and item.shows_text
        item.can_warn = not item.shows_text and item.group is not None
    asked = readings(
        Q(reader__in=[SecondReading.Reader.DIRECTOR, SecondReading.Reader.DEPUTY]), judging.values()
    )
    for item in asked:
        among_parents = item.group is not None and item.group.circle == Circle.PARENTS
        item.needs_opening = among_parents and item.post is not None
    items += asked
    return finished(items, judging)


def items_for_host(now: datetime.datetime | None = None) -> list[Item]:
    """Second readings that nobody of the school can do."""
    rows = open_readings(Q(reader=SecondReading.Reader.HOST)).unscoped()
    return [reading_item(row, As.HOST) for row in rows[:MOST]]


def item_of(items: Sequence[Item], kind: str, key: str) -> Item | None:
    """Return the item of that kind and key, None if it is not in one's queue: it does not exist."""
    return next((item for item in items if (item.kind, item.key) == (kind, key)), None)


def count_for(member: Member) -> int:
    """How much waits in the queue of `member`, in one query: what they decide, and lines without text too."""
    if member.membership is None or not policy.school.may_write(member):
        return 0
    within = Q(pk__in=run_by(member).values("pk"))
    if policy.judges_for_school(member):
        within |= Q(school=member.school)
    groups = Group.objects.of_school(member.school).filter(within)
    reported = Count("cases", filter=Q(cases__state=Case.State.OPEN), distinct=True)
    held = Count("topics__posts", filter=Q(topics__posts__state=State.HELD), distinct=True)
    asked = Count("requests", filter=Q(requests__outcome=""), distinct=True)
    rows = groups.annotate(reported=reported, held=held, asked=asked)
    return sum(sum(row) for row in rows.values_list("reported", "held", "asked"))


def page_for_facilitator(
    member: Member, groups: Sequence[Group], number: Any, now: datetime.datetime | None = None
) -> glance.Glance:
    """A page of `items_for_facilitator`; `groups` are `groups_run`."""
    moment = now or timezone.now()
    mine = groups if member.membership is not None and policy.school.may_write(member, moment) else []
    return glance.page_of(member, mine, number, moment)


def groups_run(member: Member) -> list[Group]:
    """As `run_by`, its question written once."""
    now = timezone.now()
    return [group for group in groups_read(member) if _runs(group, now)]


def _runs(group: Group, now: datetime.datetime) -> bool:
    seat = group.seat
    if seat is None or not seat.is_facilitator or group.state == Group.State.ARCHIVED:
        return False
    return seat.mute_until is None or seat.mute_until <= now


def run_by(member: Member) -> QuerySet[Group]:
    """The groups where `member` decides."""
    mine = {"members__membership": member.membership, "members__left__isnull": True}
    may = Q(members__mute_until__isnull=True) | Q(members__mute_until__lte=timezone.now())
    rows = Group.objects.readable_by(member).filter(may, members__is_facilitator=True, **mine)
    return rows.exclude(state=Group.State.ARCHIVED)
