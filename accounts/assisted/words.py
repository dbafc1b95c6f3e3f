"""What was recorded, in words for the person, and who typed it; a barred class is never named."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from accounts.assisted.actions import CLASS, PREFERENCE
from accounts.assisted.models import AssistedEntry
from accounts.schools.models import Classroom, Restriction


def in_words(entry: AssistedEntry, rooms: dict[str, str]) -> str:
    """Return one sentence; `rooms` are the names of classes by key (`rooms_of`)."""
    if entry.kind == CLASS:
        return gettext("Parent in %(room)s.") % {"room": rooms.get(entry.object, "")}
    if entry.kind == PREFERENCE:
        return " ".join(_preference(name, values["set"]) for name, values in entry.before.items())
    return ""


def _preference(name: str, value: Any) -> str:
    if name == "language":
        language = dict(settings.LANGUAGES).get(value, value)
        return gettext("Language: %(language)s.") % {"language": language}
    return gettext("News on paper.") if value else gettext("News by e-mail.")


def typed_by(entry: AssistedEntry) -> str:
    """Return "typed by Inès (helper)"; the hat alone once the account is gone."""
    hat = entry.get_hat_display()
    if entry.helper is None:
        return gettext("typed by: %(hat)s") % {"hat": hat}
    return gettext("typed by %(name)s (%(hat)s)") % {"name": entry.helper.name, "hat": hat}


def rooms_of(entries: Iterable[AssistedEntry]) -> dict[str, str]:
    """Return the names of the classes of these entries, by key; one query."""
    keys = {entry.object for entry in entries if entry.kind == CLASS}
    schools = {entry.school_id for entry in entries}
    if not keys:
        return {}
    rooms = Classroom.objects.filter(school__in=schools, key__in=keys)
    return dict(rooms.values_list("key", "name"))


def without_trace(entries: list[AssistedEntry]) -> list[AssistedEntry]:
    """Leave out classes closed to that person by a court decision: as if never linked (DESIGN §1)."""
    people = {entry.person_id for entry in entries if entry.kind == CLASS}
    if not people:
        return entries
    decided = Restriction.objects.filter(membership__in=people).select_related(
        "classroom", "membership__school"
    )
    barred = {
        (each.membership_id, each.classroom.key if each.classroom else "")
        for each in decided.lasting(_earliest(entries))
    }
    return [
        entry
        for entry in entries
        if entry.kind != CLASS or not barred & {(entry.person_id, entry.object), (entry.person_id, "")}
    ]


def _earliest(entries: list[AssistedEntry]) -> Any:
    return min(entry.school.today() for entry in entries)
