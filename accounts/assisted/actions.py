"""Record for somebody, agree, undo. The frame (`record_entry`, `undo`) is for every later feature.

A feature that lets a paper in calls `record_entry` in the transaction of its own act, with what undoing
needs, and gives a function for its `kind` to `portal.assisted.UNDOERS`. Never a vote or a correspondence.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.assisted.errors import AlreadyDecided, AlreadyInClass, CannotBeUndone
from accounts.assisted.models import AssistedEntry
from accounts.assisted.policy import can_give_class_from_paper
from accounts.audit.actions import record
from accounts.outbox.actions import post
from accounts.people.models import User
from accounts.schools.actions import give_hat
from accounts.schools.actions.hats import worn_on
from accounts.schools.member import Member
from accounts.schools.models import Classroom, Hat, Membership

PREFERENCE, CLASS = "preference", "class"
# Takes the entry and who undoes it; puts back what was before, unless the person changed it since.
Undoer = Callable[[AssistedEntry, Any], None]


@transaction.atomic
def record_entry(
    helper: Member,
    person: Membership,
    kind: str,
    obj: str,
    basis: str,
    before: Mapping[str, Any],
    *,
    waits: bool = False,
) -> AssistedEntry:
    """Store that `helper` recorded `obj` of a feature for `person`, and have the person told."""
    entry = AssistedEntry.objects.create(
        school=helper.school,
        helper=helper.membership,
        hat=hat_of(helper),
        person=person,
        kind=kind,
        object=obj,
        basis=basis,
        before=dict(before),
        waits=waits,
    )
    by = helper.membership.user if helper.membership else None
    _put_on_record("typed_for", entry, by)
    post("assisted_entry", entry.key, person=person.user, school=entry.school)
    return entry


@transaction.atomic
def undo(entry: AssistedEntry, by: Any, undoers: Mapping[str, Undoer]) -> None:
    """Put back what was before. Raises CannotBeUndone: it is undone already."""
    entry = _locked(entry)
    if entry.undone is not None:
        raise CannotBeUndone
    if not entry.waits:
        undoers[entry.kind](entry, by)
    entry.undone, entry.waits = timezone.now(), False
    entry.save(update_fields=["undone", "waits"])
    _put_on_record("typed_for_undone", entry, by)


@transaction.atomic
def record_preference(
    helper: Member,
    person: Membership,
    basis: str,
    *,
    prefers_paper: bool | None = None,
    language: str = "",
) -> AssistedEntry:
    """Record on which channel or in which language the person wants news; None and "" change nothing."""
    user = User.objects.select_for_update().get(pk=person.user_id)
    asked = {"prefers_paper": prefers_paper, "language": language}
    wanted = {name: value for name, value in asked.items() if value not in (None, "")}
    before = {name: {"was": getattr(user, name), "set": value} for name, value in wanted.items()}
    for name, value in wanted.items():
        setattr(user, name, value)
    user.save(update_fields=list(wanted))
    return record_entry(helper, person, PREFERENCE, "", basis, before)


@transaction.atomic
def record_class(helper: Member, person: Membership, classroom: Classroom, basis: str) -> AssistedEntry:
    """Put a member in a class as a parent; without *members*, it waits. Raises AlreadyInClass.

    Whoever is a helper only is not told whether the person was in that class.
    """
    waiting = AssistedEntry.objects.filter(person=person, kind=CLASS, object=classroom.key, waits=True)
    if waiting.exists():
        raise AlreadyInClass
    if not can_give_class_from_paper(helper):
        return record_entry(helper, person, CLASS, classroom.key, basis, {}, waits=True)
    if _parents_hat(person, classroom) is not None:
        raise AlreadyInClass
    by = helper.membership.user if helper.membership else None
    hat = give_hat(person, Hat.Kind.PARENT, by=by, classroom=classroom)
    return record_entry(helper, person, CLASS, classroom.key, basis, {"hat": hat.pk})


@transaction.atomic
def record_all(
    helper: Member,
    person: Membership,
    basis: str,
    *,
    prefers_paper: bool | None = None,
    language: str = "",
    classroom: Classroom | None = None,
) -> list[AssistedEntry]:
    """Record what one paper, or one talk, says: all or nothing. Raises AlreadyInClass."""
    made = []
    if prefers_paper is not None or language:
        made.append(record_preference(helper, person, basis, prefers_paper=prefers_paper, language=language))
    if classroom is not None:
        made.append(record_class(helper, person, classroom, basis))
    return made


@transaction.atomic
def agree(entry: AssistedEntry, by: Member) -> None:
    """Do what a helper typed and may not do alone. Raises AlreadyDecided."""
    entry = _locked(entry)
    if not entry.waits:
        raise AlreadyDecided
    user = by.membership.user if by.membership else None
    room = Classroom.objects.of_school(entry.school).current().filter(key=entry.object).first()
    if room is None:
        raise AlreadyDecided
    was_in = _parents_hat(entry.person, room) is not None
    hat = give_hat(entry.person, Hat.Kind.PARENT, by=user, classroom=room)
    entry.waits, entry.before = False, {} if was_in else {"hat": hat.pk}
    entry.save(update_fields=["waits", "before"])
    _put_on_record("typed_for_agreed", entry, user)
    post("assisted_entry", entry.key, person=entry.person.user, revision=2, school=entry.school)


@transaction.atomic
def refuse(entry: AssistedEntry, by: Member) -> None:
    """Let go what a helper typed. Raises AlreadyDecided."""
    entry = _locked(entry)
    if not entry.waits:
        raise AlreadyDecided
    entry.waits, entry.undone = False, timezone.now()
    entry.save(update_fields=["waits", "undone"])
    _put_on_record("typed_for_refused", entry, by.membership.user if by.membership else None)


def hat_of(member: Member) -> str:
    """Return the hat under which somebody types: the helper's first, as it is given for this."""
    order = (Hat.Kind.HELPER, Hat.Kind.DIRECTOR, Hat.Kind.INTERIM, Hat.Kind.DEPUTY, Hat.Kind.SECRETARY)
    return next((kind for kind in order if member.wears(kind)), Hat.Kind.HELPER)


def _parents_hat(person: Membership, classroom: Classroom) -> Hat | None:
    """The link that a person has with a class today, if any."""
    return worn_on(person, person.school.today(), Hat.Kind.PARENT).filter(classroom=classroom).first()


def _locked(entry: AssistedEntry) -> AssistedEntry:
    rows = AssistedEntry.objects.select_for_update(of=("self",)).filter(school=entry.school_id)
    return rows.select_related("person__user", "person__school", "school").get(pk=entry.pk)


def _put_on_record(verb: str, entry: AssistedEntry, by: Any) -> None:
    facts = {"kind": entry.kind, "basis": entry.basis, "row": entry.key}
    record(verb, by=by, about=entry.person.user, school=entry.school, hat=entry.hat, **facts)
