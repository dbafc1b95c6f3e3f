"""What readers do with messages: change and take back their own, thank, follow, name the answer, pin."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.schools.member import Member
from accounts.schools.models import Membership
from exchanges.discussions.actions import telling
from exchanges.discussions.actions.effects import text_changed
from exchanges.discussions.actions.states import FIRST, end, locked
from exchanges.discussions.errors import TooManyPinned
from exchanges.discussions.models import Follow, Post, Revision, Thanks, Topic
from exchanges.discussions.texts import clean_text, clean_title, rendered
from exchanges.groups.models import Group

State = Post.State


@transaction.atomic
def edit(
    post: Post, text: str, *, by: Member, title: str | None = None, now: datetime.datetime | None = None
) -> bool:
    """Change a text; what was shown before stays as an earlier text, and what was sent back waits again.

    `title` is of the discussion that this message began. Returns whether the message could still be changed.
    Raises HtmlError.
    """
    moment = now or timezone.now()
    topic = locked(post.topic_id, post.topic.group_id)
    rows = Post.objects.filter(topic=topic, pk=post.pk)
    before = rows.filter(state__in=[State.VISIBLE, State.HELD, State.RETURNED, State.REWRITE]).first()
    if before is None:
        return False
    new_text, new_title = clean_text(text), clean_title(title) if title else topic.title
    is_first = topic.last_number == 0 or before.number == FIRST
    if new_text == before.text and (not is_first or new_title == topic.title):
        # Sent again as it was: it waits to be read again, all the same.
        return _wait_again(post, before)
    if before.state in (State.VISIBLE, State.REWRITE):
        Revision.objects.create(
            post=before, title=topic.title if is_first else "", text=before.text, at=moment
        )
    post.text, (post.html, post.renderer) = new_text, rendered(new_text)
    post.edited = moment if before.number else before.edited
    rows.update(text=post.text, html=post.html, renderer=post.renderer, edited=post.edited)
    if is_first and new_title != topic.title:
        Topic.objects.filter(group=topic.group_id, pk=topic.pk).update(title=new_title)
    if before.state == State.VISIBLE:
        text_changed(post)
    return _wait_again(post, before)


@transaction.atomic
def withdraw(post: Post, *, by: Member) -> bool:
    """Take one's message back: its line stays, its text does not."""
    before = (State.VISIBLE, State.HELD, State.RETURNED, State.HIDDEN, State.REWRITE)
    return end(post, before, State.WITHDRAWN)


@transaction.atomic
def mark_solved(
    topic: Topic, number: int | None, *, by: Member, now: datetime.datetime | None = None
) -> bool:
    """Name the message that is the answer; None: there is none after all. Only a shown one can be."""
    rows = Topic.objects.filter(group=topic.group_id, pk=topic.pk).exclude(state=Topic.State.CLOSED)
    if number is None:
        return bool(rows.update(state=Topic.State.OPEN, solution=None))
    answer = Post.objects.of_topic(topic).visible().filter(number=number).first()
    if answer is None or not rows.update(state=Topic.State.SOLVED, solution=number):
        return False
    topic.state, topic.solution = Topic.State.SOLVED, number
    answer.topic = topic
    if by.membership is not None:
        telling.tell_solution(answer, by.membership)
    return True


@transaction.atomic
def thank(post: Post, membership: Membership, on: bool) -> bool:
    """Thank the author, who is told by whom, or take it back; return whether that was new."""
    if not on:
        telling.take_thanks_back(post, membership)
        return bool(Thanks.objects.filter(post=post, person=membership).delete()[0])
    _row, is_new = Thanks.objects.get_or_create(post=post, person=membership)
    if is_new:
        telling.tell_thanks(post, membership)
    return is_new


@transaction.atomic
def follow(topic: Topic, membership: Membership, on: bool) -> None:
    """Be mailed of answers here, or no more; begun again, the next one is told at once."""
    Follow.objects.update_or_create(topic=topic, person=membership, defaults={"is_on": on, "told": None})


@transaction.atomic
def pin(topic: Topic, on: bool, *, by: Member, now: datetime.datetime | None = None) -> bool:
    """Put a discussion at the head of its group, or take it down. Raises TooManyPinned."""
    # One at a time in a group: two facilitators cannot pin a fourth together.
    group = Group.objects.filter(school=topic.group.school_id).select_for_update(of=("self",))
    group.get(pk=topic.group_id)
    rows = Topic.objects.filter(group=topic.group_id)
    if on and rows.filter(pinned__isnull=False).exclude(pk=topic.pk).count() >= Group.MOST_PINNED:
        raise TooManyPinned
    topic.pinned = (now or timezone.now()) if on else None
    return bool(rows.filter(pk=topic.pk).update(pinned=topic.pinned))


def _wait_again(post: Post, before: Post) -> bool:
    """What was sent back or asked to be rewritten waits to be read; all else stays as it is."""
    if before.state in (State.RETURNED, State.REWRITE):
        Post.objects.filter(topic=before.topic_id, pk=before.pk, state=before.state).update(state=State.HELD)
        post.state = State.HELD
    return True
