"""Send what waits in the outbox, as the background process does, into `django.core.mail.outbox`."""

import datetime

from portal.sending import send_all


def send_now(now: datetime.datetime | None = None) -> int:
    """Send every mail that is due at `now`; return how many rows were settled (sent, dropped, …)."""
    return send_all(now)
