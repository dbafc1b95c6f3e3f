"""What the page of results shows: a sentence, entries with matches marked, facets, pages, neighbours."""

import re

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext

from foundation.search.display import ELLIPSIS, has_term
from resources.catalogue import words
from resources.catalogue.models import Audience, Kind, Level, VariantKey
from resources.catalogue.rows import entry_row, entry_rows
from resources.catalogue.snapshot import Snapshot, library
from resources.finding import addresses
from resources.finding.facets import Facet, Time
from resources.finding.marks import marked
from resources.finding.queries import PAGE_SIZE, Found, find

# The end of a sentence that began before a passage, when it is short.
END_OF_SENTENCE = re.compile(r"[^.!?]{0,48}[.!?](?:\s*»)?\s+(?=[A-ZÀ-Ý«])")
SENTENCE_ENDS = frozenset(".!?»)")
IN_SIGHT = (Facet.AUDIENCE, Facet.LEVEL, Facet.THEME)


def results_page(request: HttpRequest) -> dict[str, object]:
    """Context of resources/results.html for the address asked."""
    books = library(request)
    found = find(request.GET, books)
    return {
        "q": found.query,
        "kept": [
            {"name": facet.value, "value": value}
            for facet, value in found.choice.items()
            if not (facet is Facet.AUDIENCE and value == Audience.PARENTS)
        ],
        "sentence": _sentence(found, books),
        "removals": _removals(found, books),
        "entries": _entries(found),
        "facets": _facets(found, books),
        "chosen_count": len(found.choice),
        "pager": _pager(found),
        "suggestion": _suggestion(found),
        "neighbours": entry_rows(found.neighbours),
        "partial": found.mode == "or",
        "near": found.mode in {"and", "or"},
        "crumbs": [
            {"label": gettext("Library"), "url": "/bibliotheque/"},
            {"label": gettext("Search"), "url": ""},
        ],
    }


def first_entries(request: HttpRequest, most: int) -> list[dict[str, object]]:
    """The `most` best of the page of results, for a page that shows no more of the library."""
    return _entries(find(request.GET, library(request), most=most, suggests=False))


def _titles() -> dict[Facet, str]:
    return {
        Facet.AUDIENCE: gettext("For whom"),
        Facet.LEVEL: gettext("Level"),
        Facet.THEME: gettext("Theme"),
        Facet.KIND: gettext("Kind"),
        Facet.LANGUAGE: gettext("Language of the text"),
        Facet.TIME: gettext("Reading time"),
    }


def label_of(facet: Facet, value: str, books: Snapshot) -> str:
    """A value of a facet, in the reader's language."""
    match facet:
        case Facet.AUDIENCE:
            return words.label_of(Audience, value)
        case Facet.LEVEL:
            return words.label_of(Level, value)
        case Facet.KIND:
            return words.label_of(Kind, value)
        case Facet.THEME:
            theme = books.themes_by_slug.get(value)
            return words.shown(theme.name) if theme else value
        case Facet.LANGUAGE:
            return words.LANGUAGES.get(value) or words.label_of(VariantKey, value)
    times = {
        Time.SHORT: gettext("Under 5 minutes"),
        Time.MEDIUM: gettext("5 to 10 minutes"),
        Time.LONG: gettext("Over 10 minutes"),
    }
    return times[Time(value)]


def _facets(found: Found, books: Snapshot) -> list[dict[str, object]]:
    """Every facet that leads somewhere: none when no value of any would leave a resource."""
    if not any(count for counts in found.counts.values() for count in counts.values()):
        return []
    return [shown for facet in Facet if (shown := _facet(facet, found, books))["rows"]]


