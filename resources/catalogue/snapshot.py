"""The published library in the process's memory, read again only when its version changes.

Pages take titles, themes, neighbours and counts from here, so that a page costs its own row and no more.
About 0.6 kB a resource. `finding` builds its facet bitmaps on the same cards.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any

from django.http import HttpRequest

from resources.catalogue import version
from resources.catalogue.models import (
    Audience,
    RelatedResource,
    Resource,
    ResourceTheme,
    Source,
    Status,
    Theme,
    Variant,
)


@dataclass(frozen=True, slots=True)
class Card:
    """What a list shows of a published resource, and what facets count; `themes` and `related` are keys."""

    id: int
    slug: str
    title: str
    summary: str
    kind: str
    addressee: str
    number: int | None
    audiences: tuple[str, ...]
    levels: tuple[str, ...]
    language: str
    minutes: int
    reviewed: datetime.date | None
    published: datetime.date | None
    review_by: datetime.date | None
    featured: int
    themes: tuple[int, ...]
    related: tuple[int, ...]
    variants: tuple[str, ...]

    @property
    def url(self) -> str:
        return f"/ressources/{self.slug}/"


@dataclass(frozen=True)
class Snapshot:
    """All cards; `order` is that of a list without question: put forward, then just reviewed."""

    version: int
    cards: Mapping[int, Card] = field(default_factory=dict)
    by_slug: Mapping[str, Card] = field(default_factory=dict)
    order: tuple[int, ...] = ()
    themes: Mapping[int, Theme] = field(default_factory=dict)
    themes_by_slug: Mapping[str, Theme] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)

    @cached_property
    def by_theme(self) -> Mapping[int, Sequence[Card]]:
        """The cards of each theme that holds some, in the library's order."""
        groups: dict[int, list[Card]] = {}
        for card in self.listed():
            for key in card.themes:
                groups.setdefault(key, []).append(card)
        return groups

    def of_theme(self, theme: Theme) -> Sequence[Card]:
        return self.by_theme.get(theme.pk, ())

    def listed(self) -> Iterator[Card]:
        return (self.cards[key] for key in self.order)

    def for_parents(self) -> Iterator[Card]:
        """What starts a parent's visit."""
        return (card for card in self.listed() if Audience.PARENTS in card.audiences)


_lock = Lock()
_current = Snapshot(version=-1)


def library(request: HttpRequest | None = None) -> Snapshot:
    """Return the library as it stands: one query for its version, unless the page cache just read it."""
    global _current
    number = getattr(request, "page_version", None)
    if number is None:
        number = version.current()
    if _current.version == number:
        return _current
    with _lock:
        if _current.version != number:
            _current = _read(number)
    return _current


def forget() -> None:
    """Drop the snapshot (tests: a new database may reuse a number)."""
    global _current
    _current = Snapshot(version=-1)


def _grouped(pairs: Iterable[tuple[int, Any]]) -> dict[int, tuple]:
    groups: dict[int, list] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}


def _read(number: int) -> Snapshot:
    themes = {theme.pk: theme for theme in Theme.objects.all()}
    links = _grouped(
        ResourceTheme.objects.order_by("resource", "position").values_list("resource_id", "theme_id")
    )
    related = _grouped(
        RelatedResource.objects.filter(target__status=Status.PUBLISHED)
        .order_by("resource", "position")
        .values_list("resource_id", "target_id")
    )
    variants = _grouped(
        Variant.objects.published().order_by("resource", "key").values_list("resource_id", "key")
    )
    fields = (
        "id slug title summary kind addressee number audiences levels language reading_minutes reviewed"
        " published review_by featured"
    ).split()
    cards = {}
    for row in Resource.objects.published().values_list(*fields):
        values: list[Any] = list(row)
        values[7], values[8] = tuple(values[7]), tuple(values[8])
        key = row[0]
        values += [links.get(key, ()), related.get(key, ()), variants.get(key, ())]
        cards[key] = Card(*values)
    return Snapshot(
        version=number,
        cards=cards,
        by_slug={card.slug: card for card in cards.values()},
        order=tuple(card.id for card in sorted(cards.values(), key=_place)),
        themes=themes,
        themes_by_slug={theme.slug: theme for theme in themes.values()},
        sources={source.address: source for source in Source.objects.all()},
    )


def _place(card: Card) -> tuple:
    reviewed = card.reviewed.toordinal() if card.reviewed else 0
    return (card.featured == 0, card.featured, -reviewed, card.slug)
