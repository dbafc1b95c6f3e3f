"""Discussions, and one's messages that wait, as the page of a group lists them: words, states, addresses."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext, ngettext, pgettext

from exchanges.discussions import policy, words
from exchanges.discussions.models import Post, Topic
from exchanges.discussions.place import Place
from exchanges.discussions.reading import OWN_STATES, read_before
from foundation.html import french, plain_text

State = Post.State
SHORT = 160


def topic_rows(place: Place, topics: Sequence[Any]) -> list[dict[str, Any]]:
    floor = read_before(place)
    return [_topic_row(place, topic, floor) for topic in topics]


def _topic_row(place: Place, topic: Any, floor: Any) -> dict[str, Any]:
    is_new = topic.active > floor and topic.last_number > (topic.mark or 0)
    state, word = _topic_state(topic)
    if is_new:
        state, word = "new", _how_many_new(topic, floor)
    if topic.is_left:
        state, word = "alert", gettext("No answer yet")
    resume = topic.mark is not None and is_new
    return {
        "url": place.of_topic(topic),
        "title": french(topic.shown_title),
        "state": state,
        "word": word,
        "notes": _topic_notes(topic, is_new=is_new),
        "who": words.author_of(topic.author.name if topic.author else "", anonymous=topic.is_anonymous),
        "since": words.day_of(topic.created, place.group),
        "count": words.messages_in_words(topic.last_number),
        "last": words.when(topic.active, place.group) if topic.last_number > 1 else "",
        "resume": place.at_number(topic, topic.mark + 1) if resume else "",
        "pinned": topic.pinned is not None,
    }


def _how_many_new(topic: Any, floor: Any) -> str:
    """With a number where it is known: above my mark, or all of what was begun since I came."""
    if topic.mark is None and topic.created <= floor:
        return gettext("New")
    count = topic.last_number - (topic.mark or 0)
    return ngettext("%(count)d new message", "%(count)d new messages", count) % {"count": count}


def _topic_state(topic: Topic) -> tuple[str, str]:
    if topic.state == Topic.State.SOLVED:
        return "done", gettext("Solved")
    if topic.state == Topic.State.CLOSED:
        return "", pgettext("discussion", "Closed")
    return "", ""


def _topic_notes(topic: Topic, *, is_new: bool) -> list[str]:
    """What the margin says after the state: kind, and any state that « new » took the place of."""
    notes = [str(words.KINDS[Topic.Kind(topic.kind)])]
    if is_new and topic.state == Topic.State.SOLVED:
        notes.append(gettext("solved"))
    if is_new and topic.state == Topic.State.CLOSED:
        notes.append(gettext("closed"))
    if topic.is_paused():
        notes.append(gettext("paused"))
    return notes


def waiting_rows(place: Place, posts: Sequence[Any]) -> list[dict[str, Any]]:
    """One's own messages that others do not see, as the group's page lists them."""
    return [_waiting_row(place, post) for post in posts]


def _waiting_row(place: Place, post: Any) -> dict[str, Any]:
    post.topic.group = place.group
    editable = policy.can_edit(place.member, place.group, post, mine=True)
    return {
        "title": french(post.topic.title),
        "word": state_word(post.state),
        "state": "new" if post.state == State.HELD else "alert",
        "line": words.OWN[State(post.state)],
        "text": plain_text(post.html)[:SHORT],
        "when": words.when(post.created, place.group, hour_only=post.is_anonymous),
        "without_name": post.is_anonymous,
        "edit_url": place.of_post(post, "modifier") if editable else "",
        "withdraw_url": place.of_post(post, "retirer"),
        "why_url": why_url(place, post),
        "sent": post.client_key,
    }


def state_word(state: str) -> str:
    """What the margin says of a message that others do not see."""
    found = {
        State.HELD: gettext("Waits to be read"),
        State.RETURNED: gettext("Came back to you"),
        State.REWRITE: gettext("To be rewritten"),
    }
    return found.get(State(state), gettext("Hidden"))


def why_url(place: Place, post: Any) -> str:
    """The page of the decision on one's message: what, why, how to write it otherwise."""
    held = post.state in (*OWN_STATES, State.HIDDEN)
    return place.optional("decision", post.decision) if post.decision and held else ""
