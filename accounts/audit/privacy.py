"""What the audit holds of a person: acts about them, by key; nothing to erase, since no name is in it."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.audit.merged import keys_of
from accounts.audit.models import AuditEntry
from accounts.audit.words import as_told, in_words

# A school year is kept whole, and one year after it ended (docs/retention.md).
YEAR_ENDS = (8, 31)
SHOWN = 100


def held(user: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """The last acts about `user`, the newest first."""
    rows = [
        (date_format(timezone.localtime(entry.at), "DATETIME_FORMAT"), _sentence(entry, verb))
        for entry, verb in _about(user)[:SHOWN]
    ]
    return [(gettext("Acts on record about me"), rows)] if rows else []


def export(user: Any) -> dict[str, list[dict[str, Any]]]:
    when, what, school = gettext("when"), gettext("act"), gettext("school")
    rows = [
        {
            when: entry.at.isoformat(timespec="seconds"),
            what: in_words(verb),
            school: str(entry.school or ""),
        }
        for entry, verb in _about(user)
    ]
    return {gettext("acts on record"): rows}


def erase(user: Any, *, keep_contributions: bool) -> None:
    """Change nothing: a key without an account names nobody."""


def forget_old(now: datetime.datetime) -> int:
    """Delete the acts of school years that ended more than a year ago."""
    return AuditEntry.objects.filter(at__lt=kept_since(now)).delete()[0]


def kept_since(now: datetime.datetime) -> datetime.datetime:
    """Return the moment before which acts go: the start of the year that ended within the last year."""
    today = timezone.localdate(now)
    ended = today.year if (today.month, today.day) > YEAR_ENDS else today.year - 1
    first = datetime.datetime(ended - 1, YEAR_ENDS[0], YEAR_ENDS[1]) + datetime.timedelta(days=1)
    return timezone.make_aware(first)


def _about(user: Any) -> list[tuple[AuditEntry, str]]:
    entries = AuditEntry.objects.filter(about__in=keys_of(user.key)).select_related("school")
    return [(entry, verb) for entry in entries for verb in as_told(entry.verb)]


def _sentence(entry: AuditEntry, verb: str) -> str:
    return f"{in_words(verb)} {entry.school}." if entry.school else in_words(verb)
