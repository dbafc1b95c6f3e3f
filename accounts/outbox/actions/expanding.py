"""Make of one dispatch a delivery a person, in batches; done twice, it makes nothing more."""

import datetime
import itertools
import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.outbox.actions.posting import new_message_id
from accounts.outbox.models import Delivery, Dispatch

BATCH = 500
AFTER_A_FAILURE = datetime.timedelta(minutes=5)

Audience = Callable[[Dispatch], Iterable[Any]]

logger = logging.getLogger("portal.sending")


def expand_due(audience: Audience, now: datetime.datetime | None = None) -> int:
    """Write the deliveries of every dispatch that is due; return how many dispatches were expanded.

    `audience` answers the persons whom a dispatch concerns. One that fails is tried again 5 minutes later and
    holds up no other.
    """
    moment = now or timezone.now()
    return sum(_expanded(found, audience, moment) for found in Dispatch.objects.waiting(moment))


def _expanded(found: Dispatch, audience: Audience, now: datetime.datetime) -> bool:
    try:
        expand(found, audience(found))
    except Exception:
        logger.exception("dispatch %d of kind %s could not be expanded", found.pk, found.kind)
        Dispatch.objects.filter(pk=found.pk).update(due=now + AFTER_A_FAILURE)
        return False
    Dispatch.objects.filter(pk=found.pk).update(expanded=now)
    return True


def expand(found: Dispatch, persons: Iterable[Any]) -> None:
    """Write one delivery a person; each batch is a transaction, so that other writers get their turn."""
    everybody = iter(persons)
    while batch := list(itertools.islice(everybody, BATCH)):
        with transaction.atomic():
            rows = [_delivery(found, person) for person in batch]
            Delivery.objects.bulk_create(rows, ignore_conflicts=True)


def _delivery(found: Dispatch, person: Any) -> Delivery:
    return Delivery(
        kind=found.kind,
        object=found.object,
        revision=found.revision,
        school_id=found.school_id,
        person=person,
        language=person.language,
        due=found.due,
        message_id=new_message_id(),
    )
