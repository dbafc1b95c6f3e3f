"""Do what was previewed: all of it in one short transaction, or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Max, QuerySet

from accounts.audit.actions import record
from accounts.families.actions.previewing import remembered
from accounts.families.bulk import Rows, link, set_values
from accounts.families.classes import class_key
from accounts.families.errors import PlanGone
from accounts.families.grouping import Person
from accounts.families.known import KnownPeople
from accounts.families.models import HomonymChoice, ImportPlan
from accounts.families.resolving import Resolution, resolve
from accounts.invitations.actions.mailing import invite_by_mail
from accounts.invitations.models import Invitation
from accounts.schools.actions import add_classroom, give_hat
from accounts.schools.models import Classroom, Hat, Membership, School, SchoolYear
from accounts.schools.years import prepared_year

# Another act on the same people while this one was prepared, or a random key that was taken: once more.
TRIES = 4


class _Moved(Exception):
    """The school's people are no longer those that the act was prepared for."""


@dataclass
class _Prepared:
    """All that needs no transaction, done before it."""

    plan: ImportPlan
    year: SchoolYear
    done: Resolution
    invitations: list[Invitation]
    rows: Rows
    new_classes: dict[str, str]
    answers: dict[str, bool]
    seen: tuple


def confirm_import(
    plan: ImportPlan, *, by: Any, answers: dict[str, bool], classes: Iterable[str]
) -> dict[str, int]:
    """Await the people of `plan`, once; return what changed, counted. The plan is gone after.

    `answers`: {case: same} of its questions; `classes`: keys of the new classes to create. Mails leave as for
    any invitation. Raises PlanGone.
    """
    wanted = {key: name for key, name in plan.summary["new_classes"].items() if key in set(classes)}
    for left in reversed(range(TRIES)):
        prepared = _prepare(plan, wanted, answers, by)
        try:
            counts = _write(prepared, by)
        except (_Moved, IntegrityError):
            if not left:
                raise
            continue
        invite_by_mail(prepared.invitations, by=by)
        return counts
    raise AssertionError("unreachable")


def _prepare(plan: ImportPlan, wanted: dict[str, str], answers: dict[str, bool], by: Any) -> _Prepared:
    year = _year_of(plan)
    seen = _fingerprint(plan.school, year)
    hat = plan.summary["hat"]
    known = KnownPeople(plan.school, hat, year)
    people = [Person.from_json(adult) for adult in plan.adults]
    classes = frozenset(known.rooms.keys.values()) | frozenset(wanted)
    done = resolve(people, known, remembered(plan.school) | answers, classes)
    invitations = [_invitation(person, plan.school, hat, by) for person in done.new]
    rows = Rows(Invitation, invitations)
    return _Prepared(plan, year, done, invitations, rows, wanted, answers, seen)


def _year_of(plan: ImportPlan) -> SchoolYear:
    """Return the year of the file. Raises PlanGone once that is over, or no longer the next one."""
    year = SchoolYear.objects.filter(school=plan.school, pk=plan.summary["year"]["id"]).first()
    if year is None or not (year.is_current or year == prepared_year(plan.school)):
        raise PlanGone
    return year


def _invitation(person: Person, school: School, hat: str, by: Any) -> Invitation:
    return Invitation(
        school=school,
        civility=person.civility,
        last_name=person.last_name,
        first_name=person.first_name,
        email=person.email,
        kind=hat,
        match=person.match,
        source=Invitation.Source.IMPORTED,
        created_by=by,
    )


@transaction.atomic
def _write(prepared: _Prepared, by: Any) -> dict[str, int]:
    plan, done, year = prepared.plan, prepared.done, prepared.year
    school = School.objects.select_for_update().get(pk=plan.school_id)
    if not ImportPlan.objects.of_school(school).filter(pk=plan.pk).delete()[0]:
        raise PlanGone
    if _fingerprint(school, year) != prepared.seen:
        raise _Moved
    for name in prepared.new_classes.values():
        add_classroom(school, name, year=year)
    rooms = {class_key(room.name): room for room in _rooms(school, year)}
    prepared.rows.insert()
    _note_keys(school, prepared.invitations)
    pairs = [(row.pk, person.classes) for row, person in zip(prepared.invitations, done.new, strict=True)]
    _link([*pairs, *done.classes.items()], rooms)
    set_values(Invitation, "email", [(email, pk) for pk, email in done.addresses.items()])
    _give_hats(prepared, rooms, by)
    _remember(school, prepared.answers, by)
    counts = _counts(prepared)
    record("families_imported", by=by, school=school, kind=plan.kind, **counts)
    return counts


def _counts(prepared: _Prepared) -> dict[str, Any]:
    done = prepared.done
    return {
        "new": len(done.new),
        "more_classes": len(done.classes) + len(done.hats),
        "addresses": len(done.addresses),
        "unchanged": done.unchanged,
        "new_classes": len(prepared.new_classes),
        "without_class": done.without_class,
        "with_email": sum(bool(person.email) and not person.is_shared for person in done.new),
    }


def _rooms(school: School, year: SchoolYear) -> QuerySet[Classroom]:
    return Classroom.objects.of_school(school).filter(year=year)


def _fingerprint(school: School, year: SchoolYear) -> tuple:
    """Return what changes when somebody is awaited, comes in, a class is added or renamed, or the year."""
    awaited = Invitation.objects.of_school(school).values_list("state")
    states = tuple(awaited.annotate(rows=Count("pk"), last=Max("pk")).order_by("state"))
    hats = Hat.objects.of_school(school).aggregate(rows=Count("pk"), last=Max("pk"))
    rooms = tuple(_rooms(school, year).order_by("pk").values_list("pk", "name"))
    runs = SchoolYear.objects.filter(school=school, pk=year.pk, is_current=True).exists()
    return states, tuple(hats.values()), rooms, runs


def _note_keys(school: School, invitations: list[Invitation]) -> None:
    """Learn the primary keys that the database gave."""
    given = dict(Invitation.objects.of_school(school).order_by().values_list("key", "pk"))
    for invitation in invitations:
        invitation.pk = given[invitation.key]


def _link(pairs: Iterable[tuple[int, Iterable[str]]], rooms: dict[str, Classroom]) -> None:
    """Give classes to invitations; a class that was not ticked is left out."""
    keys = {key: room.pk for key, room in rooms.items()}
    links = ((pk, keys[name]) for pk, names in pairs for name in names if name in keys)
    link(Invitation.classrooms.through, ["invitation_id", "classroom_id"], links)


def _give_hats(prepared: _Prepared, rooms: dict[str, Classroom], by: Any) -> None:
    """A member of the school, known to be this already, is it for one more class; each one is on record.

    In a class of next year nobody is anything before its first day, or the change of year.
    """
    school, hat, wanted = prepared.plan.school, prepared.plan.summary["hat"], prepared.done.hats
    since = None if prepared.year.is_current else prepared.year.starts
    members = (
        Membership.objects.of_school(school).present().filter(pk__in=wanted).select_related("user", "school")
    )
    for membership in members:
        for key in sorted(wanted[membership.pk]):
            give_hat(membership, hat, by=by, classroom=rooms[key], since=since)


def _remember(school: School, answers: dict[str, bool], by: Any) -> None:
    HomonymChoice.objects.bulk_create(
        [HomonymChoice(school=school, case=case, same=same, by=by) for case, same in answers.items()],
        update_conflicts=True,
        update_fields=["same", "by", "at"],
        unique_fields=["school", "case"],
    )
