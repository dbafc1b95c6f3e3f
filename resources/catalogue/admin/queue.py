"""« À relire »: what waits for a second reader, what was sent back to me, what is past its review date."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from accounts.people.requests import SignedInRequest
from resources.catalogue import policy
from resources.catalogue.admin.addresses import address
from resources.catalogue.anytext import Text
from resources.catalogue.comparison import LABELS, differing
from resources.catalogue.fields import plain_values, written_fields
from resources.catalogue.models import Resource, Status, Variant, VariantKey
from resources.catalogue.states import moment_in_words
from resources.catalogue.words import day_in_words, kind_in_words, label_of

TEXTS: tuple[type[Resource], type[Variant]] = (Resource, Variant)
MAX_WAITING = 200
MAX_PAST = 20
PARTS = ("a-relire", "renvoyes", "a-verifier", "acceptes")


def queue_size(person: Any) -> int:
    """How many texts this curator can decide on now. Two queries."""
    return sum(model.objects.awaiting_review().exclude(last_author=person).count() for model in TEXTS)


def to_review(request: SignedInRequest) -> HttpResponse:
    """The curators' first page; `?partie=` shows one part of it."""
    if not policy.can_edit(request.user):
        raise PermissionDenied
    items = [*_in_movement(request.user), *_past_review()]
    counts = {part: sum(item["part"] == part for item in items) for part in PARTS}
    chosen = request.GET.get("partie", "")
    shown = [item for item in items if chosen not in PARTS or item["part"] == chosen]
    shown.sort(key=lambda item: (PARTS.index(item["part"]), item["since"]))
    context = {
        **admin.site.each_context(request),
        "title": gettext("To review"),
        "lede": _lede(counts),
        "items": shown,
        "facets": [_facet(counts, chosen)],
        "more_url": f"{reverse('admin:resources_resource_changelist')}?a_verifier=oui",
        "crumbs": [
            {"label": gettext("Administration"), "url": reverse("admin:index")},
            {"label": gettext("To review"), "url": ""},
        ],
    }
    return render(request, "admin/resources/queue.html", context)


def _lede(counts: dict[str, int]) -> str:
    waiting = counts["a-relire"]
    if not waiting:
        return gettext("Nothing waits for a second reader.")
    return ngettext("%(count)d text waits for a reader.", "%(count)d texts wait for a reader.", waiting) % {
        "count": waiting
    }


def _facet(counts: dict[str, int], chosen: str) -> dict[str, Any]:
    labels = {
        "a-relire": gettext("To review"),
        "renvoyes": gettext("Sent back to you"),
        "a-verifier": gettext("Past their date"),
        "acceptes": gettext("Accepted, to come"),
    }
    rows = [
        {
            "label": labels[part],
            "count": counts[part],
            "chosen": part == chosen,
            "url": "?" if part == chosen else f"?partie={part}",
        }
        for part in PARTS
    ]
    return {"title": gettext("State"), "rows": rows}


def _in_movement(person: Any) -> Iterable[dict[str, Any]]:
    """Awaiting, accepted for later, or sent back to this person: one query a kind of text."""
    mine = Q(last_author=person) & ~Q(refusal="")
    for model in TEXTS:
        rows = model.objects.filter(Q(in_review_since__isnull=False) | mine).order_by("in_review_since", "pk")
        rows = rows.select_related("last_author", "reviewer")
        for text in _with_source(rows)[:MAX_WAITING]:
            yield _moving_item(text, person)


def _with_source(rows: Any) -> Any:
    """A version needs its resource for its address."""
    return rows.select_related("resource") if rows.model is Variant else rows


def _moving_item(text: Text, person: Any) -> dict[str, Any]:
    if text.publish_at:
        word = gettext("To come on %(when)s") % {"when": moment_in_words(text.publish_at)}
        by = gettext("accepted by %(name)s") % {"name": text.reviewer or gettext("another curator")}
        return _item(text, "acceptes", word, "done", text.publish_at, [by])
    if text.in_review_since is None:
        name = text.reviewer or gettext("another curator")
        item = _item(text, "renvoyes", gettext("Sent back"), "alert", text.updated, [str(name)])
        return {**item, "quote": text.refusal, "action": gettext("Correct it"), "action_url": item["url"]}
    word = gettext("Waiting since %(when)s") % {"when": moment_in_words(text.in_review_since)}
    author = str(text.last_author) if text.last_author else ""
    item = _item(text, "a-relire", word, "new", text.in_review_since, [author] if author else [])
    if not policy.can_decide(person, text):
        return {**item, "own": gettext("You wrote it: another curator decides.")}
    url = address(text, "review")
    return {**item, "url": url, "action": gettext("Read and decide"), "action_url": url}


def _past_review() -> Iterable[dict[str, Any]]:
    today = timezone.localdate()
    for model in TEXTS:
        rows = model.objects.past_review(today).order_by("review_by", "pk")
        for text in _with_source(rows)[:MAX_PAST]:
            word = gettext("To be checked since %(day)s") % {"day": day_in_words(text.review_by)}
            item = _item(text, "a-verifier", word, "", text.review_by, [])
            url = address(text, "keep")
            yield {**item, "action": gettext("Read it again"), "action_url": url}


def _item(text: Text, part: str, word: str, bar: str, since: Any, notes: list[str]) -> dict[str, Any]:
    return {
        "part": part,
        "since": str(since),
        "state_word": word,
        "bar": bar,
        "notes": [*_kind(text), *notes],
        "title": _newest(text, "title"),
        "url": address(text, "change"),
        "summary": _newest(text, "summary"),
        "changed": _changed(text),
        "lang": text.language,
        "quote": "",
        "own": "",
        "action": "",
    }


def _newest(text: Text, name: str) -> str:
    return str((text.pending or {}).get(name, getattr(text, name)))


def _changed(text: Text) -> str:
    """What the waiting changes touch, in words; "" for a text that is new. Asks nothing of the database."""
    if text.status != Status.PUBLISHED or text.pending is None:
        return ""
    before = plain_values({name: getattr(text, name) for name in written_fields(text)})
    names = differing(before, text.pending)
    words = [str(LABELS[name]).lower() for name in names] or [gettext("themes or neighbours")]
    return gettext("Changes: %(what)s.") % {"what": gettext(", ").join(words)}


def _kind(text: Text) -> list[str]:
    if isinstance(text, Variant):
        return [label_of(VariantKey, text.key)]
    return kind_in_words(text.kind, text.addressee, text.number)
