"""A message's life and a discussion's, one conditional change each: called inside a decision's transaction.

Each returns whether it happened: False where the message is no longer in a state it may come from.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from exchanges.discussions.actions.attaching import remove_of
from exchanges.discussions.actions.effects import came_to_light, went_from_sight
from exchanges.discussions.models import Post, Revision, Topic
from exchanges.discussions.texts import rendered
from exchanges.groups.models import Group

State = Post.State
# A first message that is not shown takes the title of its discussion along.
FIRST = 1


# A message ------------------------------------------------------------------------------------------------


@transaction.atomic
def publish(post: Post, now: datetime.datetime | None = None) -> bool:
    """Show a message that was held; it takes its number now, if it never had one."""
    return _show(post, (State.HELD,), now or timezone.now())


@transaction.atomic
def show_again(post: Post, now: datetime.datetime | None = None, *, text: str | None = None) -> bool:
    """Show what was hidden or asked to be rewritten; what was removed only with its `text`, which is kept
    apart by whoever judged it."""
    moment = now or timezone.now()
    if post.state == State.REMOVED and text is not None:
        post.text = text
        post.html, post.renderer = rendered(text)
        kept = Post.objects.filter(topic=post.topic_id, pk=post.pk, state=State.REMOVED)
        kept.update(text=text, html=post.html, renderer=post.renderer)
        return _show(post, (State.REMOVED,), moment)
    return _show(post, (State.HIDDEN, State.REWRITE), moment)


@transaction.atomic
def send_back(post: Post) -> bool:
    """Give a held message back to its author, who sees why and may send it again."""
    return _leave(post, (State.HELD,), State.RETURNED)


@transaction.atomic
def hold_again(post: Post) -> bool:
    """Put what was sent back among what waits: its author sends it again, or the decision is undone."""
    return _leave(post, (State.RETURNED, State.REWRITE), State.HELD)


@transaction.atomic
def hide(post: Post) -> bool:
    """Take a message from sight; its line stays."""
    return _leave(post, (State.VISIBLE,), State.HIDDEN)


@transaction.atomic
def ask_rewrite(post: Post) -> bool:
    """Take a message from sight until its author has changed it; then somebody reads it first."""
    return _leave(post, (State.VISIBLE, State.HIDDEN), State.REWRITE)


@transaction.atomic
def remove(post: Post) -> bool:
    """Take a message away, with its earlier texts; one line stays. The text judged is kept by the caller.

    Its files stay as long, for nobody: undone, the message has them again (`attaching.forget_removed`).
    """
    before = (State.VISIBLE, State.HIDDEN, State.REWRITE, State.HELD, State.RETURNED)
    return end(post, before, State.REMOVED)


def end(post: Post, before: Iterable[str], state: str) -> bool:
    """Move `post` to an end state: no text, no earlier text, no title of what it began.

    Its files go too, but of a message that a decision removed: it may be undone.
    """
    if not _leave(post, before, state, text="", html=""):
        return False
    Revision.objects.filter(post=post).delete()
    if state != State.REMOVED:
        remove_of(post)
    post.text = post.html = ""
    return True


def mark_reported(post: Post, since: datetime.datetime | None) -> bool:
    """Note since when a report is open on `post`, None once there is none."""
    return _set(post, review_due=since)


def mark_judged(post: Post, now: datetime.datetime | None) -> bool:
    """Note that a decision on a report kept or showed `post`: numbers hide it no more unless it changes."""
    return _set(post, judged=now)


def note_decision(post: Post, number: int | None) -> bool:
    """Note which decision of the school's log its author is led to from their message."""
    return _set(post, decision=number)


# A discussion ---------------------------------------------------------------------------------------------


def close(topic: Topic) -> bool:
    """Let nobody write there any more; it is still read."""
    return _set_topic(topic, (Topic.State.OPEN, Topic.State.SOLVED), state=Topic.State.CLOSED)


def reopen(topic: Topic) -> bool:
    """Let people write again: of a closed discussion, and of a paused one."""
    state = Topic.State.OPEN if topic.solution is None else Topic.State.SOLVED
    happened = _set_topic(topic, (Topic.State.CLOSED,), state=state)
    return _set_topic(topic, Topic.State.values, paused_until=None) or happened


def pause(topic: Topic, until: datetime.datetime | None) -> bool:
    """Let nobody write there until `until`; None: at once again."""
    return _set_topic(topic, Topic.State.values, paused_until=until)


def moderate_first(topic: Topic, on: bool) -> bool:
    """Have every message of this discussion read before it is shown, or no more."""
    return _set_topic(topic, Topic.State.values, moderated_first=on)


def hour_of(now: datetime.datetime) -> datetime.datetime:
    """The hour, all that is kept and shown of when somebody wrote without a name."""
    return now.replace(minute=0, second=0, microsecond=0)


# How ------------------------------------------------------------------------------------------------------


def locked(topic_id: int, group_id: int) -> Topic:
    """Return the discussion as it is now, nobody else writing under it until the transaction ends."""
    rows = Topic.objects.filter(group=group_id).select_for_update(of=("self",))
    return rows.select_related("group__school").get(pk=topic_id)


def number(post: Post, topic: Topic, now: datetime.datetime) -> None:
    """Give `post` the next number of its locked `topic`, and show it. Numbers are never used twice."""
    topic.last_number += 1
    post.number = topic.last_number
    post.shown = hour_of(now) if post.is_anonymous else now
    Topic.objects.filter(group=topic.group_id, pk=topic.pk).update(
        last_number=F("last_number") + 1, is_visible=True, active=now
    )
    topic.is_visible, topic.active = True, now
    Group.objects.filter(school=topic.group.school_id, pk=topic.group_id).update(active=now)


def _show(post: Post, before: Iterable[str], now: datetime.datetime) -> bool:
    topic = locked(post.topic_id, post.topic.group_id)
    rows = Post.objects.filter(topic=topic, pk=post.pk, state__in=list(before))
    current = rows.first()
    if current is None:
        return False
    is_first_time = current.number is None
    if is_first_time:
        number(current, topic, now)
    rows.update(state=State.VISIBLE, number=current.number, shown=current.shown)
    if current.number == FIRST:
        _hide_title(topic, False)
    post.number, post.shown, post.state, post.topic = current.number, current.shown, State.VISIBLE, topic
    came_to_light(post, now, first_time=is_first_time)
    return True


def _leave(post: Post, before: Iterable[str], state: str, **fields: Any) -> bool:
    """Move `post` to a state in which nobody but its author reads it."""
    rows = Post.objects.filter(topic=post.topic_id, pk=post.pk, state__in=list(before))
    if not rows.update(state=state, **fields):
        return False
    post.state = state
    if post.number == FIRST:
        _hide_title(post.topic, True)
    went_from_sight(post)
    return True


def _hide_title(topic: Topic, on: bool) -> None:
    _set_topic(topic, Topic.State.values, hides_title=on)


def _set(post: Post, **fields: Any) -> bool:
    changed = Post.objects.filter(topic=post.topic_id, pk=post.pk).update(**fields)
    for name, value in fields.items():
        setattr(post, name, value)
    return bool(changed)


def _set_topic(topic: Topic, before: Iterable[str], **fields: Any) -> bool:
    rows = Topic.objects.filter(group=topic.group_id, pk=topic.pk, state__in=list(before))
    if not rows.update(**fields):
        return False
    for name, value in fields.items():
        setattr(topic, name, value)
    return True
