"""What was typed for a person by somebody who helps."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.assisted.models import AssistedEntry
from accounts.audit.privacy import kept_since
from accounts.people.models import User
from accounts.schools.access import linked
from foundation.spreadsheets import row_of


def held(user: User) -> list[tuple[str, list[tuple[str, str]]]]:
    rows = [
        (date_format(timezone.localtime(entry.at), "j F Y"), entry.get_basis_display())
        for entry in _entries(user)
    ]
    return [(gettext("Typed for me"), rows)] if rows else []


def export(user: User) -> dict[str, list[dict[str, Any]]]:
    before = gettext("before")
    rows = [
        {**row_of(entry, ["kind", "basis", "at", "undone"]), before: entry.before} for entry in _entries(user)
    ]
    return {gettext("typed for me"): rows}


def erase(user: User, *, keep_contributions: bool) -> None:
    AssistedEntry.objects.filter(person__user=user).delete()


def forget_old(now: datetime.datetime) -> int:
    """Delete entries as old as the acts on record that go: they can be undone no more."""
    return AssistedEntry.objects.unscoped().filter(at__lt=kept_since(now)).delete()[0]


def _entries(user: User) -> list[AssistedEntry]:
    here = [member.school.pk for member in linked(user)]
    return list(AssistedEntry.objects.filter(person__user=user, school__in=here).order_by("-at", "pk"))
