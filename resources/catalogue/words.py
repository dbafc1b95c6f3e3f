"""Say a resource in words: its kind, levels, dates and weight, as margin notes and meta lines."""

import datetime
from functools import lru_cache

from django.conf import settings
from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext, override

from foundation.html import french
from resources.catalogue.models import Addressee, Audience, Kind, Level, VariantKey

ALL_LEVELS = len(Level.values)
NO_BREAK = "\u00a0"


@lru_cache(maxsize=256)
def _label(enumeration: type[TextChoices], value: str, language: str) -> str:
    with override(language):
        return str(enumeration(value).label) if value in enumeration.values else value


def label_of(enumeration: type[TextChoices], value: str) -> str:
    """Translate a value of an enumeration, remembered by language: lists ask often."""
    return _label(enumeration, value, get_language() or settings.LANGUAGE_CODE)


def kind_in_words(kind: str, addressee: str = "", number: int | None = None) -> list[str]:
    """["Guide"], or ["Tool sheet", "Directeur n° 4"]: the brackets of the official series are left out."""
    words = [label_of(Kind, kind)]
    if addressee:
        series = label_of(Addressee, addressee).strip("[]")
        words.append(
            gettext("%(series)s no. %(number)s") % {"series": series, "number": number} if number else series
        )
    return words


def levels_in_words(levels: tuple[str, ...] | list[str]) -> str:
    if len(levels) == ALL_LEVELS:
        return gettext("all levels")
    return gettext(", ").join(label_of(Level, level).lower() for level in levels)


def audiences_in_words(audiences: list[str]) -> str:
    return gettext(", ").join(label_of(Audience, audience).lower() for audience in audiences)


def minutes_in_words(minutes: int) -> str:
    return ngettext("%(count)d min read", "%(count)d min read", minutes) % {"count": minutes}


def variant_in_words(key: str) -> str:
    return label_of(VariantKey, key).lower() if key == VariantKey.SIMPLE else LANGUAGES[key]


LANGUAGES = {"ar": "العربية", "en": "English", "fr": "Français"}


@lru_cache(maxsize=512)
def _date(day: datetime.date, pattern: str, language: str) -> str:
    with override(language):
        return date_format(day, pattern).replace(" ", NO_BREAK)


def day_in_words(day: datetime.date) -> str:
    """24 nov. 2026, or its like in the reader's language, on one line."""
    return _date(day, "j N Y" if get_language() == "fr" else "j F Y", get_language() or "fr")


def month_in_words(day: datetime.date) -> str:
    """nov. 2026, or its like in the reader's language, on one line."""
    return _date(day, "N Y" if get_language() == "fr" else "F Y", get_language() or "fr")


def on_one_line(text: str) -> str:
    """The same words, never broken at the end of a line: short items of a margin note."""
    return text.replace(" ", NO_BREAK)


def weight_in_words(count: int) -> str:
    """Bytes as kB or MB, in the language's own unit."""
    if count < 950_000:
        return gettext("%(size)s kB") % {"size": max(1, round(count / 1000))}
    return gettext("%(size)s MB") % {"size": decimal_in_words(count / 1_000_000)}


def decimal_in_words(value: float) -> str:
    return f"{value:.1f}".replace(".", "," if get_language() == "fr" else ".")


@lru_cache(maxsize=4096)
def shown(text: str, language: str = "fr") -> str:
    """A short text with French typography, when it is French."""
    return french(text) if language == "fr" else text
