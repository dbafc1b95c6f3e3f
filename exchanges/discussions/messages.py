"""The messages of a discussion's page as one reader sees them: words, states, and what they may do."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
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
# The bar beside a message, by its state.
ALERT, DONE, NEW = mark_safe("alert"), mark_safe("done"), mark_safe("new")


def post_rows(place: Place, topic: Any, posts: Sequence[Message], page_url: str, files: Files) -> list[Row]:
    """The messages of the page at `page_url`, each with what this reader may do.

    What a message has not is left out or empty: post.html asks of each value only whether it is there.
    `files` go by the id of their message.
    """
    seen = Seen(place, topic, page_url, files)
    return [seen.row(post) for post in posts]


class Seen:
    """One discussion as one reader sees it: what holds for all its messages is asked, and escaped, once.

    A `post` is a Message, of which the policy asks as of a Post.
    """

    def __init__(self, place: Place, topic: Any, page_url: str, files: Files) -> None:
        self.place, self.topic, self.files = place, topic, files
        self.floor = read_before(place)
        self.times = words.Times(place.group)
        member, group = place.member, place.group
        self.writes = policy.can_answer(member, group, topic)
        self.solves = policy.can_solve(member, group, topic, topic.asked)
        self.reports = _takes_reports()
        self.same = {
            "page_url": escape(page_url),
            "base_topic": escape(place.of_topic(topic)),
            "base": escape(place.base),
            "tongue": escape(group.tongue),
        }
        self.new, self.comma = escape(gettext("New")), gettext(", ")
        self.hats: dict[tuple[str, bool, bool], SafeString] = {}

    def row(self, post: Any) -> Row:
        """One message: its words, or the line in its place."""
        mine = policy.is_own(self.place.member, post) or post.mine_unnamed
        visible = post.state == State.VISIBLE
        shown = visible or (mine and post.state not in policy.GONE)
        row = {**self.same, "number": post.number, "key": post.key, "when": self._when(post)}
        self._add_state(row, post, visible, mine)
        self._add_author(row, post, shown, mine)
        if shown:
            self._add_text(row, post, mine)
        if visible:
            self._add_acts(row, post, mine)
        if mine:
            self._add_own_acts(row, post, shown)
        return row

    def _when(self, post: Any) -> str:
        moment = post.shown if post.is_anonymous and post.shown else post.created
        return self.times.when(moment, hour_only=post.is_anonymous)

    def _add_state(self, row: Row, post: Any, visible: bool, mine: bool) -> None:
        if not visible:
            lines = words.OWN if mine and post.state in words.OWN else words.LINES
            row["line"] = str(lines[State(post.state)])
            if post.state in policy.MASKED:
                row["bar"], row["word"] = ALERT, state_word(post.state)
        elif post.number and post.number == self.topic.solution:
            row["bar"], row["word"] = DONE, gettext("The answer")
        elif not mine and self._is_new(post):
            row["bar"], row["word"] = NEW, self.new

    def _is_new(self, post: Any) -> bool:
        if post.number is None or (post.shown and post.shown <= self.floor):
            return False
        return bool(post.number > (self.topic.mark or 0))

    def _add_author(self, row: Row, post: Any, shown: bool, mine: bool) -> None:
        if not shown:
            row["who"] = gettext("Author not shown") if post.state in policy.MASKED else ""
            return
        unnamed = post.is_anonymous
        row["who"] = words.author_of(post.author_name or "", anonymous=unnamed)
        row["hats"] = self._hats("" if unnamed else post.author_hat, bool(post.runs and not unnamed), mine)

    def _hats(self, kind: str, runs: bool, mine: bool) -> SafeString:
        found = self.hats.get((kind, runs, mine))
        if found is None:
            hats = [
                words.hat_of(kind),
                gettext("runs the group") if runs else "",
                gettext("you") if mine else "",
            ]
            found = self.hats[kind, runs, mine] = escape(self.comma.join([hat for hat in hats if hat]))
        return found

    def _add_text(self, row: Row, post: Any, mine: bool) -> None:
        row["shown"] = True
        # Cleaned when it was stored.
        row["html"] = mark_safe(post.html)
        row["folded"] = post.folded and not post.is_anonymous and not mine
        if post.quotes and post.quoted_text is not None:
            self._add_quote(row, post)
        if files := self.files.get(post.pk):
            row["files"] = render_to_string("exchanges/discussions/post_files.html", {"files": files})

    def _add_quote(self, row: Row, post: Any) -> None:
        """The words that are answered, as long as they are shown; not those of somebody I no longer see."""
        row["quote_who"] = words.author_of(post.quoted_name or "", anonymous=bool(post.quoted_unnamed))
        row["quote_text"] = "" if post.quoted_folded else _short(post.quoted_text)
        row["quote_url"] = self.place.at_number(self.topic, post.quotes)

    def _add_acts(self, row: Row, post: Any, mine: bool) -> None:
        """What any reader does with a message that is shown."""
        row["cites"] = self.writes
        row["edited"] = post.edited
        if mine:
            return
        row["thanks"] = self.writes
        row["thanked"] = post.thanked
        row["reports"] = self.reports
        row["solves"] = self.solves and post.number > 1 and post.number != self.topic.solution

    def _add_own_acts(self, row: Row, post: Any, shown: bool) -> None:
        row["sent"] = post.client_key
        if shown:
            place = self.place
            row["edits"] = policy.can_edit(place.member, place.group, post, mine=True)
            row["withdraws"] = True
            row["why_url"] = why_url(place, post)


@cache
def _takes_reports() -> bool:
    """Whether the feature that takes reports stands above this one: any address of it tells."""
    try:
        return bool(reverse("report_post", args=["school", "b" * 8, "b" * 8, 1]))
    except NoReverseMatch:
        return False


def _short(text: str) -> str:
    """The beginning of a quoted text, on one line, without what it quotes itself."""
    lines = [line for line in text.splitlines() if not line.startswith(">")]
    line = " ".join(" ".join(lines).split())
    return line if len(line) <= SHORT else line[: SHORT - 1].rstrip() + "…"
