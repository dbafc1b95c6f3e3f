"""Collect what waits: reports with their messages, held messages, requests to join, second readings."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q

from accounts.schools.member import Member
from accounts.schools.models import Membership, School
from exchanges.discussions.models import Post
from exchanges.groups.models import JoinRequest
from exchanges.moderation import policy, targets
from exchanges.moderation.errors import Gone
from exchanges.moderation.escalation import is_left_alone
from exchanges.moderation.items import Item
from exchanges.moderation.models import Case, Decision, Ground, Report, SecondReading
from exchanges.moderation.parties import is_openly_party
from exchanges.moderation.readers import may_read
from exchanges.moderation.waiting import facilitators_of, is_overdue

State = Post.State
As = Decision.As
BEFORE = 3
# A message that is none of these is gone: its case waits for nobody.
JUDGED = (State.VISIBLE, State.HIDDEN, State.HELD)
# What a queue shows at once; the rest after these are decided.
MOST = 200
ON_READING = (Decision.Verb.UPHELD, Decision.Verb.REVERSED)


def gathered(schools: list[School], within: Q, now: datetime.datetime) -> list[Item]:
    """Reports, held messages and requests of the groups of `within`, with their messages and those before."""
    reports = list(
        Report.objects.filter(_at(within, "case__"), case__school__in=schools, case__state=Case.State.OPEN)
        .select_related("case__group__school", "case__group__classroom")
        .order_by("case__opened", "case", "at", "pk")
    )
    keys = {row.case.object for row in reports}
    posts = targets.posts_of(None).filter(topic__group__school__in=schools)
    held = Q(state=State.HELD) & _at(within, "topic__")
    # What was reported first, so that no number of held messages pushes it out.
    waits = ExpressionWrapper(Q(state=State.HELD), output_field=BooleanField())
    rows = posts.filter(held | Q(key__in=keys)).order_by(waits, "created", "pk")
    found = list(rows[: len(keys) + MOST])
    by_key = {post.key: post for post in found}
    items = _case_items(reports, by_key)
    items += [
        Item(targets.HELD, post.key, post.topic.group.school, post.topic.group, post.created, post=post)
        for post in found
        if post.state == State.HELD and post.key not in keys
    ]
    items += [
        Item(targets.REQUEST, targets.request_key(row), row.group.school, row.group, row.at, request=row)
        for row in JoinRequest.objects.filter(within, group__school__in=schools, outcome="")
        .select_related("group__school", "group__classroom", "membership__user")
        .order_by("at", "pk")[:MOST]
    ]
    for item in items:
        item.is_overdue = is_overdue(item.school, item.since, now)
    _put_before(items)
    return items


def _at(within: Q, prefix: str) -> Q:
    """The condition on groups, seen from further away."""
    return Q(*((f"{prefix}{name}", value) for name, value in within.children))  # type: ignore[misc]


def _case_items(reports: list[Report], posts: dict[str, Post]) -> list[Item]:
    """One item a case, with each reason once; a case whose message is gone waits for nobody."""
    items: dict[int, Item] = {}
    for row in reports:
        case, post = row.case, posts.get(row.case.object)
        if post is None or post.state not in JUDGED or case.group is None:
            continue
        item = items.get(case.pk)
        if item is None:
            item = Item(targets.CASE, case.key, case.group.school, case.group, case.opened, post=post)
            item.case, item.told, item.is_danger = case, case.warned, case.is_danger
            item.is_escalated = case.escalated is not None or case.is_danger
            items[case.pk] = item
        words = str(Ground(row.ground).label)
        if words not in item.grounds:
            item.grounds.append(words)
        if row.words:
            item.said.append(row.words)
        item.reporters |= {row.reporter_id} if row.reporter_id else set()
    return list(items.values())


def _put_before(items: list[Item]) -> None:
    """Up to three messages before each, shown ones; of what has no number yet, the last three."""
    wanted = [item.post for item in items if item.post is not None]
    if not wanted:
        return
    places: dict[int, set[int]] = defaultdict(set)
    for post in wanted:
        last = post.number or post.topic.last_number + 1
        places[post.topic_id] |= set(range(max(last - BEFORE, 1), last))
    # One condition a discussion: one a message made SQLite read the discussion for each.
    at = Q(*(Q(topic=topic, number__in=numbers) for topic, numbers in places.items()), _connector=Q.OR)
    rows = Post.objects.filter(at, state=State.VISIBLE).select_related("author").order_by("number")
    found = list(rows)
    for item in items:
        if item.post is not None:
            last = item.post.number or item.post.topic.last_number + 1
            item.before = [
                row
                for row in found
                if row.topic_id == item.post.topic_id and last - BEFORE <= (row.number or 0) < last
            ]


def say_escalated(items: list[Item], now: datetime.datetime) -> None:
    """Say of each whether it is the direction's too, as it stands (RULES §3)."""
    waiting = [item for item in items if item.group is not None and not item.is_escalated]
    runs = facilitators_of([item.group for item in waiting if item.group], now)
    for item in waiting:
        assert item.group is not None  # noqa: S101 - chosen above
        alone = is_left_alone(runs[item.group.pk], lambda one, item=item: _is_party(item, one))  # type: ignore[misc]
        item.is_escalated = item.is_overdue or alone


def _is_party(item: Item, membership: Membership) -> bool:
    if item.post is not None:
        return is_openly_party(membership, item.post, item.reporters)
    return item.request is not None and item.request.membership_id == membership.pk


# Second readings ------------------------------------------------------------------------------------------


def open_readings(within: Q) -> Any:
    return SecondReading.objects.filter(within, outcome="").select_related(
        "school", "group__school", "group__classroom", "author__user"
    )


def readings(within: Q, members: Iterable[Member]) -> list[Item]:
    """Those that one of `members` may answer: neither decider nor whoever asks, nor a party."""
    by_school = {member.school.pk: member for member in members}
    items = []
    for row in open_readings(within).filter(school__in=by_school)[:MOST]:
        member = by_school[row.school_id]
        item = reading_item(row, _hat_of_reader(row, member))
        mine = item.decision is not None and _may_answer(member, item.decision)
        if item.hat and mine:
            item.shows_text = True
            items.append(item)
    return items


def _hat_of_reader(row: SecondReading, member: Member) -> str:
    if row.reader == SecondReading.Reader.FACILITATOR:
        return As.FACILITATOR
    if row.reader == SecondReading.Reader.DIRECTOR and not member.leads:
        return ""
    return policy.hat_for_school(member)


def _may_answer(member: Member, decision: Decision) -> bool:
    if member.membership is None:
        return False
    try:
        target = targets.of_decision(decision)
    except Gone:
        return False
    return may_read(member.membership, decision, target)


def reading_item(row: SecondReading, hat: str) -> Item:
    decision = Decision.objects.of_school(row.school_id).filter(number=row.decision).first()
    item = Item(
        "reading", str(row.decision), row.school, row.group, row.asked, reading=row, decision=decision
    )
    item.hat, item.said = hat, [row.words] if row.words else []
    item.decisions = ON_READING
    if decision is not None:
        item.grounds = [str(Ground(decision.ground).label)] if decision.ground else []
        rows = targets.posts_of(row.school).filter(key=decision.object)
        item.post = rows.first() if decision.kind == targets.POST else None
    return item
