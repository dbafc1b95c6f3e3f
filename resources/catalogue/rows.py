"""Rows of a list of resources, ready to show: the template adds nothing."""

from collections.abc import Iterable

from django.utils.translation import get_language, gettext

from resources.catalogue import words
from resources.catalogue.models import Kind, Theme
from resources.catalogue.snapshot import Card, Snapshot

# Never at the head of a line: the dot stays with the words before it.
SEPARATOR = "\u00a0· "


def entry_row(card: Card, *, heading: int = 3, note: str = "") -> dict[str, object]:
    """{title, url, who, notes, summary, meta, lang, heading} as components/entry.html takes them."""
    kind = words.kind_in_words(card.kind, card.addressee, card.number)
    return {
        "title": words.shown(card.title, card.language),
        "url": card.url,
        "who": kind[0],
        "notes": [*kind[1:], words.levels_in_words(card.levels)],
        "summary": words.shown(note or card.summary, card.language),
        "meta": meta_line(card),
        "lang": card.language if card.language != get_language() else "",
        "heading": heading,
    }


def entry_rows(cards: Iterable[Card], *, heading: int = 3) -> list[dict[str, object]]:
    return [entry_row(card, heading=heading) for card in cards]


def meta_line(card: Card) -> str:
    """Time, date of review, other versions: what helps to choose before opening."""
    parts = [words.minutes_in_words(card.minutes)]
    if card.reviewed:
        parts.append(gettext("reviewed in %(month)s") % {"month": words.month_in_words(card.reviewed)})
    parts += [words.variant_in_words(key) for key in card.variants]
    if card.kind == Kind.LINK:
        parts.append(gettext("opens another site"))
    return SEPARATOR.join(parts)


def companion_row(card: Card) -> dict[str, str]:
    """A resource named beside another: title, address, kind and time."""
    return {
        "title": words.shown(card.title, card.language),
        "url": card.url,
        "fine": gettext(", ").join([words.label_of(Kind, card.kind), words.minutes_in_words(card.minutes)]),
        "lang": card.language if card.language != get_language() else "",
    }


def theme_rows(books: Snapshot, skip: Theme | None = None) -> list[dict[str, object]]:
    """Themes that hold something for parents or teams: {label, url, count}, in their order."""
    return [
        {
            "label": words.shown(theme.name),
            "url": theme.get_absolute_url(),
            "count": len(books.of_theme(theme)),
            "lang": "fr" if get_language() != "fr" else "",
        }
        for theme in books.themes.values()
        if books.of_theme(theme) and theme != skip
    ]
