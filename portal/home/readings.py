"""What of the library suits a member: three readings for the class, and the selections of the moment."""

from itertools import islice
from typing import Any

from django.db.models import Count
from django.template.loader import render_to_string
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
# What is shown of one library, by day, language, class and work: the same words for hundreds of members.
KEPT_AT_MOST = 128
_kept: dict[tuple, dict[str, Any]] = {}
_kept_of: Snapshot | None = None


def shelf(member: Member, books: Snapshot) -> dict[str, Any]:
    """{title, entries, url, selections, html}: three readings for this member, and the selections in force.

    Made once for whoever shares class and work, until the library, the day or the language changes.
    """
    global _kept_of
    if _kept_of is not books or len(_kept) >= KEPT_AT_MOST:
        _kept.clear()
        _kept_of = books
    word = _class_word(member)
    level = LEVEL_OF_WORD.get(word) or LEVEL_OF_SCHOOL[School.Level(member.school.level)]
    key = (word, level, _audience(member), get_language(), timezone.localdate())
    found = _kept.get(key)
    if found is None:
        found = _kept[key] = _made(books, *key[:3])
    return found


def _made(books: Snapshot, word: str, level: str, audience: str) -> dict[str, Any]:
    cards = (card for card in books.listed() if audience in card.audiences)
    found = list(islice(sorted(cards, key=lambda card: _distance(card, level)), READINGS))
    rows = Collection.objects.current().annotate(size=Count("items")).in_order()[:SELECTIONS]
    parts: dict[str, Any] = {
        "title": _title(word, level, audience),
        "entries": [_row(card) for card in found],
        "url": "#lectures" if found else LIBRARY,
        "selections": [collection_row(row) | {"heading": 3} for row in rows],
    }
    return parts | {"html": render_to_string("portal/shelf.html", parts)}


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
