"""Send what is due: claim a row, compose it, hand it to the mail server, write how it ended (RULES §6).

The connection is opened before a row is claimed, so that a mail server that is away costs no row a try. A
sender killed between claim and reply leaves its row claimed; another takes it when the lease is over, and
sends it with the same Message-ID.
"""

import datetime
import logging
import time
from collections.abc import Callable

from django.core.mail import EmailMessage
from django.db import OperationalError, connection
from django.db.models import F
from django.utils import timezone

from accounts.outbox.messages import Composer, Mail, Nothing
from accounts.outbox.models import Delivery, Sending
from accounts.outbox.server import Answer, MailServer, ServerAway
from foundation import mail
from foundation.keys import random_key

LEASE = datetime.timedelta(minutes=10)
LOOK_AT = 20
# Minutes that all sending waits after a refused connection: the last one again and again.
PAUSES = (1, 5, 15)
# Minutes before each new try of one mail; past 48 hours it is given up.
WAITS = (1, 5, 15, 60, *[240] * 11)
# Seconds before each new try to write how a mail ended.
WRITE_AGAIN = (0.2, 1, 5, 15, 30)

Clock = Callable[[], datetime.datetime]

logger = logging.getLogger("portal.sending")


def send_due(
    compose: Composer,
    now: datetime.datetime | None = None,
    *,
    sender: str = "",
    stopped: Callable[[], bool] = lambda: False,
) -> int:
    """Send every mail that is due, over one connection; return how many rows were settled.

    `compose` makes a mail of a delivery, or says why there is none. Any number of senders may run at once.
    `now` fixes the hour for a test. `stopped` is asked between two mails.
    """
    clock: Clock = (lambda: now) if now else timezone.now
    name = sender or random_key(16)
    settled = 0
    with MailServer() as server:
        while not stopped() and may_send(clock()):
            row = _claim_next(server, name, clock)
            if row is None:
                break
            _settle(row, compose, server, clock)
            settled += 1
    return settled


def may_send(now: datetime.datetime) -> bool:
    """Whether sending is switched on and not paused."""
    sending = Sending.current()
    return sending.is_on and (sending.paused_until is None or sending.paused_until <= now)


# Claims ----------------------------------------------------------------------------------------------


def _claim_next(server: MailServer, name: str, clock: Clock) -> Delivery | None:
    """Take the next row, once the mail server is there; None when nothing is due or the server is away."""
    waiting = Delivery.objects.waiting(clock()).first_asked_for().values_list("pk", flat=True)
    for pk in waiting[:LOOK_AT]:
        if not _reach(server, clock()):
            return None
        if claim(pk, name, clock()):
            return Delivery.objects.select_related("person").get(pk=pk)
    return None


def _reach(server: MailServer, now: datetime.datetime) -> bool:
    try:
        server.reach()
    except ServerAway as away:
        _pause(now)
        logger.warning("the mail server refused the connection: %s", away)
        return False
    Sending.objects.filter(pk=1, pauses__gt=0).update(pauses=0, paused_until=None)
    return True


def claim(pk: int, name: str, now: datetime.datetime) -> bool:
    """Take a row for LEASE, if no other sender has it: a conditional update, so that one of them wins."""
    return bool(
        Delivery.objects.filter(pk=pk)
        .claimable(now)
        .update(
            state=Delivery.State.CLAIMED,
            claimed_by=name,
            claimed_until=now + LEASE,
            tries=F("tries") + 1,
        )
    )


def _pause(now: datetime.datetime) -> None:
    """Pause all sending, longer each time; of several senders refused at once, the first counts."""
    pauses = Sending.current().pauses
    until = now + datetime.timedelta(minutes=PAUSES[min(pauses, len(PAUSES) - 1)])
    Sending.objects.filter(pk=1, pauses=pauses).update(pauses=min(pauses + 1, 1000), paused_until=until)


# One row ---------------------------------------------------------------------------------------------


def _settle(row: Delivery, compose: Composer, server: MailServer, clock: Clock) -> None:
    """Compose and send a claimed row, and write how it ended."""
    if row.expires and row.expires <= clock():
        return _end(row, Delivery.State.DROPPED, "too late", clock())
    try:
        made = _built(row, compose(row))
    except Exception:
        logger.exception("mail %d of kind %s could not be composed", row.pk, row.kind)
        return _try_again(row, "not composed", clock())
    if isinstance(made, Nothing):
        return _end(row, Delivery.State.DROPPED, made.reason, clock())
    return _note(row, server.send(made), clock())


def _built(row: Delivery, made: Mail | Nothing) -> EmailMessage | Nothing:
    """Make the message of a mail; nothing stays nothing."""
    if isinstance(made, Nothing):
        return made
    headers = {**made.headers, "Message-ID": row.message_id}
    return mail.build(made.template, made.to, made.context, language=made.language, headers=headers)


def _note(row: Delivery, answer: Answer, now: datetime.datetime) -> None:
    match answer.kind:
        case "taken":
            _end(row, Delivery.State.SENT, "", now)
        case "refused":
            _end(row, Delivery.State.REFUSED, answer.reason, now)
        case "not now":
            _give_back(row, now)
            _pause(now)
        case _:
            _try_again(row, answer.reason, now)


def _try_again(row: Delivery, reason: str, now: datetime.datetime) -> None:
    if row.tries > len(WAITS):
        return _end(row, Delivery.State.GIVEN_UP, reason, now)
    due = now + datetime.timedelta(minutes=WAITS[row.tries - 1])
    return _write(row, state=Delivery.State.DUE, reason=reason, due=due)


def _give_back(row: Delivery, now: datetime.datetime) -> None:
    """Put the row back as it was: the server refused the portal, not this mail."""
    _write(row, state=Delivery.State.DUE, due=row.due, tries=row.tries - 1)


def _end(row: Delivery, state: str, reason: str, now: datetime.datetime) -> None:
    """Write the last state of a row and empty its secret, in one update."""
    _write(row, state=state, reason=reason[:40], secret="", ended=now)


def _write(row: Delivery, **values: object) -> None:
    """Write to a row that this sender still holds; one withdrawn or taken over meanwhile is left as it is.

    A database that is busy or away is waited for: the mail server has answered, and would be asked again.
    """
    held = Delivery.objects.filter(pk=row.pk, claimed_by=row.claimed_by, state=Delivery.State.CLAIMED)
    for seconds in (*WRITE_AGAIN, None):
        try:
            held.update(claimed_by="", claimed_until=None, **values)
        except OperationalError:
            if seconds is None or connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(seconds)
        else:
            return
