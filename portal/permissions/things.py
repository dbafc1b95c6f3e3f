"""Groups, discussions, messages and decisions in each state, made in memory for the table to ask about."""

import datetime
from typing import Any

from django.utils import timezone

from accounts.schools.models import School
from exchanges.discussions.models import Post, Topic
from exchanges.groups.models import Circle, Group
from exchanges.moderation.models import Decision
from portal.permissions.people import OTHER, OWN

DAY = datetime.timedelta(days=1)
# What somebody is in a group: who left is as who never came.
SEATS = ("none", "member", "facilitator", "muted", "muted facilitator")


def group_of(
    circle: str = Circle.PARENTS,
    seat: str = "member",
    *,
    is_invited: bool = False,
    was_removed: bool = False,
    is_paused: bool = False,
    **fields: Any,
) -> Group:
    """A group as whoever asks finds it: `classroom_id`, `state`, `joining`, `moderation` as given."""
    now = timezone.now()
    group = Group(pk=1, school=School(pk=1), circle=circle, **fields)
    if is_paused:
        group.paused_until = now + DAY
    muted = now + DAY if "muted" in seat else None
    group.__dict__.update(
        seat_id=None if seat == "none" else 1,
        seat_joined=now - 9 * DAY,
        seat_is_facilitator="facilitator" in seat,
        seat_is_silenced=False,
        seat_declines_reports=False,
        seat_mute_until=muted,
        invitation_id=1 if is_invited else None,
        removed=was_removed,
    )
    return group


def topic_in(state: str = Topic.State.OPEN, *, whose: str = "other", is_paused: bool = False) -> Topic:
    topic = Topic(pk=1, group_id=1, state=state, author_id=_author(whose), is_anonymous=whose == "unnamed")
    topic.paused_until = timezone.now() + DAY if is_paused else None
    return topic


def post_in(state: str = Post.State.VISIBLE, *, whose: str = "other") -> Post:
    """A message of one's own, of somebody else, or without a name; held and sent back, it has no number."""
    waits = state in (Post.State.HELD, Post.State.RETURNED)
    return Post(
        pk=1,
        topic_id=1,
        number=None if waits else 1,
        state=state,
        author_id=_author(whose),
        is_anonymous=whose == "unnamed",
    )


def _author(whose: str) -> int | None:
    return {"own": OWN, "other": OTHER, "unnamed": None}[whose]


def decision_by(hat: str, verb: str = Decision.Verb.HIDE, days_ago: int = 1) -> Decision:
    return Decision(number=1, hat=hat, verb=verb, at=timezone.now() - days_ago * DAY)
