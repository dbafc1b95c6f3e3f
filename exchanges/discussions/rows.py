"""Discussions and messages as their pages show them: words, states and addresses, worked out here."""

from collections.abc import Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext, pgettext

from exchanges.discussions import policy, words
from exchanges.discussions.models import Post, Topic
from exchanges.discussions.place import Place
from exchanges.discussions.reading import OWN_STATES, read_before
from foundation.html import french, plain_text

State = Post.State
BARS = {State.VISIBLE: "", **dict.fromkeys(policy.MASKED, "alert")}
SHORT = 160


# Discussions ----------------------------------------------------------------------------------------------


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
        "word": _state_word(post.state),
        "state": "new" if post.state == State.HELD else "alert",
        "line": words.OWN[State(post.state)],
        "text": plain_text(post.html)[:SHORT],
        "when": words.when(post.created, place.group, hour_only=post.is_anonymous),
        "without_name": post.is_anonymous,
        "edit_url": place.of_post(post, "modifier") if editable else "",
        "withdraw_url": place.of_post(post, "retirer"),
        "why_url": _why(place, post),
        "sent": post.client_key,
    }


# Messages -------------------------------------------------------------------------------------------------


def post_rows(
    place: Place, topic: Any, posts: Sequence[Any], files: dict[int, list[dict[str, Any]]]
) -> list[dict[str, Any]]:
    """The messages of a page, each with what this reader may do."""
    acts = Acts(place, topic)
    return [acts.row(post) | {"files": files.get(post.pk, [])} for post in posts]


class Acts:
    """What one reader may do in one discussion, asked once for all its messages."""

    def __init__(self, place: Place, topic: Any) -> None:
        self.place, self.topic = place, topic
        self.floor = read_before(place)
        member, group = place.member, place.group
        self.writes = policy.can_answer(member, group, topic)
        self.solves = policy.can_solve(member, group, topic, topic.asked)
        self.reports = bool(place.optional("report_post", group.key, topic.key, 1))

    def row(self, post: Any) -> dict[str, Any]:
        """One message: its words, or the line in its place."""
        mine = policy.is_own(self.place.member, post) or post.mine_unnamed
        shown = post.state == State.VISIBLE or (mine and post.state not in policy.GONE)
        is_new = not mine and self._is_new(post)
        row = {
            "number": post.number,
            "mine": mine,
            "shown": shown,
            "sent": post.client_key if mine else "",
            "when": self._when(post),
            "url": self.place.at_number(self.topic, post.number) if post.number else "",
            "folded": shown and post.folded and not post.is_anonymous and not mine,
            "line": self._line(post, mine),
            **self._state(post, is_new),
        }
        return row | self._who(post, mine, shown) | (self._text(post, mine) if shown else {})

    def _is_new(self, post: Any) -> bool:
        if post.number is None or (post.shown and post.shown <= self.floor):
            return False
        return bool(post.number > (self.topic.mark or 0))

    def _when(self, post: Any) -> str:
        moment = post.shown if post.is_anonymous and post.shown else post.created
        return words.when(moment, self.place.group, hour_only=post.is_anonymous)

    def _line(self, post: Any, mine: bool) -> str:
        lines = words.OWN if mine and post.state in words.OWN else words.LINES
        return str(lines.get(State(post.state), ""))

    def _state(self, post: Any, is_new: bool) -> dict[str, str]:
        if post.number and post.number == self.topic.solution and post.state == State.VISIBLE:
            return {"bar": "done", "word": gettext("The answer")}
        if post.state in policy.MASKED:
            return {"bar": "alert", "word": _state_word(post.state)}
        return {"bar": "new", "word": gettext("New")} if is_new else {"bar": "", "word": ""}

    def _who(self, post: Any, mine: bool, shown: bool) -> dict[str, Any]:
        if not shown:
            hidden = post.state in policy.MASKED
            return {"who": gettext("Author not shown") if hidden else "", "hats": []}
        hats = [] if post.is_anonymous else [words.hat_of(post.author_hat)]
        if post.runs and not post.is_anonymous:
            hats.append(gettext("runs the group"))
        if mine:
            hats.append(gettext("you"))
        name = words.author_of(post.author_name or "", anonymous=post.is_anonymous)
        return {"who": name, "hats": [hat for hat in hats if hat]}

    def _text(self, post: Any, mine: bool) -> dict[str, Any]:
        place, member, group = self.place, self.place.member, self.place.group
        visible = post.state == State.VISIBLE
        thanks = visible and not mine and self.writes
        reported = visible and not mine and self.reports
        here = place.of_number(self.topic, post.number) if post.number else ""
        return {
            "html": _safe(post.html),
            "quote": self._quote(post),
            "thank_url": place.of_post(post, "merci") if thanks else "",
            "thanked": post.thanked,
            "cite_url": f"{place.of_topic(self.topic)}repondre/?citer={post.number}"
            if visible and self.writes
            else "",
            "report_url": f"{here}signaler/" if reported else "",
            "edit_url": place.of_post(post, "modifier")
            if policy.can_edit(member, group, post, mine=mine)
            else "",
            "withdraw_url": place.of_post(post, "retirer") if mine else "",
            "why_url": _why(place, post) if mine else "",
            "history_url": place.of_post(post, "historique") if post.edited and visible else "",
            "solve_number": post.number if visible and not mine and self._can_be_answer(post) else None,
        }

    def _can_be_answer(self, post: Any) -> bool:
        return bool(self.solves and post.number > 1 and post.number != self.topic.solution)

    def _quote(self, post: Any) -> dict[str, str]:
        """The words that are answered, as long as they are shown; not those of somebody I no longer see."""
        if not post.quotes or post.quoted_text is None:
            return {}
        who = words.author_of(post.quoted_name or "", anonymous=bool(post.quoted_unnamed))
        text = "" if post.quoted_folded else _short(post.quoted_text)
        return {"who": who, "text": text, "url": self.place.at_number(self.topic, post.quotes)}


def _state_word(state: str) -> str:
    found = {
        State.HELD: gettext("Waits to be read"),
        State.RETURNED: gettext("Came back to you"),
        State.REWRITE: gettext("To be rewritten"),
    }
    return found.get(State(state), gettext("Hidden"))


def _why(place: Place, post: Any) -> str:
    """The page of the decision on one's message: what, why, how to write it otherwise."""
    held = post.state in (*OWN_STATES, State.HIDDEN)
    return place.optional("decision", post.decision) if post.decision and held else ""


def _short(text: str) -> str:
    """The beginning of a quoted text, on one line, without what it quotes itself."""
    lines = [line for line in text.splitlines() if not line.startswith(">")]
    line = " ".join(" ".join(lines).split())
    return line if len(line) <= SHORT else line[: SHORT - 1].rstrip() + "…"


def _safe(html: str) -> SafeString:
    # Cleaned when it was stored.
    return mark_safe(html)
