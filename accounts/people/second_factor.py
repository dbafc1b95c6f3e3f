"""Take away the second step of somebody who has lost it, for them to add another."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit.actions import record
from accounts.people.actions import end_sessions, verified_email
from accounts.people.mails import post_notice
from accounts.people.models import User
from accounts.people.proof import has_factor
from accounts.people.shut_past import FACTOR_RESET, shut


class NoFactor(Exception):
    """The account has no second step: nothing was changed."""

    message = _("This account has no second step. Nothing was changed.")

    def __str__(self) -> str:
        return str(self.message)


@transaction.atomic
def reset_second_factor(user: User, *, by: User | None, school: Any = None) -> None:
    """Delete passkeys, code application and printed codes; end all sessions, and tell the person.

    As after a paper printed again, the past stays shut for 72 hours: whoever asked may not be the person.
    `by` is None for the operator's own command. Raises NoFactor.
    """
    if not has_factor(user):
        raise NoFactor
    Authenticator.objects.filter(user=user).delete()
    shut(user, timezone.now())
    user.save(update_fields=["past_opens", "past_by_email"])
    end_sessions(user)
    record(FACTOR_RESET, by=by, about=user, school=school)
    to = verified_email(user) or user.email
    if to:
        post_notice(to, "second_factor_reset", user.language)
