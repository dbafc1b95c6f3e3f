"""Suspend somebody's writing, which they are told; record a court decision, which nobody is told."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.schools.access import forget_members
from accounts.schools.actions.hats import worn_on
from accounts.schools.actions.telling import note
from accounts.schools.errors import NotOneself, NotTheDirection, OtherSchool, SuspendedTooLong
from accounts.schools.models import Asked, Classroom, Hat, Membership, Restriction

LONGEST = datetime.timedelta(days=30)


@transaction.atomic
def suspend(membership: Membership, *, by: Any, until: datetime.datetime, why: str) -> None:
    """Take the right to write away until then. Raises NotTheDirection, NotOneself, SuspendedTooLong."""
    _refuse_the_direction(membership, by)
    now = timezone.now()
    if not now < until <= now + LONGEST:
        raise SuspendedTooLong
    membership.suspended_until, membership.suspended_why = until, why
    membership.save(update_fields=["suspended_until", "suspended_why"])
    note("suspended", membership, by=by, tell=True, until=until.isoformat())
    forget_members(membership.user)


@transaction.atomic
def lift_suspension(membership: Membership, *, by: Any) -> None:
    """Give the right to write back."""
    membership.suspended_until, membership.suspended_why = None, ""
    membership.save(update_fields=["suspended_until", "suspended_why"])
    note("suspension_lifted", membership, by=by, tell=True)
    forget_members(membership.user)


@transaction.atomic
def restrict(
    membership: Membership,
    *,
    by: Any,
    classroom: Classroom | None,
    decided_on: datetime.date,
    reference: str,
    until: datetime.date | None = None,
) -> Restriction:
    """Make one class, or the school, as if it had never been linked. Told to nobody: no mail, no trace.

    Raises NotTheDirection, NotOneself, OtherSchool.
    """
    _refuse_the_direction(membership, by)
    if classroom is not None and classroom.school_id != membership.school_id:
        raise OtherSchool
    values = {"decided_on": decided_on, "reference": reference, "until": until, "set_by": by}
    row, _made = Restriction.objects.update_or_create(
        membership=membership, classroom=classroom, defaults=values
    )
    # Recorded or lifted, a decision says that nobody waits any more.
    Asked.objects.filter(membership=membership).delete()
    note("restricted", membership, by=by, classroom=classroom.key if classroom else "")
    forget_members(membership.user)
    return row


@transaction.atomic
def lift_restriction(restriction: Restriction, *, by: Any) -> None:
    """Forget the decision: the class, or the school, is there again."""
    membership, room = restriction.membership, restriction.classroom
    restriction.delete()
    Asked.objects.filter(membership=membership).delete()
    note("restriction_lifted", membership, by=by, classroom=room.key if room else "")
    forget_members(membership.user)


def _refuse_the_direction(membership: Membership, by: Any) -> None:
    if by is not None and by.pk == membership.user_id:
        raise NotOneself
    if worn_on(membership, membership.school.today(), Hat.Kind.DIRECTOR).exists():
        raise NotTheDirection
