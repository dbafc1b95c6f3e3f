"""Write what is to be sent, in the transaction of the act; send it later, once (RULES §6, Dispatch)."""

import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.outbox.models import Delivery, Dispatch
from foundation.keys import random_key


def dispatch(
    kind: str, obj: str, *, revision: int = 1, due: datetime.datetime | None = None, school: Any = None
) -> Dispatch:
    """Store one dispatch for everybody whom `kind` concerns; the same (kind, obj, revision) twice is one."""
    values = {"due": due or timezone.now(), "school": school}
    return Dispatch.objects.get_or_create(kind=kind, object=obj, revision=revision, defaults=values)[0]


def post(
    kind: str,
    obj: str,
    *,
    person: Any = None,
    address: str = "",
    secret: str = "",
    language: str = "",
    revision: int = 1,
    due: datetime.datetime | None = None,
) -> Delivery:
    """Store one delivery to a person, or to an address without account; the same one twice is one.

    `obj` is the feature's key of what it is about; `secret` a code or token, emptied once sent.
    """
    values = {
        "secret": secret,
        "language": language or getattr(person, "language", ""),
        "due": due or timezone.now(),
        "message_id": f"<{random_key(24)}@{settings.MAIL_HOST}>",
    }
    key = {"kind": kind, "object": obj, "revision": revision, "person": person}
    key["address"] = "" if person else address
    return Delivery.objects.get_or_create(**key, defaults=values)[0]
