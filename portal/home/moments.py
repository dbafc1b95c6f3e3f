"""Days and hours in words, on one line: « 27 nov. 2026 », « vendredi 27 novembre », « 10 h »."""

import datetime

from django.utils.formats import date_format, time_format
from django.utils.translation import get_language

from resources.catalogue.words import NO_BREAK, day_in_words

__all__ = ["day_in_words", "hour_in_words", "weekday_in_words"]


def weekday_in_words(day: datetime.date) -> str:
    """Vendredi 27 novembre, in lower case."""
    return date_format(day, "l j F").lower().replace(" ", NO_BREAK)


def hour_in_words(moment: datetime.datetime) -> str:
    """18 h 30, 10 h on the hour; 18:30 elsewhere. `moment` in the zone of whoever reads."""
    if get_language() != "fr":
        return time_format(moment, "H:i")
    minutes = f" {moment.minute:02}" if moment.minute else ""
    return f"{moment.hour} h{minutes}".replace(" ", NO_BREAK)
