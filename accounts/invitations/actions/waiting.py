"""The waiting list of class codes: let somebody in, or not."""

from typing import Any

from django.db import transaction

from accounts.audit.actions import record
from accounts.invitations.asked import still_waits
from accounts.outbox.actions import post
from accounts.schools.access import forget_members
from accounts.schools.actions import leave
from accounts.schools.models import Hat, Membership

LET_IN = "let_in"


@transaction.atomic
def let_in(membership: Membership, *, by: Any) -> bool:
    """Make a member of somebody who waits, and tell them; False if another did it, or they left.

    Whom a decision keeps away goes on reading that they wait; whoever lets them in may not know either.
    """
    if not _take(membership, Membership.State.ACTIVE):
        return False
    if still_waits(membership):
        record("restricted_let_in", by=by, about=membership.user, school=membership.school)
        return True
    record(LET_IN, by=by, about=membership.user, school=membership.school)
    post(LET_IN, membership.key, person=membership.user, asked_for=True)
    return True


@transaction.atomic
def turn_away(membership: Membership, *, by: Any) -> bool:
    """Let somebody who waits go: what they have elsewhere stays; False if another decided before."""
    if not _take(membership, Membership.State.LEFT):
        return False
    record("turned_away", by=by, about=membership.user, school=membership.school)
    leave(membership, by=by)
    return True


def forget_what_was_asked(membership: Membership) -> None:
    """Take away the classes that somebody waits for: nothing but `let_in` opens them."""
    Hat.objects.filter(membership=membership, until__isnull=True).delete()
    forget_members(membership.user)


def _take(membership: Membership, state: str) -> bool:
    rows = Membership.objects.of_school(membership.school).pending().filter(pk=membership.pk)
    if not rows.update(state=state):
        return False
    membership.state = state
    forget_members(membership.user)
    return True
