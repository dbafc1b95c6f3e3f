"""Discussions, and one's messages that wait, as the page of a group lists them: words, states, addresses."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext

from exchanges.discussions import policy, words
from exchanges.discussions.models import Post, Topic, title_shown
from exchanges.discussions.place import Place
from exchanges.discussions.reading import OWN_STATES, Listed, TopicPage, read_before
from foundation.html import french, plain_text

State = Post.State
SHORT = 160


def topic_rows(place: Place, found: TopicPage) -> list[dict[str, Any]]:
    """The discussions of a page; of each value group.html asks only whether it is there (tag shaped)."""
    floor, times, tongue = read_before(place), words.Times(place.group), place.group.tongue
    kinds = {str(kind): str(word) for kind, word in words.KINDS.items()}
    # In one text: its twenty rules cost more to begin than to follow.
    titles = french("\n".join(_title_of(topic) for topic in found.topics)).split("\n")
    rows = []
    for topic, title in zip(found.topics, titles, strict=True) if found.topics else ():
        row = _topic_row(place, topic, floor, is_left=topic.pk in found.left)
        row |= {"title": title, "tongue": tongue, "kind": kinds[topic.kind]}
        row["since"] = times.day_of(topic.created)
        row["last"] = times.when(topic.active) if topic.last_number > 1 else ""
        rows.append(row)
    return rows


def _title_of(topic: Listed) -> str:
    return title_shown(topic.title, hidden=topic.hides_title).replace("\n", " ")


def _topic_row(place: Place, topic: Listed, floor: Any, *, is_left: bool) -> dict[str, Any]:
    is_new = topic.active > floor and topic.last_number > (topic.mark or 0)
    state, word = _topic_state(topic)
    if is_new:
        state, word = "new", _how_many_new(topic, floor)
    if is_left:
        state, word = "alert", gettext("No answer yet")
    resume = place.at_number(topic, topic.mark + 1) if topic.mark is not None and is_new else ""
    return {
        "url": place.of_topic(topic),
        "state": state,
        "word": word,
        "also": _topic_also(topic) if is_new else "",
        "paused": topic.paused_until is not None and topic.paused_until > timezone.now(),
        "who": words.author_of(topic.author_name or "", anonymous=topic.is_anonymous),
        "count": words.messages_in_words(topic.last_number),
        "resume": resume,
        "pinned": topic.pinned is not None,
    }


def _how_many_new(topic: Any, floor: Any) -> str:
    """With a number where it is known: above my mark, or all of what was begun since I came."""
    if topic.mark is None and topic.created <= floor:
        return gettext("New")
    count = topic.last_number - (topic.mark or 0)
    return ngettext("%(count)d new message", "%(count)d new messages", count) % {"count": count}


def _topic_state(topic: Listed) -> tuple[str, str]:
    if topic.state == Topic.State.SOLVED:
        return "done", gettext("Solved")
    if topic.state == Topic.State.CLOSED:
        return "", pgettext("discussion", "Closed")
    return "", ""


def _topic_also(topic: Listed) -> str:
    """What the margin says after the kind: a state that « new » took the place of."""
    if topic.state == Topic.State.SOLVED:
        return gettext("solved")
    return gettext("closed") if topic.state == Topic.State.CLOSED else ""


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
