"""What the outbox holds of a person: that a mail was sent to them, and when; never its text."""

import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.outbox.actions import forget_person
from accounts.outbox.models import Delivery


def held(user: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    rows = Delivery.objects.filter(person=user).order_by("-created", "-pk")
    shown = [
        (date_format(timezone.localtime(row.created), "DATETIME_FORMAT"), row.get_state_display())
        for row in rows
    ]
    return [(gettext("Mails to me"), shown)] if shown else []


def export(user: Any) -> dict[str, list[dict[str, Any]]]:
    kind, asked, ended, state = (
        gettext("kind"),
        gettext("written on"),
        gettext("ended on"),
        gettext("outcome"),
    )
    rows = [
        {kind: row.kind, asked: _iso(row.created), ended: _iso(row.ended), state: row.get_state_display()}
        for row in Delivery.objects.filter(person=user).order_by("created", "pk")
    ]
    return {gettext("mails to me"): rows}


def erase(user: Any, *, keep_contributions: bool) -> None:
    """Delete the mails to the account, and those to its address before there was an account."""
    addresses = list(EmailAddress.objects.filter(user=user).values_list("email", flat=True))
    forget_person(user, [*addresses, *([user.email] if user.email else [])])


def _iso(moment: datetime.datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""
