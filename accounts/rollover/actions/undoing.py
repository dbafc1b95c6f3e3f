"""Undo a change of year, whole, for 30 days."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.audit.actions import record
from accounts.invitations.models import ClassCode, Slip
from accounts.rollover import inverse
from accounts.rollover.actions.passing import Passage
from accounts.rollover.errors import AlreadyUndone, NameTakenSince, NotTheLast, TooLate
from accounts.rollover.models import Rollover
from accounts.schools.access import forget_members
from accounts.schools.models import Classroom, Hat, Membership, Restriction, School


def last_rollover(school: School) -> Rollover | None:
    """Return the last change of year that stands, with its years."""
    done = Rollover.objects.of_school(school).filter(reverted__isnull=True)
    return done.select_related("from_year", "to_year").first()


def can_be_undone(rollover: Rollover, now: datetime.datetime | None = None) -> bool:
    return (now or timezone.now()) <= rollover.done + Rollover.REVERSIBLE


@transaction.atomic
def undo_year(rollover: Rollover, *, by: Any) -> Passage:
    """Put everything back as it was before; what people did since in other rows stays.

    Raises AlreadyUndone, NotTheLast, TooLate, NameTakenSince: nothing is changed then.
    """
    school = School.objects.select_for_update().get(pk=rollover.school_id)
    rollover = Rollover.objects.select_related("from_year", "to_year").get(school=school, pk=rollover.pk)
    _check(rollover, school)
    leavers = tuple(Membership.objects.filter(school=school, left=rollover.done, state="left"))
    _put_back(rollover)
    rollover.reverted = timezone.now()
    rollover.save(update_fields=["reverted"])
    record("year_undone", by=by, school=school, year=rollover.to_year.name)
    forget_members(by)
    past = tuple(Classroom.objects.filter(year=rollover.from_year))
    return Passage(rollover, rollover.from_year, rollover.to_year, past, leavers)


def _check(rollover: Rollover, school: School) -> None:
    if rollover.reverted is not None:
        raise AlreadyUndone
    if not can_be_undone(rollover):
        raise TooLate
    if last_rollover(school) != rollover:
        raise NotTheLast
    back = Membership.objects.filter(
        school=school, pk__in=inverse.changed_pks(rollover.inverse, "membership")
    )
    names = set(back.values_list("skeleton", flat=True))
    others = Membership.objects.filter(school=school, skeleton__in=names).exclude(state="left")
    if others.exclude(pk__in=back.values("pk")).exists():
        raise NameTakenSince


def _put_back(rollover: Rollover) -> None:
    kept = rollover.inverse
    restricted = _restrictions_since(rollover)
    inverse.take_away_made(kept)
    _turn_year_back(rollover)
    inverse.put_back_changed(kept, "membership", but=_left_by_themselves(rollover))
    inverse.put_back_deleted(kept)
    inverse.put_back_changed(kept, "hat", but=_hats_of_gone(rollover))
    for name in ("invitation", "mailtoken"):
        inverse.put_back_changed(kept, name)
    inverse.put_back_changed(kept, "slip", but=_replaced(kept, "slip", Slip, "invitation"))
    inverse.put_back_changed(kept, "classcode", but=_replaced(kept, "classcode", ClassCode, "classroom"))
    _bar_old_classes(rollover, restricted)


def _turn_year_back(rollover: Rollover) -> None:
    """One current year at any moment: the new one goes first."""
    for year, current in ((rollover.to_year, False), (rollover.from_year, True)):
        year.is_current = current
        year.save(update_fields=["is_current"])


def _left_by_themselves(rollover: Rollover) -> list[int]:
    """Whoever came back after the change of year, and then left again, has left."""
    pks = inverse.changed_pks(rollover.inverse, "membership")
    gone = Membership.objects.filter(school=rollover.school_id, pk__in=pks, state="left")
    return list(gone.exclude(left=rollover.done).values_list("pk", flat=True))


def _hats_of_gone(rollover: Rollover) -> list[int]:
    """Whoever left since keeps no hat."""
    pks = inverse.changed_pks(rollover.inverse, "hat")
    gone = Hat.objects.filter(membership__school=rollover.school_id, membership__state="left")
    return list(gone.filter(pk__in=pks).values_list("pk", flat=True))


def _replaced(kept: dict[str, Any], name: str, model: Any, owner: str) -> list[int]:
    """Codes of paper for which a newer one was printed since: the newer stays."""
    pks = inverse.changed_pks(kept, name)
    ended = list(model.objects.filter(pk__in=pks).values_list("pk", owner, "selector"))
    living = model.objects.filter(ended__isnull=True)
    owners = set(living.filter(**{f"{owner}__in": [row[1] for row in ended]}).values_list(owner, flat=True))
    signs = set(living.filter(selector__in=[row[2] for row in ended]).values_list("selector", flat=True))
    return [pk for pk, of, selector in ended if of in owners or selector in signs]


def _restrictions_since(rollover: Rollover) -> list[Restriction]:
    """Court decisions recorded since on a class of the new year: they hold for the old class too."""
    made = [pk for name, pks in rollover.inverse.get("made", []) if name == "restriction" for pk in pks]
    found = Restriction.objects.filter(classroom__year=rollover.to_year).exclude(pk__in=made)
    return list(found.filter(created__gt=rollover.done))


def _bar_old_classes(rollover: Rollover, restrictions: list[Restriction]) -> None:
    """Without a sure way back from class to class, every old link of that person is barred: the safe side."""
    for new in restrictions:
        rooms = Classroom.objects.filter(
            year=rollover.from_year, hats__membership=new.membership_id
        ).distinct()
        for room in rooms:
            values = {
                "decided_on": new.decided_on,
                "reference": new.reference,
                "until": new.until,
                "set_by_id": new.set_by_id,
            }
            Restriction.objects.get_or_create(
                membership_id=new.membership_id, classroom=room, defaults=values
            )
