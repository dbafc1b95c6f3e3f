"""Who may what in a group; pure questions about a member and a group that bears their seat (RULES §1, §4)."""

import datetime

from django.utils import timezone

from accounts.schools import policy as school
from accounts.schools.member import Member
from accounts.schools.models import Hat
from exchanges.groups.models import Circle, Group, circles_of, in_circle, is_direction, rooms_in

Kind = Hat.Kind
READ_ONLY = (Group.State.SLEEPING, Group.State.ARCHIVED)


# To know of a group, and to enter it ----------------------------------------------------------------------


def can_see_groups(member: Member) -> bool:
    """Open the list: whoever belongs to a circle, today or by a class of the past."""
    return bool(circles_of(member)) or any(rooms_in(member, circle) for circle in Circle.values)


def can_know(member: Member, group: Group) -> bool:
    """See the card of a group of their school: as `Group.objects.visible_to`."""
    if member.is_pending or is_direction(member):
        return not member.is_pending
    shown = group.state != Group.State.ARCHIVED and group.joining != Group.Joining.INVITATION
    known = group.seat is not None or group.is_invited or shown
    return known and in_circle(member, group.circle, group.classroom_id)


def can_open(member: Member, circle: str) -> bool:
    """Open a group of a circle: any of its members, but among parents and teachers no plain parent."""
    if not school.may_write(member) or circle not in circles_of(member):
        return False
    if circle == Circle.PARENTS_TEACHERS:
        return is_direction(member) or member.wears(Kind.TEACHER, Kind.ELECTED)
    return True


def can_suggest(member: Member) -> bool:
    """Propose to parents a group, which exists once one of them takes it on."""
    return school.may_write(member) and is_direction(member)


def can_take_on(member: Member, group: Group) -> bool:
    """Make a suggested group exist, as its facilitator."""
    return (
        group.state == Group.State.SUGGESTED
        and school.may_write(member)
        and in_circle(member, group.circle, group.classroom_id)
    )


def can_join(member: Member, group: Group) -> bool:
    """Become a member by accepting the charter, at once."""
    entered = group.is_invited or (group.joining == Group.Joining.OPEN and not group.was_removed)
    return entered and _may_come_in(member, group)


def can_ask_to_join(member: Member, group: Group) -> bool:
    """Ask the facilitators, who have 72 hours; whoever was removed asks even where the others just join."""
    asked = group.joining == Group.Joining.REQUEST or (
        group.joining == Group.Joining.OPEN and group.was_removed
    )
    return asked and not group.is_invited and _may_come_in(member, group)


def can_join_by_address(member: Member, group: Group) -> bool:
    """Enter by the address that facilitators hand round: those of the circle whom no decision removed."""
    return not group.was_removed and _may_come_in(member, group)


def _may_come_in(member: Member, group: Group) -> bool:
    return (
        member.membership is not None
        and member.opens_past
        and group.seat is None
        and group.state in (Group.State.OPEN, Group.State.SLEEPING)
        and in_circle(member, group.circle, group.classroom_id)
    )


# To read and to write -------------------------------------------------------------------------------------


def can_read(member: Member, group: Group) -> bool:
    """Topics, messages, files, members, search: those who joined and are still of the circle."""
    return (
        group.seat is not None
        and group.state != Group.State.SUGGESTED
        and member.opens_past
        and in_circle(member, group.circle, group.classroom_id)
    )


def can_write(member: Member, group: Group, now: datetime.datetime | None = None) -> bool:
    """Say something there now."""
    return (
        can_read(member, group)
        and school.may_write(member, now)
        and group.state == Group.State.OPEN
        and not group.is_paused(now)
        and not is_muted(group, now)
    )


def is_muted(group: Group, now: datetime.datetime | None = None) -> bool:
    """Whether facilitators took the right to write away for some days (seven at most)."""
    until = group.seat.mute_until if group.seat else None
    return until is not None and until > (now or timezone.now())


def can_write_without_name(member: Member, group: Group, readers: int) -> bool:
    """Ask "sans mon nom": in groups of ten or more (RULES §2)."""
    return can_write(member, group) and readers >= Group.ANONYMOUS_FROM


def can_fold(member: Member) -> bool:
    """No longer see somebody: anyone let in, also while suspended."""
    return member.membership is not None and not member.is_pending


def can_leave(member: Member, group: Group) -> bool:
    return group.seat is not None and not member.seen_as


# To run it ------------------------------------------------------------------------------------------------


def can_facilitate(member: Member, group: Group) -> bool:
    """Read what is held, decide on reports, settings, invitations, pins.

    Never while one may not write, in the school or here: one would judge those who took that right away.
    """
    return _may_run(member, group) and group.seat is not None and group.seat.is_facilitator


def can_change(member: Member, group: Group) -> bool:
    """Name, purpose, charter, who may join, moderation, who facilitates: not once archived."""
    return can_facilitate(member, group) and group.state != Group.State.ARCHIVED


def may_become_facilitator(member: Member, group: Group) -> bool:
    """Any member of the group who may write in the school, and lost that right by no decision here."""
    return _may_run(member, group) and group.state != Group.State.ARCHIVED


def can_wake(member: Member, group: Group) -> bool:
    """Become facilitator of a group that sleeps, which then is open again."""
    return group.state == Group.State.SLEEPING and may_become_facilitator(member, group)


def _may_run(member: Member, group: Group) -> bool:
    return can_read(member, group) and school.may_write(member) and not is_muted(group)


# What the direction knows (RULES §3) ----------------------------------------------------------------------


def can_see_every_card(member: Member) -> bool:
    """Name, purpose, charter, facilitators and number of every group of the school."""
    return is_direction(member)


def reads_everything_in(member: Member, circle: str) -> bool:
    """Whether cases of this circle show their text to the direction at once: all but the parents'."""
    return is_direction(member) and circle != Circle.PARENTS
