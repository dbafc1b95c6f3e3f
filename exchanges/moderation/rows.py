"""Things of the queue as their page shows them: words, bars, buttons and addresses, worked out here."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any
from urllib.parse import quote_plus

from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from exchanges.discussions.models import Attachment, Post
from exchanges.moderation import drawn, targets, verbs, words
from exchanges.moderation.beside import Beside
from exchanges.moderation.desk import READING, Desk, ref_of
from exchanges.moderation.glance import PAGE
from exchanges.moderation.items import Item, account_of
from exchanges.moderation.models import Decision
from exchanges.moderation.wording import (
    author_of,
    moment_in_words,
    notes_of,
    reasons_of,
    title_of,
    told_of,
    waits,
    who_else,
)
from foundation.html import french, plain_text

Verb = Decision.Verb
As = Decision.As
NO_BREAK = "\u00a0"
SHORT = 160


class Rows:
    """The rows of a desk; `base` is the address of its page, under which its acts stand."""

    def __init__(self, desk: Desk, base: str, file_url: str, page_size: int = PAGE) -> None:
        self.desk, self.base, self.file_url, self.page_size = desk, base, file_url, page_size
        self.now = timezone.now()
        self._before: dict[tuple[int, ...], SafeString] = {}
        self._addresses: dict[str, str] = {}
        self._french, self._notes = cache(french), cache(drawn.notes)
        self._authors: dict[tuple[int | None, str, bool, str], str] = {}

    def back_to(self, items: Iterable[Item]) -> str:
        """The page where the first of these waits; after a decision the next one has its place."""
        wanted = {ref_of(item) for item in items}
        places = [place for place, item in enumerate(self.desk.items) if ref_of(item) in wanted]
        page = min(places, default=0) // self.page_size + 1
        return f"{self.base}?page={page}" if page > 1 else self.base

    def of(
        self, items: Sequence[Item], beside: Beside | None = None, token: str = ""
    ) -> list[dict[str, Any]]:
        """Each item in words; call `desk.show` before, which logs what is shown of parents' groups.

        `beside` is `desk.beside(items)`, if the page has it; `token` the one of its forms.
        """
        if not items:
            return []
        beside = beside or self.desk.beside(items, self.now)
        names = self.desk.open_names(items, beside.opened)
        files = self._files(items)
        shared = {"base": self.base, "csrf_token": token, "admin": self.desk.runs is None}
        return [shared | self._row(item, names, files, beside.records) for item in items]

    def _row(
        self,
        item: Item,
        names: dict[str, str],
        files: dict[int, list[dict[str, str]]],
        records: Counter[tuple[int, str]],
    ) -> dict[str, Any]:
        post = item.post if item.shows_text else None
        row: dict[str, Any] = {
            "ref": ref_of(item),
            "id": item.key.replace("/", "-"),
            "state": "alert" if item.is_danger or item.is_overdue else "",
            "word": waits(item),
            "notes": self._notes(tuple(notes_of(item))),
            "title": escape(title_of(item, self._french)),
            "own": who_else(item) if item.is_party else "",
            "reasons": reasons_of(item),
            "said": drawn.said(item.said if item.shows_text or item.kind == READING else []),
            "danger": item.is_danger,
            "hidden": post is not None and post.state == Post.State.HIDDEN,
            "choosable": bool(item.decisions) and item.kind != READING,
            "line": not item.shows_text and not item.is_party,
            "warn": item.can_warn and not item.is_party,
            "told": told_of(item),
        }
        if post is not None:
            row |= self._post(item, post, names, records)
            row["files"] = drawn.files(files.get(post.pk, []))
        return row | self._buttons(item, row["title"]) | {"discussion_url": self._discussion(item)}

    def last(self, decisions: Iterable[Decision], token: str) -> list[dict[str, str]]:
        """Decisions of one's own that may be taken back; `token` the one of their forms."""
        return [
            {
                "base": self.base,
                "csrf_token": token,
                "school": decision.school.slug,
                "number": str(decision.number),
                "what": capfirst(str(decision.get_verb_display())),
                "why": words.why_in_words(decision),
                "when": moment_in_words(decision.at, decision.school),
            }
            for decision in decisions
        ]

    # What was written -------------------------------------------------------------------------------------

    def _post(
        self, item: Item, post: Post, names: dict[str, str], records: Counter[tuple[int, str]]
    ) -> dict[str, Any]:
        title = post.topic.title if post.number in (None, 1) and post.topic.last_number <= 1 else ""
        return {
            "judged": True,
            "said_title": self._french(title),
            "html": _safe(post.html),
            "who": self._author(post, names.get(post.key, "")),
            "when": moment_in_words(post.created, item.school, hour_only=post.is_anonymous),
            "record": self._record(post, records),
            "person_url": self._person_url(post) if self._decided(post, records) else "",
            "before": self._said_before(item.before),
        }

    def _record(self, post: Post, records: Counter[tuple[int, str]]) -> str:
        """What was decided of the author before, in a year; nothing of who wrote without a name."""
        if post.is_anonymous or post.author is None:
            return ""
        count = self._decided(post, records)
        if not count:
            return gettext("No decision about them in a year")
        said = ngettext(
            "%(count)d decision about them in a year", "%(count)d decisions about them in a year", count
        )
        return said % {"count": count}

    def _decided(self, post: Post, records: Counter[tuple[int, str]]) -> int:
        return records[(post.topic.group.school_id, account_of(post))] if post.author else 0

    def _person_url(self, post: Post) -> str:
        """What was decided of the author, for the direction; never of who wrote without a name."""
        if self.desk.runs is not None or self.desk.host or post.is_anonymous or post.author is None:
            return ""
        return reverse("admin:moderation_person", args=[post.author.key])

    def _files(self, items: Sequence[Item]) -> dict[int, list[dict[str, str]]]:
        """The files of messages that are shown. 1 query, where there are any not read with their message."""
        shown = [(item, item.post) for item in items if item.shows_text and item.post and item.post.has_files]
        files = [(post.pk, key, name) for item, post in shown for key, name in item.files or ()]
        wanted = [post for item, post in shown if item.files is None]
        if wanted:
            rows = Attachment.objects.filter(post__in=wanted)
            files += rows.values_list("post_id", "key", "name")
        found: dict[int, list[dict[str, str]]] = defaultdict(list)
        for post_id, key, name in files:
            url = reverse(self.file_url, args=[*self._school_args(), key])
            found[post_id].append({"name": name, "url": url})
        return found

    def _school_args(self) -> list[str]:
        """Under a school its own slug; in the admin none."""
        if self.desk.runs is None:
            return []
        return [member.school.slug for member in self.desk.members.values()]

    def _discussion(self, item: Item) -> str:
        """Where it was said, for whoever runs the group and reads it."""
        post, group = item.post, item.group
        if self.desk.runs is None or post is None or group is None or not post.topic.is_visible:
            return ""
        where = [item.school.slug, group.key, post.topic.key, *([str(post.number)] if post.number else [])]
        place = "/".join(where)
        if place not in self._addresses:
            self._addresses[place] = reverse("post" if post.number else "topic", args=where)
        return self._addresses[place]

    # What may be pressed ----------------------------------------------------------------------------------

    def _buttons(self, item: Item, title: SafeString) -> dict[str, Any]:
        state = item.post.state if item.post is not None else ""
        if item.kind in (READING, targets.REQUEST):
            first: list[str] = list(item.decisions)
            others: list[str] = []
        else:
            first, others = verbs.in_order(item.decisions, state)
        meanwhile = Verb.HIDE_MEANWHILE in item.decisions
        # Where one runs the group "hide meanwhile" leads, elsewhere it is one of the others.
        leads = not meanwhile or self.desk.runs is None
        drawn_alike = drawn.buttons(self.base, first, [*others, *item.beside], state, leads=leads)
        return {"meanwhile": meanwhile} | drawn_alike.of(quote_plus(ref_of(item)), title)

    def _said_before(self, posts: Sequence[Post]) -> SafeString:
        """A line of each; the same ones stand before several that wait."""
        which = tuple(post.pk for post in posts)
        if which not in self._before:
            lines = [(self._author(post), _short(plain_text(post.html))) for post in posts]
            self._before[which] = drawn.before(lines)
        return self._before[which]

    def _author(self, post: Post, opened: str = "") -> str:
        """Who wrote, in words; the same people write again and again."""
        who = (post.author_id, post.author_hat, post.is_anonymous, opened)
        words_of_who = self._authors.get(who)
        if words_of_who is None:
            words_of_who = self._authors[who] = author_of(post, opened)
        return words_of_who


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1].rstrip() + "…"


def _safe(html: str) -> SafeString:
    # Cleaned when it was stored, or escaped here.
    return mark_safe(html)
