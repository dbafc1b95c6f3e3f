"""Put a group to sleep, wake it, pause it in holidays."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.schools.member import Member
from exchanges.groups.actions.telling import tell_group
from exchanges.groups.errors import PausedTooLong
from exchanges.groups.models import Group, GroupMember

# The longest holidays, and a week on each side.
LONGEST_PAUSE = datetime.timedelta(days=70)


def fall_asleep(group: Group) -> bool:
    """Make an open group read-only, inside the caller's transaction; return whether it was open."""
    if not _in_state(group, Group.State.OPEN).update(state=Group.State.SLEEPING):
        return False
    group.state = Group.State.SLEEPING
    tell_group(group, "slept")
    return True


def in_line(group: Group) -> Group:
    """Return the group as it is now; whoever comes to run it or goes waits until the transaction ends.

    Asked before a seat is changed, always in this order: two who wait for each other would stop for good.
    """
    return Group.objects.of_school(group.school_id).select_for_update().get(pk=group.pk)


def sleep_without_facilitator(group: Group) -> bool:
    """Put the group to sleep if nobody runs it any more, inside the caller's transaction (RULES §1)."""
    in_line(group)
    return not GroupMember.objects.facilitators(group).exists() and fall_asleep(group)


@transaction.atomic
def wake(member: Member, group: Group) -> bool:
    """Open a sleeping group again by becoming its facilitator; False: somebody did it before."""
    if not _opens(group):
        return False
    seats = GroupMember.objects.filter(group=group, membership=member.membership, left__isnull=True)
    seats.update(is_facilitator=True)
    tell_group(group, "woken")
    return True


def wake_for(group: Group) -> None:
    """Open a sleeping group again inside the transaction that gave it somebody to run it."""
    if _opens(group):
        tell_group(group, "woken")


@transaction.atomic
def pause_group(group: Group, until: datetime.datetime | None, *, by: Member) -> None:
    """Make the group read-only until a moment, or open it again with None. Raises PausedTooLong."""
    now = timezone.now()
    if until is not None and not now < until <= now + LONGEST_PAUSE:
        raise PausedTooLong
    Group.objects.of_school(group.school_id).filter(pk=group.pk).update(paused_until=until)
    group.paused_until = until
    tell_group(group, "paused" if until else "resumed")


def _opens(group: Group) -> bool:
    if not _in_state(group, Group.State.SLEEPING).update(state=Group.State.OPEN, active=timezone.now()):
        return False
    group.state = Group.State.OPEN
    return True


def _in_state(group: Group, state: str):  # type: ignore[no-untyped-def]
    return Group.objects.of_school(group.school_id).filter(pk=group.pk, state=state)
