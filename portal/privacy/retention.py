"""Keep nothing longer than said: each feature's part, in order; lengths stand in docs/retention.md."""

import datetime
import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction

from accounts.assisted import privacy as assisted
from accounts.audit import privacy as audit
from accounts.families import privacy as families
from accounts.invitations import privacy as invitations
from accounts.outbox.actions import forget_old as forget_old_mails
from accounts.people.actions import forget_old_kept_texts
from accounts.people.models import User
from accounts.register import actions as register
from accounts.register import privacy as consents
from accounts.register.models import Leaving
from accounts.rollover import privacy as rollover
from accounts.schools import privacy as schools
from exchanges.moderation import due as moderation
from exchanges.notifications.actions import forget_old as forget_marks
from portal.privacy import ledger
from portal.privacy.actions import ErasureRefused, erase_account

logger = logging.getLogger("portal.privacy")

PARTS: tuple[tuple[str, Callable[[datetime.datetime], Any]], ...] = (
    ("previewed imports", families.forget_old),
    ("kept texts", forget_old_kept_texts),
    ("members who left", schools.forget_left),
    ("invitations and codes", invitations.forget_old),
    ("changes of year", rollover.forget_old),
    ("assisted entries", assisted.forget_old),
    ("consents", consents.forget_old),
    ("mails", forget_old_mails),
    ("notices and read marks", forget_marks),
    ("texts judged", moderation.forget_texts),
    ("acts on record", audit.forget_old),
)


def keep_in_time(now: datetime.datetime) -> dict[str, int]:
    """Erase the leavers whose day has come, ask the new ones, and forget what is old; counts by part."""
    done = {
        "returned": register.cancel_returned(now),
        "leavers noted": register.note_leavers(now),
        "leavers erased": erase_leavers(now),
    }
    register.remind_leavers(now)
    for name, forget in PARTS:
        with transaction.atomic():
            done[name] = int(forget(now) or 0)
    ledger.catch_up()
    return done


def erase_leavers(now: datetime.datetime) -> int:
    """Erase those whose three months are over; contributions stay unless the person refused (DOMAIN 3.3)."""
    count = 0
    for leaving in register.due_leavings(now):
        if _erase(leaving):
            count += 1
    return count


def _erase(leaving: Leaving) -> bool:
    user: User = leaving.user
    try:
        erase_account(user, keep_contributions=leaving.keep_contributions is not False)
    except ErasureRefused:
        logger.warning("a leaver could not be erased: somebody must be handed over to")
        return False
    return True
