"""Mails of the account itself, sent in the background so that no page waits for the mail server."""

from collections.abc import Mapping

from foundation import mail
from foundation.retry import retried_task

# A code lives 15 minutes: later tries would bring one that opens nothing.
WAITS = (5, 30, 120, 300)


@retried_task(WAITS)
def send_account_mail(kind: str, to: str, context: Mapping[str, object], language: str) -> None:
    """Send one mail; with no address, do nothing.

    A code asked for an unknown address costs the same row as for a known one, so that time tells nothing.
    """
    if to:
        mail.send(kind, to, context, language=language)
