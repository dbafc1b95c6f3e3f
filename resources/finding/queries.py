"""Finds resources: words, filters, a page of results with every count, in two or three queries."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from django.http import QueryDict

from foundation.search.display import has_term, passage
from foundation.search.index import Hits
from resources.catalogue.index import LIBRARY_INDEX
from resources.catalogue.models import Resource
from resources.catalogue.snapshot import Card, Snapshot
from resources.finding import addresses
from resources.finding.addresses import Asked
from resources.finding.facets import Choice, Counts, Facet, Selected, facets_of

PAGE_SIZE = 20
NEIGHBOURS = 3
PASSAGE_LENGTH = 150
# What a passage is looked for in: the first pages of a text.
PASSAGE_SOURCE = 8_000

_TAG = re.compile(r"<[^>]*>")
# Titles would run into the sentence after them; the list of sources says nothing of the text.
_TITLE = re.compile(r"<h[1-6][^>]*>.*?</h[1-6]>", re.DOTALL)
_SOURCES = '<h2 id="s-sources"'


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results.

    `cards`: of one page, best first. `page` of `pages`: within bounds whatever was asked. `choice`: the
    filters in force; `implied`: parents' was chosen for the reader, and is left out when it would leave
    nothing. `counts`: what each value would leave, its own facet's choice set aside. `mode`: "and", "or",
    "none", or "all" without words. `terms`: stems to highlight. `suggestion`: the words corrected.
    `passages`: by key, where the words stand in the text of a card whose title and summary lack them.
    `neighbours`: what to offer when nothing was found.
    """

    query: str
    choice: Choice
    implied: bool
    cards: list[Card]
    total: int
    page: int
    pages: int
    counts: Counts
    mode: Literal["and", "or", "none", "all"]
    terms: frozenset[str] = frozenset()
    suggestion: str | None = None
    passages: dict[int, str] = field(default_factory=dict)
    neighbours: list[Card] = field(default_factory=list)


def find(parameters: QueryDict, snapshot: Snapshot, *, most: int = PAGE_SIZE, suggests: bool = True) -> Found:
    """Return the results that an address asks for, whatever it holds, `most` a page."""
    facets = facets_of(snapshot)
    asked = addresses.read(parameters, facets)
    hits = LIBRARY_INDEX.search(asked.query, suggests=suggests) if asked.query else None
    keys = hits.keys if hits else None
    selected = facets.select(asked.choice, keys)
    if asked.implied and not selected.total:
        wider = addresses.without(asked.choice, Facet.AUDIENCE)
        if (widened := facets.select(wider, keys)).total:
            asked, selected = Asked(asked.query, wider, asked.page, implied=False), widened
    pages = max(1, -(-selected.total // most))
    page = min(asked.page, pages)
    cards = [snapshot.cards[key] for key in selected.keys[(page - 1) * most : page * most]]
    terms = hits.terms if hits else frozenset()
    return Found(
        query=asked.query,
        choice=asked.choice,
        implied=asked.implied,
        cards=cards,
        total=selected.total,
        page=page,
        pages=pages,
        counts=selected.counts,
        mode=hits.mode if hits else "all",
        terms=terms,
        suggestion=hits.suggestion if hits else None,
        passages=passages(cards, hits) if hits else {},
        neighbours=_neighbours(selected, hits, snapshot),
    )


def passages(cards: Iterable[Card], hits: Hits) -> dict[int, str]:
    """Return where the words stand in the texts of those `cards` whose summary lacks them (one query)."""
    wanted = [card.id for card in cards if not has_term(card.summary, hits.terms)]
    if not wanted:
        return {}
    found = {}
    for key, source in Resource.objects.filter(pk__in=wanted).values_list("pk", "html"):
        body = _TITLE.sub(" ", source.partition(_SOURCES)[0][:PASSAGE_SOURCE])
        text = " ".join(html.unescape(_TAG.sub(" ", body)).split())
        if shown := passage(text, hits.forms, PASSAGE_LENGTH):
            found[key] = shown
    return found


def _neighbours(selected: Selected, hits: Hits | None, snapshot: Snapshot) -> list[Card]:
    """Return what was found without the filters, else what parents are offered, when nothing is left."""
    if selected.total:
        return []
    if hits and (found := [snapshot.cards[key] for key in hits.keys if key in snapshot.cards]):
        return found[:NEIGHBOURS]
    return list(islice(snapshot.for_parents(), NEIGHBOURS))
