"""Who runs a group: name another, step down, ask people in, hand an address round."""

from django.db import transaction
from django.utils import timezone

from accounts.schools.access import member_in
from accounts.schools.member import Member
from accounts.schools.models import Membership
from exchanges.groups.actions.mailing import mail_person
from exchanges.groups.actions.sleeping import in_line, sleep_without_facilitator, wake_for
from exchanges.groups.actions.telling import tell_group
from exchanges.groups.errors import NotAReader, NotInvitable
from exchanges.groups.models import Group, GroupInvitation, GroupMember, in_circle
from foundation.keys import random_key


@transaction.atomic
def name_facilitator(group: Group, membership: Membership, *, by: Member | None) -> bool:
    """Have a member run the group too; False if they did. Raises NotAReader.

    If whoever ran it left in the same moment it fell asleep: it has somebody again, and wakes.
    """
    current = in_line(group)
    seats = GroupMember.objects.readers(group).filter(membership=membership)
    if not seats.exists():
        raise NotAReader
    mine = GroupMember.objects.filter(group=group, membership=membership, left__isnull=True)
    if not mine.filter(is_facilitator=False).update(is_facilitator=True):
        return False
    line = tell_group(group, "facilitator_named")
    if group.state == Group.State.OPEN and current.state == Group.State.SLEEPING:
        wake_for(group)
    if by is not None and by.membership != membership:
        mail_person("group_named", group, membership, revision=line.pk)
    return True


@transaction.atomic
def step_down(group: Group, membership: Membership) -> bool:
    """No longer run the group; without anybody else, it sleeps."""
    in_line(group)
    mine = GroupMember.objects.filter(group=group, membership=membership, left__isnull=True)
    if not mine.filter(is_facilitator=True).update(is_facilitator=False):
        return False
    tell_group(group, "facilitator_left")
    sleep_without_facilitator(group)
    return True


@transaction.atomic
def invite(group: Group, membership: Membership, *, by: Member) -> GroupInvitation:
    """Open the card of the group to somebody of its circle; who declined is not asked twice.

    Raises NotInvitable: not of the circle, or a member already.
    """
    asked_in = member_in(membership.user, group.school)
    inside = GroupMember.objects.filter(group=group, membership=membership, left__isnull=True)
    if asked_in is None or not in_circle(asked_in, group.circle, group.classroom_id) or inside.exists():
        raise NotInvitable
    asked, made = GroupInvitation.objects.get_or_create(
        group=group, membership=membership, defaults={"by": by.membership}
    )
    if made:
        mail_person("group_invitation", group, membership, revision=asked.pk)
    return asked


@transaction.atomic
def decline(invitation: GroupInvitation) -> None:
    """Say no: the card closes again, and nobody is told."""
    rows = GroupInvitation.objects.filter(group=invitation.group_id, pk=invitation.pk)
    rows.update(declined=timezone.now())


@transaction.atomic
def renew_address(group: Group, *, by: Member) -> str:
    """Make the address that lets members of the circle in; the one before opens nothing any more."""
    group.invite_key = random_key(24)
    Group.objects.of_school(group.school_id).filter(pk=group.pk).update(invite_key=group.invite_key)
    tell_group(group, "address_made")
    return group.invite_key


@transaction.atomic
def close_address(group: Group, *, by: Member) -> None:
    """Have no such address any more."""
    group.invite_key = ""
    if (
        Group.objects.of_school(group.school_id)
        .filter(pk=group.pk)
        .exclude(invite_key="")
        .update(invite_key="")
    ):
        tell_group(group, "address_closed")
