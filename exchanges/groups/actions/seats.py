"""One person's place in a group: what they receive of it, and what a decision takes away."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.schools.models import Membership
from exchanges.groups.actions.sleeping import in_line, sleep_without_facilitator
from exchanges.groups.errors import MutedTooLong
from exchanges.groups.models import Group, GroupInvitation, GroupMember


@transaction.atomic
def silence(group: Group, membership: Membership, on: bool) -> None:
    """Have nothing of this group mailed to the person, or have it again."""
    _present(group, membership).update(is_silenced=on)


@transaction.atomic
def decline_reports(group: Group, membership: Membership, on: bool) -> None:
    """Have a facilitator told of reports on the page only, or by mail again (RULES §4)."""
    _present(group, membership).update(declines_reports=on)


@transaction.atomic
def mute(group: Group, membership: Membership, until: datetime.datetime) -> bool:
    """Take the right to write in the group away until a moment, seven days at most. Raises MutedTooLong."""
    now = timezone.now()
    if not now < until <= now + GroupMember.LONGEST_MUTE:
        raise MutedTooLong
    return bool(_present(group, membership).update(mute_until=until))


@transaction.atomic
def unmute(group: Group, membership: Membership) -> bool:
    """Give that right back."""
    return bool(_present(group, membership).filter(mute_until__isnull=False).update(mute_until=None))


@transaction.atomic
def remove_member(group: Group, membership: Membership) -> bool:
    """Put somebody out by a decision: they come back only if a facilitator lets them in again."""
    in_line(group)
    values = {"left": timezone.now(), "was_removed": True, "is_facilitator": False}
    if not _present(group, membership).update(**values):
        return False
    GroupInvitation.objects.filter(group=group, membership=membership).delete()
    sleep_without_facilitator(group)
    return True


@transaction.atomic
def restore_member(group: Group, membership: Membership) -> bool:
    """Undo `remove_member`: the place is as it was, but for running the group."""
    removed = GroupMember.objects.filter(group=group, membership=membership, was_removed=True)
    return bool(removed.filter(left__isnull=False).update(left=None, was_removed=False))


def _present(group: Group, membership: Membership) -> Any:
    return GroupMember.objects.filter(group=group, membership=membership, left__isnull=True)
