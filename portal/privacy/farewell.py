"""The last mail to somebody erased: written before, sent after, kept nowhere."""

import logging
from dataclasses import dataclass

from django.conf import settings

from accounts.outbox.models import Sending
from accounts.people.actions import verified_email
from accounts.people.models import User
from foundation import mail

logger = logging.getLogger("portal.privacy")


@dataclass(frozen=True)
class Farewell:
    """Where a last word goes; lives in memory only."""

    to: str
    language: str
    kept: bool


def farewell_to(user: User, *, kept: bool) -> Farewell | None:
    """Prepare the last mail; none without a proved address, with sending off, or where mails are files."""
    to = verified_email(user)
    if not to or hasattr(settings, "EMAIL_FILE_PATH") or not Sending.current().is_on:
        return None
    return Farewell(to, user.language, kept)


def send(farewell: Farewell | None) -> None:
    """Send now, in this process: a queue would keep the address. What fails is not tried again."""
    if farewell is None:
        return
    try:
        mail.send("farewell", farewell.to, {"kept": farewell.kept}, language=farewell.language)
    except OSError:
        logger.warning("a last mail could not be sent")
