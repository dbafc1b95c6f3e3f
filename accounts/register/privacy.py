"""What the register holds of a person: their consents, and that they are leaving."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.audit.privacy import kept_since
from accounts.people.models import User
from accounts.register.models import Consent, Leaving
from accounts.schools.access import known_to
from foundation.spreadsheets import row_of


def held(user: User) -> list[tuple[str, list[tuple[str, str]]]]:
    rows = []
    for consent in _consents(user):
        days = gettext("agreed on %(day)s") % {"day": _day(consent.given)}
        if consent.revoked:
            days = f"{days} · " + gettext("taken back on %(day)s") % {"day": _day(consent.revoked)}
        rows.append((consent.parent_list.name, days))
    leaving = Leaving.objects.filter(user=user).first()
    parts = [(gettext("Associations that may hold my name"), rows)] if rows else []
    if leaving is not None:
        day = date_format(leaving.erase_on, "j F Y")
        parts.append((gettext("I am leaving"), [(gettext("My account is erased on"), day)]))
    return parts


def export(user: User) -> dict[str, list[dict[str, Any]]]:
    school, association = gettext("school"), gettext("association")
    consents = [
        {
            school: row.membership.school.name,
            association: row.parent_list.name,
            **row_of(row, ["given", "revoked"]),
        }
        for row in _consents(user)
    ]
    since, day, keep = gettext("since"), gettext("erased on"), gettext("contributions may stay")
    rows = [
        {since: row.since.isoformat(timespec="seconds"), day: row.erase_on, keep: row.keep_contributions}
        for row in Leaving.objects.filter(user=user)
    ]
    return {gettext("consents"): consents, gettext("leaving"): rows}


def erase(user: User, *, keep_contributions: bool) -> None:
    Consent.objects.filter(membership__user=user).delete()
    Leaving.objects.filter(user=user).delete()


def forget_old(now: datetime.datetime) -> int:
    """Delete consents taken back so long ago that nothing is to be proved by them."""
    return Consent.objects.unscoped().filter(revoked__lt=kept_since(now)).delete()[0]


def _consents(user: User) -> list[Consent]:
    """Of schools where a restriction hides the person from themselves, nothing."""
    rows = Consent.objects.filter(membership__user=user).filter(known_to(user, "membership"))
    rows = rows.select_related("membership__school", "parent_list")
    return list(rows.order_by("given", "pk"))


def _day(moment: datetime.datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y")
