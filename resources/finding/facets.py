"""Counts what each filter would leave, by bitmaps over the published library kept in the process.

A bitmap is one integer, a bit a resource; a choice is an "and" of bitmaps, a count is their bits.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from resources.catalogue.models import Audience, Kind, Level, VariantKey
from resources.catalogue.snapshot import Card, Snapshot


class Facet(StrEnum):
    """The filters of a search; the value is the parameter of the address."""

    AUDIENCE = "pour"
    LEVEL = "niveau"
    THEME = "theme"
    KIND = "forme"
    LANGUAGE = "langue_texte"
    TIME = "temps"


class Time(StrEnum):
    """Reading time: under 5, 5 to 10, over 10 minutes."""

    SHORT = "moins-de-5"
    MEDIUM = "5-10"
    LONG = "plus-de-10"


# One value a facet.
Choice = Mapping[Facet, str]
Counts = dict[Facet, dict[str, int]]


def values_of(card: Card, facet: Facet, theme_slugs: Mapping[int, str]) -> Iterable[str]:
    """Return the values of `facet` under which `card` counts."""
    match facet:
        case Facet.AUDIENCE:
            return card.audiences
        case Facet.LEVEL:
            return card.levels
        case Facet.THEME:
            return [theme_slugs[key] for key in card.themes if key in theme_slugs]
        case Facet.KIND:
            return [card.kind]
        case Facet.LANGUAGE:
            return [card.language, *card.variants]
        case Facet.TIME:
            return [time_of(card.minutes)]


def time_of(minutes: int) -> Time:
    """Return the class of a reading time."""
    if minutes < 5:
        return Time.SHORT
    return Time.MEDIUM if minutes <= 10 else Time.LONG


@dataclass(frozen=True, slots=True)
class Selected:
    """What a choice leaves: how many, their bits, and for each facet what each of its values would leave.

    A facet's counts ignore its own choice. `keys` come in the order they were found.
    """

    total: int
    keys: list[int]
    counts: Counts


class FacetIndex:
    """The bitmaps of one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._size = len(snapshot.order)
        # A place is an index from the left in the bitmap's binary digits.
        self._places = {key: place for place, key in enumerate(snapshot.order)}
        self._all = (1 << self._size) - 1
        theme_slugs = {key: theme.slug for key, theme in snapshot.themes.items()}
        offered: dict[Facet, list[str]] = {
            Facet.AUDIENCE: Audience.values,
            Facet.LEVEL: Level.values,
            Facet.THEME: list(theme_slugs.values()),
            Facet.KIND: Kind.values,
            Facet.LANGUAGE: ["fr", *VariantKey.values],
            Facet.TIME: list(Time),
        }
        self._bitmaps: dict[Facet, dict[str, int]] = {}
        for facet, values in offered.items():
            holders: dict[str, list[int]] = {value: [] for value in values}
            for key, card in snapshot.cards.items():
                for value in set(values_of(card, facet, theme_slugs)):
                    holders.setdefault(value, []).append(key)
            self._bitmaps[facet] = {value: self._bitmap(keys) for value, keys in holders.items()}

    def is_value(self, facet: Facet, value: str) -> bool:
        """Tell whether `value` may be chosen for `facet`."""
        return value in self._bitmaps[facet]

    def select(self, choice: Choice, found: list[int] | None = None) -> Selected:
        """Return what `choice` leaves of `found` (keys, best first), or of the whole library in its order."""
        base = self._all if found is None else self._bitmap(found)
        chosen = {facet: self._bitmaps[facet].get(value, 0) for facet, value in choice.items()}
        left = base
        for bitmap in chosen.values():
            left &= bitmap
        counts: Counts = {}
        for facet, values in self._bitmaps.items():
            others = left
            if facet in chosen:
                others = base
                for other, bitmap in chosen.items():
                    if other is not facet:
                        others &= bitmap
            counts[facet] = {value: (others & bitmap).bit_count() for value, bitmap in values.items()}
        keys = self._keys(left, self.snapshot.order if found is None else found)
        return Selected(len(keys), keys, counts)

    def _bitmap(self, keys: Iterable[int]) -> int:
        """Return the bitmap of `keys`; what the snapshot does not hold is left out."""
        digits = bytearray(b"0") * (self._size + 1)
        for place in map(self._places.get, keys):
            if place is not None:
                digits[place + 1] = 49  # "1"; the leading 0 keeps an empty library a number
        return int(digits, 2)

    def _keys(self, bitmap: int, keys: Iterable[int]) -> list[int]:
        digits, places = f"{bitmap:0{self._size}b}", self._places
        return [key for key in keys if key in places and digits[places[key]] == "1"]


_current: FacetIndex | None = None


def facets_of(snapshot: Snapshot) -> FacetIndex:
    """Return the bitmaps of `snapshot`, made once and kept until another comes."""
    global _current
    index = _current
    if index is None or index.snapshot is not snapshot:
        index = _current = FacetIndex(snapshot)
    return index
