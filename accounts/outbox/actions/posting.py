"""Write what is to be sent, in the transaction of the act, and take it back (RULES §6, Dispatch)."""

import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
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
    school: Any = None,
    asked_for: bool = False,
    expires: datetime.datetime | None = None,
) -> Delivery:
    """Store one delivery to a person, or to an address without account; the same one twice is one.

    With both it goes to the address, and is forgotten with the person.
    `obj` is the feature's key of what it is about; `secret` a code or token, emptied once sent. With a
    `school` it waits until the school is opened. `asked_for`: someone waits for it, it goes first.
    """
    values = {
        "secret": secret,
        "language": language or getattr(person, "language", ""),
        "due": due or timezone.now(),
        "school": school,
        "asked_for": asked_for,
        "expires": expires,
        "message_id": new_message_id(),
    }
    key = {"kind": kind, "object": obj, "revision": revision, "person": person}
    if person:
        values["address"] = address
    else:
        key["address"] = address
    return Delivery.objects.get_or_create(**key, defaults=values)[0]


def new_message_id() -> str:
    """Return the name that every try of one mail bears, so that a reader's box keeps one copy."""
    return f"<{random_key(24)}@{settings.MAIL_HOST}>"


@transaction.atomic
def withdraw(kind: str, obj: str, *, person: Any = None, now: datetime.datetime | None = None) -> int:
    """Send no more of what is about `obj`, to anybody or to one person; return how many mails were stopped.

    Every revision goes; what a mail server already took cannot be called back.
    """
    stopped = Delivery.objects.filter(kind=kind, object=obj).held()
    if person:
        stopped = stopped.filter(person=person)
    else:
        Dispatch.objects.filter(kind=kind, object=obj, expanded__isnull=True).delete()
    ended = now or timezone.now()
    return stopped.update(
        state=Delivery.State.DROPPED, reason="withdrawn", secret="", claimed_by="", ended=ended
    )
