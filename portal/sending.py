"""Which feature composes which kind of mail and whom it concerns, by plain dictionaries; and the sender."""

import datetime
import logging
import threading
from collections.abc import Callable, Iterable
from typing import Any

from django.db import close_old_connections

from accounts.assisted import mails as assisted
from accounts.invitations import mails as invitations
from accounts.outbox.actions import expand_due, send_due
from accounts.outbox.actions.expanding import Audience
from accounts.outbox.messages import Composer, Mail, Nothing
from accounts.outbox.models import Delivery, Dispatch
from accounts.people import mails as people
from accounts.register import mails as register
from accounts.rollover import mails as rollover
from accounts.schools import mails as schools
from exchanges.discussions import mails as discussions
from exchanges.groups import mails as groups
from exchanges.moderation import mails as moderation

COMPOSERS: dict[str, Composer] = {
    **people.COMPOSERS,
    **schools.COMPOSERS,
    **invitations.COMPOSERS,
    **assisted.COMPOSERS,
    **register.COMPOSERS,
    **rollover.COMPOSERS,
    **discussions.COMPOSERS,
    **groups.COMPOSERS,
    **moderation.COMPOSERS,
}
# Kind of dispatch → the persons it concerns.
AUDIENCES: dict[str, Audience] = {**discussions.AUDIENCES}

LOOK_SECONDS = 1.0

logger = logging.getLogger("portal.sending")


def compose(delivery: Delivery) -> Mail | Nothing:
    """Ask the feature of this kind of mail."""
    return COMPOSERS[delivery.kind](delivery)


def audience(dispatch: Dispatch) -> Iterable[Any]:
    """Ask the feature of this kind of dispatch."""
    return AUDIENCES[dispatch.kind](dispatch)


def send_all(now: datetime.datetime | None = None, stopped: Callable[[], bool] = lambda: False) -> int:
    """Expand and send what is due; return how many mails were settled."""
    expand_due(audience, now)
    return send_due(compose, now, stopped=stopped)


def keep_sending(stop: threading.Event, seconds: float = LOOK_SECONDS) -> None:
    """Look for mails until `stop` is set; a database that is away is waited for."""
    while not stop.is_set():
        close_old_connections()
        try:
            send_all(stopped=stop.is_set)
        except Exception:
            logger.exception("the sender could not look for mails")
        stop.wait(seconds)
