"""Who may what in a discussion; pure questions about a member, a group with their seat, and a message."""

import datetime
import re
from collections.abc import Sequence
from typing import Any

from accounts.schools.member import Member
from exchanges.discussions.hints import names_somebody
from exchanges.discussions.models import Post, Topic
from exchanges.groups import policy as groups
from exchanges.groups.models import Circle, Group

State = Post.State
# What others see a line of, and no text.
MASKED = (State.HELD, State.RETURNED, State.HIDDEN, State.REWRITE)
GONE = (State.REMOVED, State.WITHDRAWN, State.ERASED)
_LINK = re.compile(r"(?:https?://|www\.)\S", re.IGNORECASE)


def is_own(member: Member, post: Post) -> bool:
    """Whether the member signed it; of a message without a name nobody did (see `actions.names`)."""
    return member.membership is not None and post.author_id == member.membership.pk


def can_see_post(member: Member, group: Group, post: Post) -> bool:
    """Read its text: a reader of the group, while it is shown; its author, until it is gone."""
    if not groups.can_read(member, group):
        return False
    return post.state == State.VISIBLE or (is_own(member, post) and post.state not in GONE)


def can_see_file(member: Member, group: Group, post: Post) -> bool:
    """Open a file of it: as its text; facilitators also while it waits, or is hidden and being read again."""
    judges = groups.can_facilitate(member, group) and post.state in MASKED
    return judges or can_see_post(member, group, post)


def can_ask(member: Member, group: Group, now: datetime.datetime | None = None) -> bool:
    return groups.can_write(member, group, now)


def can_answer(member: Member, group: Group, topic: Topic, now: datetime.datetime | None = None) -> bool:
    """Write under a discussion that is neither closed nor paused."""
    return (
        groups.can_write(member, group, now)
        and topic.state != Topic.State.CLOSED
        and not topic.is_paused(now)
    )


def can_edit(
    member: Member,
    group: Group,
    post: Post,
    now: datetime.datetime | None = None,
    *,
    mine: bool = False,
) -> bool:
    """Change one's own text; without a name only what nobody has read yet. `mine`: written without a name."""
    if not groups.can_write(member, group, now):
        return False
    if post.is_anonymous:
        return mine and post.number is None and post.state in (State.HELD, State.RETURNED)
    own = is_own(member, post)
    return own and post.state in (State.VISIBLE, State.HELD, State.RETURNED, State.REWRITE)


def can_withdraw(member: Member, group: Group, post: Post, *, mine: bool = False) -> bool:
    """Take one's own message back: also from a group that is read-only, or while suspended."""
    own = is_own(member, post) or (post.is_anonymous and mine)
    return own and post.state not in GONE and groups.can_read(member, group)


def can_thank(member: Member, group: Group, post: Post) -> bool:
    """Tell the author; not oneself, nor while one may not write."""
    return post.state == State.VISIBLE and not is_own(member, post) and groups.can_write(member, group)


def can_solve(member: Member, group: Group, topic: Topic, is_asker: bool = False) -> bool:
    """Say which answer is the answer: who asked, and facilitators. `is_asker`: asked without a name."""
    asked = is_asker or (member.membership is not None and topic.author_id == member.membership.pk)
    mine = asked or groups.can_facilitate(member, group)
    return mine and topic.state != Topic.State.CLOSED and groups.can_write(member, group)


def can_pin(member: Member, group: Group) -> bool:
    return groups.can_change(member, group)


def can_report(member: Member, group: Group, post: Post) -> bool:
    """Say that a message hurts: any reader, also suspended, of what is shown and not theirs."""
    return groups.can_read(member, group) and post.state == State.VISIBLE and not is_own(member, post)


def can_follow(member: Member, group: Group) -> bool:
    return groups.can_read(member, group) and not member.seen_as


def is_held(
    member: Member,
    group: Group,
    topic: Topic | None,
    text: str,
    files: Sequence[Any],
    anonymous: bool,
    is_newcomer: bool,
) -> bool:
    """Whether a message is read before it is shown (RULES §4, defaults); `topic` is None for a new one."""
    if anonymous:
        return True
    if groups.can_facilitate(member, group):
        return False
    if group.moderation == Group.Moderation.BEFORE or (topic is not None and topic.moderated_first):
        return True
    if not is_newcomer:
        return False
    return group.moderation == Group.Moderation.FIRST or bool(files) or has_link(text)


def has_link(text: str) -> bool:
    return _LINK.search(text) is not None


def links_in(text: str) -> int:
    return len(_LINK.findall(text))


def seems_to_name(group: Group, text: str) -> bool:
    """Whether one is asked once more before `text` is sent, and whoever reads it before others is told so.

    It seems to name a child, or somebody of the staff outside their own groups (RULES §4).
    """
    return names_somebody(text, staff=group.circle != Circle.TEAM)
