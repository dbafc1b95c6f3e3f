"""The messages of a discussion's page as one reader sees them: words, states, and what they may do."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from exchanges.discussions import policy, words
from exchanges.discussions.models import Post
from exchanges.discussions.place import Place
from exchanges.discussions.reading import Message, read_before
from exchanges.discussions.rows import SHORT, state_word, why_url

State = Post.State
Files = Mapping[int, list[dict[str, Any]]]
Row = dict[str, Any]


def post_rows(place: Place, topic: Any, posts: Sequence[Message], files: Files) -> list[Row]:
    """The messages of a page, each with what this reader may do; `files` by the id of their message.

    What a message has not is left out or empty: post.html asks of each value only whether it is there.
    """
    seen = Seen(place, topic, files)
    return [seen.row(post) for post in posts]


class Seen:
    """One discussion as one reader sees it: what holds for all its messages is asked once.

    A `post` is a Message, of which the policy asks as of a Post.
    """

    def __init__(self, place: Place, topic: Any, files: Files) -> None:
        self.place, self.topic, self.files = place, topic, files
        self.floor = read_before(place)
        self.times = words.Times(place.group)
        member, group = place.member, place.group
        self.writes = policy.can_answer(member, group, topic)
        self.solves = policy.can_solve(member, group, topic, topic.asked)
        self.reports = bool(place.optional("report_post", group.key, topic.key, 1))
        self.same = {"base_topic": _escaped(place.of_topic(topic)), "tongue": _escaped(group.tongue)}
        self.new, self.comma = gettext("New"), gettext(", ")
        self.hats: dict[tuple[str, bool, bool], str] = {}

    def row(self, post: Any) -> Row:
        """One message: its words, or the line in its place."""
        mine = policy.is_own(self.place.member, post) or post.mine_unnamed
        visible = post.state == State.VISIBLE
        shown = visible or (mine and post.state not in policy.GONE)
        row = self.same | {"number": post.number, "shown": shown, "when": self._when(post)}
        if post.number:
            row["url"] = self.place.at_number(self.topic, post.number)
        row |= self._state(post, mine) | self._author(post, shown, mine)
        if shown:
            row |= self._text(post, mine)
        if visible:
            row |= self._acts(post, mine)
        if mine:
            row |= self._own_acts(post, shown)
        return row

    def _when(self, post: Any) -> str:
        moment = post.shown if post.is_anonymous and post.shown else post.created
        return self.times.when(moment, hour_only=post.is_anonymous)

    def _state(self, post: Any, mine: bool) -> Row:
        if post.state != State.VISIBLE:
            lines = words.OWN if mine and post.state in words.OWN else words.LINES
            masked = {"bar": "alert", "word": state_word(post.state)} if post.state in policy.MASKED else {}
            return {"line": str(lines[State(post.state)]), **masked}
        if post.number and post.number == self.topic.solution:
            return {"bar": "done", "word": gettext("The answer")}
        return {"bar": "new", "word": self.new} if not mine and self._is_new(post) else {}

    def _is_new(self, post: Any) -> bool:
        if post.number is None or (post.shown and post.shown <= self.floor):
            return False
        return bool(post.number > (self.topic.mark or 0))

    def _author(self, post: Any, shown: bool, mine: bool) -> Row:
        if not shown:
            return {"who": gettext("Author not shown") if post.state in policy.MASKED else ""}
        who = words.author_of(post.author_name or "", anonymous=post.is_anonymous)
        if post.is_anonymous:
            return {"who": who, "hats": self._hats("", False, mine)}
        return {"who": who, "hats": self._hats(post.author_hat, post.runs, mine)}

    def _hats(self, kind: str, runs: bool, mine: bool) -> str:
        found = self.hats.get((kind, runs, mine))
        if found is None:
            hats = [
                words.hat_of(kind),
                gettext("runs the group") if runs else "",
                gettext("you") if mine else "",
            ]
            found = self.hats[kind, runs, mine] = self.comma.join([hat for hat in hats if hat])
        return found

    def _text(self, post: Any, mine: bool) -> Row:
        # Cleaned when it was stored.
        row = {"html": mark_safe(post.html), "folded": post.folded and not post.is_anonymous and not mine}
        if post.quotes and post.quoted_text is not None:
            row |= self._quote(post)
        if files := self.files.get(post.pk):
            row["files"] = render_to_string("exchanges/discussions/post_files.html", {"files": files})
        return row

    def _quote(self, post: Any) -> Row:
        """The words that are answered, as long as they are shown; not those of somebody I no longer see."""
        return {
            "quote_who": words.author_of(post.quoted_name or "", anonymous=bool(post.quoted_unnamed)),
            "quote_text": "" if post.quoted_folded else _short(post.quoted_text or ""),
            "quote_url": self.place.at_number(self.topic, post.quotes or 1),
        }

    def _acts(self, post: Any, mine: bool) -> Row:
        """What any reader does with a message that is shown."""
        row: Row = {"cites": self.writes}
        if post.edited:
            row["history_url"] = self.place.of_post(post, "historique")
        if mine:
            return row
        if self.writes:
            row |= {"thank_url": self.place.of_post(post, "merci"), "thanked": post.thanked}
        row["reports"] = self.reports
        row["solves"] = self.solves and post.number and 1 < post.number != self.topic.solution
        return row

    def _own_acts(self, post: Any, shown: bool) -> Row:
        row = {"sent": post.client_key}
        if not shown:
            return row
        place = self.place
        if policy.can_edit(place.member, place.group, post, mine=True):
            row["edit_url"] = place.of_post(post, "modifier")
        return row | {"withdraw_url": place.of_post(post, "retirer"), "why_url": why_url(place, post)}


def _short(text: str) -> str:
    """The beginning of a quoted text, on one line, without what it quotes itself."""
    lines = [line for line in text.splitlines() if not line.startswith(">")]
    line = " ".join(" ".join(lines).split())
    return line if len(line) <= SHORT else line[: SHORT - 1].rstrip() + "…"


def _escaped(text: str) -> SafeString:
    """Escaped once for all messages."""
    return mark_safe(escape(text))
