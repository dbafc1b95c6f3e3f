"""What of the library suits a member: three readings for the class, and the selections of the moment."""

from itertools import islice
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import get_language, gettext

from accounts.schools.member import Member
from accounts.schools.models import School
from portal.roof import LIBRARY
from resources.catalogue.models import Audience, Level
from resources.catalogue.rows import entry_row
from resources.catalogue.snapshot import Card, Snapshot
from resources.collections.models import Collection
from resources.collections.rows import collection_row

READINGS = 3
SELECTIONS = 3
LEVELS = {
    Level.MATERNELLE: ("PS", "MS", "GS"),
    Level.ELEMENTAIRE: ("CP", "CE1", "CE2", "CM1", "CM2"),
    Level.COLLEGE: ("6e", "5e", "4e", "3e"),
    Level.LYCEE: ("2de", "1re", "Tle"),
}
LEVEL_OF_WORD = {word: level for level, words in LEVELS.items() for word in words}
LEVEL_OF_SCHOOL = {
    School.Level.MATERNELLE: Level.MATERNELLE,
    School.Level.ELEMENTAIRE: Level.ELEMENTAIRE,
    School.Level.PRIMAIRE: Level.ELEMENTAIRE,
    School.Level.COLLEGE: Level.COLLEGE,
    School.Level.LYCEE: Level.LYCEE,
}
_kept: tuple[tuple, list[dict[str, object]]] | None = None


def readings(member: Member, books: Snapshot) -> dict[str, Any]:
    """{title, entries, url}: three readings for the member's first class, or for the work they do here."""
    word = _class_word(member)
    level = LEVEL_OF_WORD.get(word) or LEVEL_OF_SCHOOL[School.Level(member.school.level)]
    audience = _audience(member)
    cards = (card for card in books.listed() if audience in card.audiences)
    found = list(islice(sorted(cards, key=lambda card: _distance(card, level)), READINGS))
    return {
        "title": _title(word, level, audience),
        "entries": [_row(card) for card in found],
        "url": "#lectures" if found else LIBRARY,
    }


def selections(books: Snapshot) -> list[dict[str, object]]:
    """The first selections in force, read again when the library, the day or the language changes."""
    global _kept
    key = (books, get_language(), timezone.localdate())
    if _kept is None or not _same(_kept[0], key):
        rows = Collection.objects.current().annotate(size=Count("items")).in_order()[:SELECTIONS]
        _kept = (key, [collection_row(row) | {"heading": 3} for row in rows])
    return _kept[1]


def _same(one: tuple, other: tuple) -> bool:
    return one[0] is other[0] and one[1:] == other[1:]


def _class_word(member: Member) -> str:
    """The first level of the member's first class, as the school says it: "CE1"."""
    rooms = [hat.classroom for hat in member.hats if hat.classroom and hat.kind in {"parent", "proche"}]
    return next((word for room in rooms for word in room.levels), "")


def _audience(member: Member) -> str:
    if member.leads:
        return Audience.DIRECTORS
    if member.wears("teacher") and not member.classes("parent"):
        return Audience.TEACHERS
    return Audience.PARENTS


def _distance(card: Card, level: str) -> int:
    """First what is for this level above all, then what is for it too, then the rest; the order stays."""
    if level not in card.levels:
        return 9
    return len(card.levels)


def _title(word: str, level: str, audience: str) -> str:
    if audience != Audience.PARENTS or not word:
        return gettext("Three readings for you")
    if level == Level.ELEMENTAIRE:
        return gettext("Three readings for %(level)s") % {"level": word}
    # A year of nursery, middle or high school: French has another article.
    return gettext("Three readings for the year %(level)s") % {"level": word}


def _row(card: Card) -> dict[str, object]:
    return entry_row(card) | {"meta": ""}
