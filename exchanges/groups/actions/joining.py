"""Come into a group and leave it: at once, on request, by invitation."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.schools.member import Member
from accounts.schools.models import Membership
from exchanges.groups.actions.mailing import mail_facilitators, mail_person
from exchanges.groups.actions.sleeping import in_line, sleep_without_facilitator
from exchanges.groups.errors import AlreadyAnswered, AlreadyAsked
from exchanges.groups.models import Group, GroupInvitation, GroupMember, JoinRequest

Outcome = JoinRequest.Outcome


@transaction.atomic
def join(member: Member, group: Group) -> GroupMember:
    """Accept the charter and be a member; twice is once."""
    return let_in(group, _own(member))


@transaction.atomic
def leave(group: Group, membership: Membership) -> bool:
    """Go: nothing more is read or received; without a facilitator left, the group sleeps."""
    in_line(group)
    gone = _seats(group, membership).filter(left__isnull=True)
    if not gone.update(left=timezone.now(), is_facilitator=False):
        return False
    sleep_without_facilitator(group)
    return True


@transaction.atomic
def ask_to_join(member: Member, group: Group) -> JoinRequest:
    """Ask the facilitators, who have 72 hours. Raises AlreadyAsked."""
    try:
        with transaction.atomic():
            asked = JoinRequest.objects.create(group=group, membership=_own(member))
    except IntegrityError as error:
        raise AlreadyAsked from error
    mail_facilitators("group_request", group, revision=asked.pk)
    return asked


@transaction.atomic
def take_request_back(member: Member, group: Group) -> bool:
    """No longer ask."""
    return bool(_open_requests(group, _own(member)).update(outcome=Outcome.WITHDRAWN, decided=timezone.now()))


@transaction.atomic
def answer_request(
    request: JoinRequest, accepted: bool, *, by: Member | None, now: datetime.datetime | None = None
) -> None:
    """Let somebody in or not; `by` None: nobody answered in time. Raises AlreadyAnswered."""
    outcome = Outcome.REFUSED if not accepted else Outcome.ACCEPTED if by else Outcome.LAPSED
    still = JoinRequest.objects.filter(group=request.group_id, pk=request.pk, outcome="")
    if not still.update(outcome=outcome, decided=now or timezone.now()):
        raise AlreadyAnswered
    if accepted:
        let_in(request.group, request.membership)
    mail_person("group_answer", request.group, request.membership, revision=request.pk)


def let_in(group: Group, membership: Membership) -> GroupMember:
    """Make a member, inside the caller's transaction: whoever left or was removed begins anew."""
    seat = seat_of(group, membership)
    _open_requests(group, membership).update(outcome=Outcome.ACCEPTED, decided=timezone.now())
    GroupInvitation.objects.filter(group=group, membership=membership).delete()
    return seat


def seat_of(group: Group, membership: Any, *, is_facilitator: bool = False) -> GroupMember:
    """Return the person's place in the group, made or taken again."""
    values = {"is_facilitator": is_facilitator}
    seat, made = GroupMember.objects.get_or_create(group=group, membership=membership, defaults=values)
    if made:
        return seat
    seat = _seats(group, membership).select_for_update().get()
    if seat.left is not None:
        # What came before counts as read, and weighs in no count of days (RULES §2, §4).
        seat.joined, seat.left, seat.was_removed = timezone.now(), None, False
        seat.is_facilitator = is_facilitator
    seat.is_facilitator = seat.is_facilitator or is_facilitator
    seat.save()
    return seat


def _own(member: Member) -> Membership:
    if member.membership is None:
        raise ValueError("nobody joins while looking as a parent")
    return member.membership


def _seats(group: Group, membership: Membership) -> Any:
    return GroupMember.objects.filter(group=group, membership=membership)


def _open_requests(group: Group, membership: Membership) -> Any:
    return JoinRequest.objects.filter(group=group, membership=membership, outcome="")
