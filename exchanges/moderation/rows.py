"""Things of the queue as their page shows them: words, bars, buttons and addresses, worked out here."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from exchanges.discussions.models import Attachment, Post
from exchanges.moderation import policy, targets, verbs, words
from exchanges.moderation.desk import READING, Desk, ref_of
from exchanges.moderation.items import Item
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
A_YEAR = datetime.timedelta(days=365)
SHORT = 160
RECORD = (Verb.RETURN, Verb.HIDE, Verb.REWRITE, Verb.REMOVE, Verb.WARN, *policy.ON_PERSON)


class Rows:
    """The rows of a desk; `base` is the address of its page, under which its acts stand."""

    def __init__(self, desk: Desk, base: str, file_url: str, now: datetime.datetime | None = None) -> None:
        self.desk, self.base, self.file_url = desk, base, file_url
        self.now = now or timezone.now()

    def of(self, items: Sequence[Item]) -> list[dict[str, Any]]:
        """Each item in words; call `desk.show` before, which logs what is shown of parents' groups."""
        names = self.desk.open_names(items)
        files = self._files(items)
        records = self._records(items)
        return [self._row(item, names, files, records) for item in items]

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
            "notes": notes_of(item),
            "title": title_of(item),
            "own": who_else(item) if item.is_party else "",
            "reasons": reasons_of(item),
            "said": item.said if item.shows_text or item.kind == READING else [],
            "danger": item.is_danger,
            "hidden": post is not None and post.state == Post.State.HIDDEN,
            "choosable": bool(item.decisions) and item.kind != READING,
            "line": not item.shows_text and not item.is_party,
            "warn": item.can_warn and not item.is_party,
            "told": told_of(item),
            "post": None,
        }
        if post is not None:
            row["post"] = self._post(item, post, names, records) | {"files": files.get(post.pk, [])}
        return row | self._buttons(item) | {"discussion_url": self._discussion(item)}

    # What was written -------------------------------------------------------------------------------------

    def _post(
        self, item: Item, post: Post, names: dict[str, str], records: Counter[tuple[int, str]]
    ) -> dict[str, Any]:
        title = post.topic.title if post.number in (None, 1) and post.topic.last_number <= 1 else ""
        return {
            "title": french(title),
            "html": _safe(post.html),
            "who": author_of(post, names.get(post.key, "")),
            "when": moment_in_words(post.created, item.school, hour_only=post.is_anonymous),
            "record": self._record(post, records),
            "person_url": self._person_url(post) if self._before(post, records) else "",
            "before": [
                {"who": author_of(one, ""), "text": _short(plain_text(one.html))} for one in item.before
            ],
        }

    def _record(self, post: Post, records: Counter[tuple[int, str]]) -> str:
        """What was decided of the author before, in a year; nothing of who wrote without a name."""
        if post.is_anonymous or post.author is None:
            return ""
        count = self._before(post, records)
        if not count:
            return gettext("No decision about them in a year")
        said = ngettext(
            "%(count)d decision about them in a year", "%(count)d decisions about them in a year", count
        )
        return said % {"count": count}

    def _before(self, post: Post, records: Counter[tuple[int, str]]) -> int:
        return records[(post.topic.group.school_id, post.author.user.key)] if post.author else 0

    def _person_url(self, post: Post) -> str:
        """What was decided of the author, for the direction; never of who wrote without a name."""
        if self.desk.runs is not None or self.desk.host or post.is_anonymous or post.author is None:
            return ""
        return reverse("admin:moderation_person", args=[post.author.key])

    def _records(self, items: Sequence[Item]) -> Counter[tuple[int, str]]:
        """How often each author was told off, as far as whoever decides may know. 1 query."""
        shown = [item.post for item in items if item.shows_text and item.post is not None]
        keys = {post.author.user.key for post in shown if post.author is not None}
        if not keys:
            return Counter()
        rows = self.desk.decisions().filter(about__in=keys, verb__in=RECORD, at__gte=self.now - A_YEAR)
        if self.desk.runs is None:
            rows = rows.exclude(hat=As.FACILITATOR)
        return Counter(rows.values_list("school", "about"))

    def _files(self, items: Sequence[Item]) -> dict[int, list[dict[str, str]]]:
        """The files of messages that are shown. 1 query, where there are any."""
        wanted = [item.post for item in items if item.shows_text and item.post and item.post.has_files]
        found: dict[int, list[dict[str, str]]] = defaultdict(list)
        if not wanted:
            return found
        for file in Attachment.objects.filter(post__in=wanted):
            if file.post_id is not None:
                url = reverse(self.file_url, args=[*self._school_args(), file.key])
                found[file.post_id].append({"name": file.name, "url": url})
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
        where = [item.school.slug, group.key, post.topic.key]
        return reverse("post", args=[*where, post.number]) if post.number else reverse("topic", args=where)

    # What may be pressed ----------------------------------------------------------------------------------

    def _buttons(self, item: Item) -> dict[str, Any]:
        state = item.post.state if item.post is not None else ""
        if item.kind in (READING, targets.REQUEST):
            first: list[str] = list(item.decisions)
            others: list[str] = []
        else:
            first, others = verbs.in_order(item.decisions, state)
        return {
            "meanwhile": Verb.HIDE_MEANWHILE in item.decisions,
            "first": [self._button(item, verb, state) for verb in first],
            "others": [self._button(item, verb, state) for verb in (*others, *item.beside)],
        }

    def _button(self, item: Item, verb: str, state: str) -> dict[str, str]:
        query = urlencode({"decision": verb, "_selected_action": ref_of(item)})
        return {"label": verbs.label_of(verb, state), "url": f"{self.base}decider/?{query}", "verb": verb}


def decision_row(decision: Decision) -> dict[str, str]:
    """A decision of one's own that may be taken back."""
    return {
        "school": decision.school.slug,
        "number": str(decision.number),
        "what": capfirst(str(decision.get_verb_display())),
        "why": words.why_in_words(decision),
        "when": moment_in_words(decision.at, decision.school),
    }


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1].rstrip() + "…"


def _safe(html: str) -> SafeString:
    # Cleaned when it was stored.
    return mark_safe(html)
