"""A sender as the background process runs it, its clock put forward: `python -m tests.trial.sender MINUTES`.

Ends when nothing is left to send at that hour.
"""

import datetime
import os
import sys

import django


def main(minutes: int) -> None:
    django.setup()
    from django.utils import timezone

    from accounts.outbox.actions import send_due
    from portal.sending import compose

    ahead = datetime.timedelta(minutes=minutes)
    while send_due(compose, timezone.now() + ahead, sender=f"pid {os.getpid()}"):
        pass


if __name__ == "__main__":
    main(int(sys.argv[1]))
