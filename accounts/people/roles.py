"""Accounts that the operator opens and closes, and the roles the host gives."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.people import policy
from accounts.people.actions import end_sessions
from accounts.people.models import HostRole, User
from accounts.people.names import clean_name


class RoleError(Exception):
    """An act on accounts refused, with words for the person who asked."""

    message = _("This cannot be done.")

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(RoleError):
    message = _("Only an operator gives roles and opens accounts.")


class LastOperator(RoleError):
    message = _("This is the last operator: without one, nobody could give this role again.")


@transaction.atomic
def store_account(user: User, *, by: User) -> User:
    """Open an account without a password (one enters by e-mailed code) or correct it.

    Raises LastOperator, ValidationError.
    """
    _refuse_others(by)
    kept = User.objects.filter(pk=user.pk).values_list("display_name", flat=True).first()
    if user.display_name not in ("", kept):
        user.display_name = clean_name(user.display_name)
    if user.pk is None:
        user.set_unusable_password()
    user.clean()
    user.save()
    if not user.is_active:
        _refuse_no_operator()
        end_sessions(user)
    return user


@transaction.atomic
def store_role(role: HostRole, *, by: User) -> HostRole:
    """Give a role, or change its last day; nobody stays out of the admin by mistake. Raises LastOperator."""
    _refuse_others(by)
    role.save()
    _refuse_no_operator()
    return role


@transaction.atomic
def end_role(role: HostRole, *, by: User) -> None:
    """Take a role away now. Raises LastOperator."""
    _refuse_others(by)
    role.delete()
    _refuse_no_operator()


def _refuse_others(by: User) -> None:
    if not policy.can_see_people(by):
        raise NotAllowed


def _refuse_no_operator() -> None:
    """An operator who stays: active, and whose role has no end within the day."""
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    staying = HostRole.objects.filter(role=HostRole.Role.OPERATOR, user__is_active=True)
    lasting = staying.filter(until__isnull=True) | staying.filter(until__gt=tomorrow)
    if not lasting.exists():
        raise LastOperator
