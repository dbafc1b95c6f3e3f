"""Make one account of two that the same person has proved (DESIGN §6, Privacy)."""

from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit.actions import record
from accounts.audit.merged import MERGED
from accounts.invitations.actions.waiting import forget_what_was_asked
from accounts.invitations.models import Invitation
from accounts.outbox.actions import forget_person, post
from accounts.people.actions import end_sessions, set_email, verified_email
from accounts.people.models import User
from accounts.people.policy import opens_past
from accounts.people.privacy import addresses_of, forget_traces
from accounts.schools.access import forget_members
from accounts.schools.actions.hats import end_mandates_of_council
from accounts.schools.errors import SchoolError
from accounts.schools.models import Hat, Membership, Restriction

# Of two memberships of one school the stronger stays.
STRENGTH: dict[str, int] = {Membership.State.LEFT: 0, Membership.State.PENDING: 1, Membership.State.ACTIVE: 2}
# A way in is not moved, it goes; what the account is in a school is brought together by itself.
NOT_MOVED = (Authenticator, EmailAddress, Membership, UserSession)


class NotMerged(SchoolError):
    """Two accounts that cannot be made one."""


class TheSame(NotMerged):
    message = _("This is the account you are signed in with. Name the other one.")


class HostStaff(NotMerged):
    message = _("One of these accounts works for the people who run this site. Ask them.")


class PastShut(NotMerged):
    message = _("One of these accounts was opened again by a sheet. Wait until its older messages are back.")


class OtherHasFactor(NotMerged):
    message = _("The other account has a second step. Sign in with it, and bring this account into it.")


def refuse(mine: User, other: User) -> None:
    """Raise NotMerged unless `other` may go into `mine`."""
    now = timezone.now()
    if mine.pk == other.pk or not other.is_active:
        raise TheSame
    if mine.host_roles or other.host_roles:
        raise HostStaff
    if not (opens_past(mine, now) and opens_past(other, now)):
        raise PastShut
    if Authenticator.objects.filter(user=other).exists():
        raise OtherHasFactor


@transaction.atomic
def merge(mine: User, other: User) -> None:
    """Move all of `other` to `mine`, and delete `other`: its key alone stays. Raises NotMerged."""
    refuse(mine, other)
    awaited = _awaited_at(addresses_of(other))
    address, language = verified_email(other), other.language
    for relation in _relations(User):
        if relation.related_model not in NOT_MOVED:
            _point(relation, other, mine)
    forget_traces(other, into=mine)
    for membership in Membership.objects.filter(user=other).select_related("school", "user"):
        _move(membership, mine)
    takes_address = bool(address) and not verified_email(mine)
    _delete(other, [] if takes_address else addresses_of(other), mine)
    if takes_address:
        set_email(mine, address)
    elif address:
        post("merged", f"{other.key}.{mine.key}", person=mine, address=address, language=language)
    post("merged", f"{mine.key}.{other.key}", person=mine)
    record(MERGED, by=mine, about=mine, other=other.key, awaited=awaited)
    forget_members(mine)


def _awaited_at(addresses: list[str]) -> list[str]:
    """The keys of what awaits somebody at these addresses, in any school: one of them may go with `other`."""
    rows = Invitation.objects.unscoped().filter(email__in=addresses, membership__isnull=True)
    return sorted(rows.values_list("key", flat=True))


def _move(membership: Membership, mine: User) -> None:
    """Give one membership to `mine`; where both are in a school, bring their rows together."""
    here = Membership.objects.of_school(membership.school).filter(user=mine).first()
    if here is None:
        Membership.objects.of_school(membership.school).filter(pk=membership.pk).update(user=mine)
        return
    _forget_what_one_asked(here, membership)
    for relation in _relations(Membership):
        _point(relation, membership, here)
    values: dict[str, Any] = {
        "suspended_until": max(
            filter(None, (here.suspended_until, membership.suspended_until)), default=None
        ),
        "suspended_why": here.suspended_why or membership.suspended_why,
    }
    if STRENGTH[membership.state] > STRENGTH[here.state]:
        values |= {"state": membership.state, "left": membership.left}
    Membership.objects.of_school(membership.school).filter(pk=here.pk).update(**values)
    membership.delete()
    end_mandates_of_council(here, by=mine)


def _forget_what_one_asked(*both: Membership) -> None:
    """What one account waits for stays shut, though the other is in already."""
    if any(each.state == Membership.State.ACTIVE for each in both):
        for each in both:
            if each.state == Membership.State.PENDING:
                forget_what_was_asked(each)


def _relations(model: type[Model]) -> Iterable[Any]:
    """What points to rows of `model`, those without a way back too."""
    return [
        field
        for field in model._meta.get_fields(include_hidden=True)
        if field.is_relation and field.auto_created and not field.concrete
    ]


def _point(relation: Any, old: User | Membership, new: Any) -> None:
    """Make the rows that point to `old` point to `new`; one that `new` has already goes."""
    model, name = relation.related_model, relation.field.name
    for row in model._base_manager.filter(**{name: old}):
        setattr(row, name, new)
        try:
            with transaction.atomic():
                row.save(update_fields=[name])
        except IntegrityError:
            _keep_the_longer(row, new)


def _keep_the_longer(row: Any, new: Membership) -> None:
    """Of two hats, or two restrictions, for the same thing the one with the later end counts."""
    same: Any
    if isinstance(row, Hat):
        same = Hat.objects.filter(membership=new, kind=row.kind, classroom=row.classroom, since=row.since)
    elif isinstance(row, Restriction):
        same = Restriction.objects.filter(membership=new, classroom=row.classroom)
    else:
        return
    if row.until is None:
        same.update(until=None)
    else:
        same.filter(until__lt=row.until).update(until=row.until)


def _delete(other: User, addresses: list[str], mine: User) -> None:
    """Delete the account with its ways in, and the mails to addresses that go with it."""
    end_sessions(other)
    forget_person(other, addresses)
    record("merged_into", by=other, about=other, into=mine.key)
    other.delete()
