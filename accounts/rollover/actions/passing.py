"""Pass from one year to the next: one transaction, with what undoes it."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.audit.actions import record
from accounts.invitations.models import ClassCode, Code, Invitation, MailToken, Slip
from accounts.rollover.errors import AlreadyPassed, PlanChanged
from accounts.rollover.inverse import Inverse
from accounts.rollover.models import Rollover
from accounts.rollover.plan import Awaited, Plan, last_day_of_mandates, make_plan
from accounts.schools import years
from accounts.schools.access import forget_members
from accounts.schools.models import Classroom, Hat, Membership, Restriction, School, SchoolYear


@dataclass(frozen=True)
class Passage:
    """What a change of year did, or its undoing: for the parts above accounts."""

    rollover: Rollover
    from_year: SchoolYear
    to_year: SchoolYear
    # Classes of the past: their rooms are for reading.
    past_classes: tuple[Classroom, ...]
    # Who is no longer in the school (or, when undone, is in it again).
    leavers: tuple[Membership, ...]


@transaction.atomic
def pass_year(
    school: School, from_year: SchoolYear, *, by: Any, seen: str = "", keep_mandates: bool = False
) -> Passage:
    """Make the prepared year the current one; `seen` is the mark of the plan that the person read.

    Raises AlreadyPassed, NotPrepared, PlanChanged: nothing is changed then.
    """
    School.objects.select_for_update().get(pk=school.pk)
    if years.current_year(school).pk != from_year.pk:
        raise AlreadyPassed
    plan = make_plan(school, keep_mandates=keep_mandates)
    if seen and seen != plan.mark:
        raise PlanChanged
    done = timezone.now()
    rollover = _claim(plan, by, done)
    rollover.inverse = _apply(plan, by, done).as_json()
    rollover.save(update_fields=["inverse"])
    _put_on_record(plan, by)
    return _passage(rollover, plan.leavers)


def leavers_of(rollover: Rollover) -> QuerySet[Membership]:
    """Return the memberships that this change of year ended, and that did not come back since."""
    gone = Membership.objects.filter(school=rollover.school_id, state=Membership.State.LEFT)
    return gone.filter(left=rollover.done) if rollover.reverted is None else gone.none()


def _passage(rollover: Rollover, leavers: tuple[Membership, ...]) -> Passage:
    past = tuple(Classroom.objects.filter(year=rollover.from_year_id))
    return Passage(rollover, rollover.from_year, rollover.to_year, past, leavers)


def _apply(plan: Plan, by: Any, done: datetime.datetime) -> Inverse:
    inverse = Inverse()
    inverse.change([plan.from_year], is_current=False)
    inverse.change([plan.to_year], is_current=True)
    _end_hats(plan, inverse)
    _begin_links(plan, inverse, by)
    _follow_restrictions(plan, inverse)
    _end_papers(plan, inverse, done)
    inverse.change([*plan.leavers, *plan.lapsed], state=Membership.State.LEFT, left=done)
    return inverse


def _end_hats(plan: Plan, inverse: Inverse) -> None:
    """The last day is yesterday; a hat that began later goes whole, and its row is kept for the undoing.

    Whoever stays reads what their class of the past left, for as long as all can be undone.
    """
    gone = {person.pk for person in (*plan.leavers, *plan.lapsed)}
    reading = {move.hat.pk for move in plan.moves if move.hat.membership_id not in gone}
    last, later = plan.day - datetime.timedelta(days=1), plan.day + Rollover.REVERSIBLE
    stay = [hat for hat in plan.ending if hat.pk in reading]
    end = [hat for hat in plan.ending if hat.pk not in reading]
    inverse.change([hat for hat in stay if hat.until is None or hat.until > later], until=later)
    inverse.change([hat for hat in end if hat.since <= last], until=last)
    inverse.delete([hat for hat in end if hat.since > last])
    inverse.change(list(plan.shortened), until=last_day_of_mandates(plan.to_year))


def _begin_links(plan: Plan, inverse: Inverse, by: Any) -> None:
    inverse.change([hat for hat in plan.filed if hat.since > plan.day], since=plan.day)
    new = [
        Hat(membership=person, kind=kind, classroom=room, since=plan.day, given_by=by)
        for person, kind, room in plan.gained
    ]
    inverse.create(new)


def _follow_restrictions(plan: Plan, inverse: Inverse) -> None:
    copies = [
        Restriction(
            membership_id=old.membership_id,
            classroom=room,
            decided_on=old.decided_on,
            reference=old.reference,
            until=old.until,
            set_by_id=old.set_by_id,
        )
        for old, room in plan.restrictions
    ]
    inverse.create(copies)


def _end_papers(plan: Plan, inverse: Inverse, done: datetime.datetime) -> None:
    """Class codes and slips of the past year end; those not in yet are awaited in the next class, if any."""
    stale = [each.invitation.pk for each in plan.awaited if not each.paper_stays]
    slips = Slip.objects.filter(invitation__in=stale, ended__isnull=True, gives_back=False)
    codes = ClassCode.objects.filter(classroom__in=plan.rooms.old, ended__isnull=True)
    inverse.change(list(slips), ended=done, how=Code.End.CANCELLED)
    inverse.change(list(codes), ended=done, how=Code.End.CANCELLED)
    through = Invitation.classrooms.through
    pairs = {(each.invitation.pk, room.pk) for each in plan.awaited for room in each.old}
    rows = through._base_manager.filter(invitation__in={pk for pk, _room in pairs}).order_by("pk")
    inverse.delete([row for row in rows if (row.invitation_id, row.classroom_id) in pairs])
    inverse.create(
        [
            through(invitation_id=each.invitation.pk, classroom_id=room.pk)
            for each in plan.awaited
            for room in each.gains
        ]
    )
    lost = [each.invitation for each in plan.awaited if not each.gains and not each.paper_stays]
    inverse.change(lost, state=Invitation.State.REVOKED)
    tokens = MailToken.objects.filter(invitation__in=lost, used__isnull=True, expires__gt=done)
    inverse.change(list(tokens), expires=done)


def _claim(plan: Plan, by: Any, done: datetime.datetime) -> Rollover:
    """Store the change before it is made: its constraint lets one through, even if the lock did not."""
    row = Rollover(school=plan.school, from_year=plan.from_year, to_year=plan.to_year, done=done, by=by)
    row.counts = _counts(plan)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise AlreadyPassed from error
    return row


def _counts(plan: Plan) -> dict[str, int]:
    return {
        "links": len(plan.gained) + len(plan.filed),
        "leavers": len(plan.leavers),
        "unplaced": len(plan.unplaced),
        "ended": len(plan.ending),
        "awaited": sum(1 for each in plan.awaited if _goes_on(each)),
    }


def _goes_on(each: Awaited) -> bool:
    return bool(each.gains) or each.paper_stays


def _put_on_record(plan: Plan, by: Any) -> None:
    record("year_changed", by=by, school=plan.school, year=plan.to_year.name, counts=_counts(plan))
    for person in (*plan.leavers, *plan.lapsed):
        record("left", by=by, about=person.user, school=plan.school)
    forget_members(by)
