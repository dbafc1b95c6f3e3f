"""Give somebody their account back by a new paper, without giving their past to whoever printed it."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit.actions import record
from accounts.invitations.actions.inviting import expiry_of, new_codes
from accounts.invitations.errors import NotGivenBack, Used
from accounts.invitations.matching import match_of
from accounts.invitations.models import Code, Invitation, Slip
from accounts.outbox.actions import post
from accounts.people.actions import end_sessions, forget_kept_texts, verified_email
from accounts.people.models import User
from accounts.people.second_factor import reset_second_factor
from accounts.people.shut_past import GIVEN_BACK, SHUT, shut
from accounts.schools import policy
from accounts.schools.access import forget_members, member_in, members_of
from accounts.schools.errors import NotOneself
from accounts.schools.models import Membership, School

TRIES = 5


def give_back_slip(membership: Membership, *, by: User) -> tuple[Invitation, str]:
    """Make the paper that opens this member's account again; the code is stored nowhere and shown once.

    A newer paper cancels the one before. Raises NotGivenBack for somebody of the host's, or on the staff of
    another school, and for this school's own staff unless its direction asks.
    """
    refuse_staff(membership, by=by)
    for left in reversed(range(TRIES)):
        code = new_codes(1)[0]
        try:
            return _store(membership, code, by=by), code.text
        except IntegrityError:
            # Somebody else printed at the same moment, and the same four characters came up.
            if not left:
                raise
    raise AssertionError("unreachable")


@transaction.atomic
def open_again(slip: Slip, password: str) -> User:
    """Use the paper: a new password, every session ended, the past shut for 72 hours, the person told.

    Raises NotGivenBack, and Used if the paper has served. The second factor, if there is one, is still asked.
    """
    invitation = slip.invitation
    membership = invitation.membership
    if membership is None or membership.state == Membership.State.LEFT or not membership.user.is_active:
        raise NotGivenBack
    refuse_staff(membership)
    now = timezone.now()
    if not Slip.objects.living(now).filter(pk=slip.pk).update(ended=now, how=Code.End.USED):
        raise Used(invitation.school)
    user = membership.user
    shut(user, now)
    user.set_password(password)
    user.save(update_fields=["password", "past_opens", "past_by_email"])
    end_sessions(user)
    forget_kept_texts(user)
    record(GIVEN_BACK, about=user, school=invitation.school, past_opens=(now + SHUT).isoformat())
    if verified_email(user):
        post("given_back", f"{user.key}.{slip.pk}", person=user, asked_for=True)
    return user


@transaction.atomic
def repair_second_factor(membership: Membership, *, by: User) -> None:
    """Take away the lost second step of a member who has no role elsewhere; the direction alone does it.

    Raises NotGivenBack, NotOneself, NoFactor.
    """
    if membership.user_id == by.pk:
        raise NotOneself
    refuse_staff(membership, by=by)
    if not policy.leads(member_in(by, membership.school)):
        raise NotGivenBack
    reset_second_factor(membership.user, by=by, school=membership.school)


def refuse_staff(membership: Membership, *, by: User | None = None) -> None:
    """Raise NotGivenBack for whoever holds more than this school may give (asked anew when it is used)."""
    user, school = membership.user, membership.school
    forget_members(user)
    there = members_of(user)
    elsewhere = any(member.is_staff and member.school.pk != school.pk for member in there)
    here = any(member.is_staff and member.school.pk == school.pk for member in there)
    directs = any(member.is_director and member.school.pk == school.pk for member in there)
    if user.host_roles or elsewhere or (by is not None and here and not _leads(by, school, directs)):
        raise NotGivenBack


def _leads(person: User, school: School, as_director: bool) -> bool:
    """Whether the person leads the school; a director's account takes another director, not an interim."""
    member = member_in(person, school)
    return policy.can_give_direction(member) if as_director else policy.leads(member)


@transaction.atomic
def _store(membership: Membership, code: Any, *, by: User) -> Invitation:
    school = membership.school
    invitation = _invitation_of(membership, by)
    now = timezone.now()
    older = Slip.objects.filter(invitation=invitation, ended__isnull=True)
    older.update(ended=now, how=Code.End.CANCELLED)
    Slip.objects.create(
        invitation=invitation,
        selector=code.selector,
        salt=code.salt,
        verifier=code.verifier,
        expires=expiry_of(school, now),
        gives_back=True,
    )
    record("way_back_printed", by=by, about=membership.user, school=school)
    return invitation


def _invitation_of(membership: Membership, by: User) -> Invitation:
    """The invitation this member came by, else one made for the paper."""
    rows = Invitation.objects.filter(membership=membership, state=Invitation.State.JOINED)
    known = rows.order_by("pk").first()
    if known is not None:
        return known
    return Invitation.objects.create(
        school=membership.school,
        last_name=membership.name[:60],
        match=match_of(membership.name, ""),
        state=Invitation.State.JOINED,
        membership=membership,
        created_by=by,
    )