def _facet(facet: Facet, found: Found, books: Snapshot) -> dict[str, object]:
    rows = []
    for value, count in found.counts[facet].items():
        chosen = found.choice.get(facet) == value
        if not count and not chosen and facet in {Facet.THEME, Facet.KIND, Facet.LANGUAGE}:
            continue
        if chosen:
            choice = addresses.without(found.choice, facet)
        else:
            choice = addresses.with_value(found.choice, facet, value)
        rows.append(
            {
                "label": label_of(facet, value, books),
                "url": addresses.write(found.query, choice),
                "count": count,
                "chosen": chosen,
            }
        )
    return {"title": _titles()[facet], "rows": rows, "folded": facet not in IN_SIGHT}


def _sentence(found: Found, books: Snapshot) -> str:
    """« <b>14 ressources</b> pour « ecrans », pour les parents : Collège, Harcèlement »."""
    count = ngettext("%(count)d resource", "%(count)d resources", found.total) % {"count": found.total}
    sentence = format_html("<b>{}</b>", count if found.total else gettext("No resource"))
    if found.query:
        sentence = format_html("{} {}", sentence, gettext("for “%(query)s”") % {"query": found.query})
    if audience := found.choice.get(Facet.AUDIENCE):
        sentence = format_html("{}{}{}", sentence, gettext(", ") if found.query else " ", _for_whom(audience))
    others = [
        label_of(facet, value, books) for facet, value in found.choice.items() if facet is not Facet.AUDIENCE
    ]
    return format_html("{}{}{}", sentence, gettext(": "), gettext(", ").join(others)) if others else sentence


def _for_whom(audience: str) -> str:
    return {
        Audience.PARENTS: gettext("for parents"),
        Audience.ELECTED: gettext("for elected parents"),
        Audience.TEACHERS: gettext("for teachers"),
        Audience.DIRECTORS: gettext("for heads of school"),
    }[Audience(audience)]


def _removals(found: Found, books: Snapshot) -> list[dict[str, str]]:
    return [
        {
            "label": label_of(facet, value, books),
            "url": addresses.write(found.query, addresses.without(found.choice, facet)),
        }
        for facet, value in found.choice.items()
    ]


def _entries(found: Found) -> list[dict[str, object]]:
    rows = []
    for card in found.cards:
        row = entry_row(card, heading=2)
        if found.terms:
            row["title"] = marked(str(row["title"]), found.terms)
            passage = found.passages.get(card.id)
            text = cited(passage, found.terms) if passage else card.summary
            row["summary"] = marked(words.shown(text), found.terms)
        rows.append(row)
    return rows


def cited(passage: str, terms: frozenset[str]) -> str:
    """A passage as a book cites one: whole words, and no ellipsis where a sentence begins or ends."""
    before = f"{ELLIPSIS}\u00a0" if passage.startswith(ELLIPSIS) else ""
    body = passage.strip(ELLIPSIS).strip()
    opening = END_OF_SENTENCE.match(body) if before else None
    if opening and has_term(rest := body[opening.end() :], terms):
        before, body = "", rest
    if passage.endswith(ELLIPSIS) and body[-1:] not in SENTENCE_ENDS:
        body = (body.rpartition(" ")[0] or body).rstrip(" ,;:«(–") + ELLIPSIS
    return before + body


def _pager(found: Found) -> dict[str, object] | None:
    if found.pages == 1:
        return None
    pager: dict[str, object] = {"number": found.page, "total": found.pages, "previous": None, "next": None}
    if found.page > 1:
        pager["previous"] = _page_link(
            found, found.page - 1, gettext("Previous page: results %(first)d to %(last)d")
        )
    if found.page < found.pages:
        pager["next"] = _page_link(found, found.page + 1, gettext("Next page: results %(first)d to %(last)d"))
    return pager


def _page_link(found: Found, page: int, label: str) -> dict[str, str]:
    figures = {"first": (page - 1) * PAGE_SIZE + 1, "last": min(page * PAGE_SIZE, found.total)}
    return {"label": label % figures, "url": addresses.write(found.query, found.choice, page)}


def _suggestion(found: Found) -> dict[str, str] | None:
    if not found.suggestion:
        return None
    return {"label": found.suggestion, "url": addresses.write(found.suggestion, found.choice)}
