"""Keep the outbox: the switch of all sending, and what is forgotten."""

import datetime
from collections.abc import Sequence
from typing import Any

from accounts.outbox.models import Delivery, Dispatch, Sending

KEPT = datetime.timedelta(days=90)


def switch_sending(on: bool) -> None:
    """Let mail go out, or hold all of it; switched on, a pause ends too."""
    Sending.current()
    Sending.objects.filter(pk=1).update(is_on=on, paused_until=None, pauses=0)


def forget_old(now: datetime.datetime) -> int:
    """Forget what was due 90 days ago, whatever became of it; return how many mails."""
    Dispatch.objects.filter(due__lt=now - KEPT).delete()
    return Delivery.objects.filter(due__lt=now - KEPT).delete()[0]


def forget_person(person: Any, addresses: Sequence[str] = ()) -> int:
    """Forget every mail to an erased person, by account or by address."""
    return Delivery.objects.of_person(person, addresses).delete()[0]
