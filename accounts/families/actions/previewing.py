"""Read a list and keep, for an hour, what its confirmation needs: adults and classes."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.db import transaction

from accounts.audit.actions import record
from accounts.families.classes import class_key
from accounts.families.grouping import MOST_OF_ONE_NAME, Person
from accounts.families.known import KnownPeople
from accounts.families.layouts import Layout
from accounts.families.models import HomonymChoice, ImportPlan
from accounts.families.reading import Reading, read_list
from accounts.families.resolving import Resolution, resolve, shared_addresses
from accounts.schools.models import Classroom, School, SchoolYear
from accounts.schools.years import current_year

# Shown on the preview: enough to see that the columns are the right ones, and to answer in one sitting.
NAMES_SHOWN = 5
QUESTIONS_ASKED = 40
GONE_KEPT = 200


def preview_import(
    school: School,
    content: bytes,
    *,
    by: Any,
    hat: str,
    choose: Callable[[list[str]], Layout] | None = None,
    year: SchoolYear | None = None,
) -> ImportPlan:
    """Read `content`, store nothing of it but the plan; the preview before it is forgotten.

    `year` is the one that the file speaks of: the current one, or the one being prepared.
    Raises UnreadableFile, or UnknownColumns where a human must choose the columns (`choose`).
    """
    year = year or current_year(school)
    rooms = Classroom.objects.of_school(school).filter(year=year).values_list("name", flat=True)
    reading = read_list(content, hat, frozenset(class_key(name) for name in rooms), choose)
    hat = reading.layout.hat
    adults = [person.as_json() for person in reading.people]
    classes = frozenset(class_key(name) for name in rooms) | frozenset(reading.new_classes)
    done = resolve(reading.people, KnownPeople(school, hat, year), remembered(school), classes)
    with transaction.atomic():
        ImportPlan.objects.of_school(school).filter(by=by).delete()
        return ImportPlan.objects.create(
            school=school,
            by=by,
            kind=reading.layout.kind,
            adults=adults,
            summary=_told(reading, year) | _worked_out(done),
        )


def note_failure(school: School, *, by: Any, code: str) -> None:
    """Record that a file was refused: the reason's code, nothing of the file."""
    record("import_failed", by=by, school=school, reason=code)


def remembered(school: School) -> dict[str, bool]:
    """Return what humans said of two people of one name: {case: same}."""
    return dict(HomonymChoice.objects.of_school(school).values_list("case", "same"))


def _told(reading: Reading, year: SchoolYear) -> dict:
    return {
        "year": {"id": year.pk, "name": year.name, "is_coming": not year.is_current},
        "hat": reading.layout.hat,
        "lines": reading.lines,
        "duplicates": reading.duplicates,
        "faults": reading.faults,
        "new_classes": reading.new_classes,
    }


def _worked_out(done: Resolution) -> dict:
    shared = [[_name(one) for one in people] for people in shared_addresses(done.people).values()]
    hidden = [[_name(one)] for one in done.people if one.is_shared and not one.email]
    return {
        "people": len(done.people),
        "classes": len({key for person in done.people for key in person.classes}),
        "new": len(done.new),
        "with_email": sum(bool(person.email) and not person.is_shared for person in done.new),
        "more_classes": len(done.classes) + len(done.hats),
        "addresses": len(done.addresses),
        "unchanged": done.unchanged,
        "not_again": done.not_again,
        "shared": (shared + hidden)[:QUESTIONS_ASKED],
        "shared_count": len(shared) + len(hidden),
        "crowded": _crowded(done.people),
        "first": [_name(person) for person in done.people[:NAMES_SHOWN]],
        "questions": [asdict(question) for question in done.questions[:QUESTIONS_ASKED]],
        "questions_left": max(0, len(done.questions) - QUESTIONS_ASKED),
        "gone": done.gone[:GONE_KEPT],
        "gone_count": len(done.gone),
    }


def _crowded(people: list[Person]) -> int:
    """Count the people of a name so common that nobody is asked about it."""
    counts: dict[str, int] = {}
    for person in people:
        counts[person.match] = counts.get(person.match, 0) + 1
    return sum(count for count in counts.values() if count > MOST_OF_ONE_NAME)


def _name(person: Person) -> str:
    return " ".join(part for part in (person.first_name, person.last_name) if part)
