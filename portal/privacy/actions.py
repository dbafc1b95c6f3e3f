"""Erase an account whole, in one transaction; then write the ledger, then send a last mail."""

import logging

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.audit.actions import record
from accounts.audit.merged import keys_of
from accounts.people.models import User
from accounts.people.privacy import is_last_operator
from accounts.register.models import Erasure
from accounts.schools.models import School
from accounts.schools.privacy import schools_led_alone
from portal.privacy import farewell, ledger, parts

logger = logging.getLogger("portal.privacy")


class ErasureRefused(Exception):
    """The account cannot be erased yet, with words for its owner."""

    message: Promise | str = ""

    def __str__(self) -> str:
        return str(self.message)


class LastDirector(ErasureRefused):
    """Nobody else directs `schools`."""

    message = _("You are the only person who directs this school. First give the direction to somebody.")

    def __init__(self, schools: list[School]) -> None:
        super().__init__()
        self.schools = schools


class LastOperator(ErasureRefused):
    message = _("You are the last person who runs this site. First give this role to somebody.")


def refuse_if_needed(user: User) -> None:
    """Raise LastDirector or LastOperator while somebody must be handed over to."""
    schools = schools_led_alone(user)
    if schools:
        raise LastDirector(schools)
    if is_last_operator(user):
        raise LastOperator


def erase_account(user: User, *, keep_contributions: bool) -> None:
    """Erase `user` for good. Raises ErasureRefused. Must not run inside a transaction of the caller's."""
    last_word = farewell.farewell_to(user, kept=keep_contributions)
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        refuse_if_needed(locked)
        erasures = erase_rows(locked, keep_contributions=keep_contributions)
    _write_down(erasures)
    farewell.send(last_word)


def _write_down(erasures: list[Erasure]) -> None:
    """The account is gone already: a full disk is logged, and the clock writes the line later."""
    try:
        ledger.append(ledger.line_of(erasure) for erasure in erasures)
    except OSError:
        logger.exception("the ledger of erasures could not be written")


def erase_rows(user: User, *, keep_contributions: bool) -> list[Erasure]:
    """Erase all that is held of `user`, without asking; inside the caller's transaction.

    The accounts that were brought into this one are noted too: a backup may still hold them.
    """
    keys = keys_of(user.key)
    record("account_erased", about=user)
    parts.erase_all(user, keep_contributions=keep_contributions)
    values = {"keep_contributions": keep_contributions}
    return [Erasure.objects.get_or_create(person=key, defaults=values)[0] for key in keys]
