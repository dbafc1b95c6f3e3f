"""What the operator reads of the portal's state, each with the sentence to send to the technician."""

import datetime
import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django_tasks_db.models import DBTaskResult

from accounts.audit.models import AuditEntry
from accounts.outbox.models import Delivery, Sending
from portal.clock.admin import JOBS
from portal.clock.late import cannot_relieve, is_late, last_seen
from portal.clock.models import ClockRun

# A mail that waited this long while mail may go out: nothing sends it.
LATE_MAIL = datetime.timedelta(minutes=15)
OLD_BACKUP = datetime.timedelta(days=8)
OLD_TEST = datetime.timedelta(days=100)
IMPORTS_SHOWN = datetime.timedelta(days=30)
# Where mail stays on the machine, for want of EMAIL_URL.
KEPT_HERE = {f"django.core.mail.backends.{name}.EmailBackend" for name in ("filebased", "console", "dummy")}
# A mail server refused that often in a row is not merely starting again.
PAUSES = 3


@dataclass(frozen=True)
class Reading:
    """One line of the page; with `ask`, somebody must act, and it says what to ask of the technician."""

    title: str
    text: str
    ask: str = ""

    @property
    def is_red(self) -> bool:
        return bool(self.ask)


def readings(now: datetime.datetime) -> list[Reading]:
    """Every reading, those that ask for something first."""
    found = [mail_server(), sending(now), backup(now), clock(now), jobs(), tasks(), imports(now)]
    return sorted(found, key=lambda reading: not reading.is_red)


def clock(now: datetime.datetime) -> Reading:
    """When the timetable last ran."""
    title = gettext("What the portal does by itself")
    seen = last_seen()
    text = gettext("Last done on %(when)s.") % {"when": moment(seen)} if seen else gettext("Never done yet.")
    if not is_late(now):
        return Reading(title, text)
    ask = gettext("The portal’s background process does not run: start it again (manage.py start).")
    if cannot_relieve():
        ask = gettext(
            "The portal’s background process does not run, and the web server may not start one:"
            " run manage.py background beside it."
        )
    return Reading(title, text, ask)


def jobs() -> Reading:
    """The jobs of the timetable whose last turn failed."""
    title = gettext("Recurring jobs")
    failed = [str(JOBS.get(name, name)) for name in _failed_jobs()]
    if not failed:
        return Reading(title, gettext("All went well at their last turn."))
    words = ngettext("%(count)d job failed: %(names)s.", "%(count)d jobs failed: %(names)s.", len(failed))
    text = words % {"count": len(failed), "names": ", ".join(failed)}
    return Reading(
        title, text, gettext("%(text)s The reason is in the log, under portal.clock.") % {"text": text}
    )


def _failed_jobs() -> list[str]:
    return list(ClockRun.objects.filter(failed=True).values_list("name", flat=True))


def tasks() -> Reading:
    """Background tasks that failed at every try, kept for three days."""
    title = gettext("Background tasks")
    count = DBTaskResult.objects.failed().count()
    if not count:
        return Reading(title, gettext("None failed in the last three days."))
    words = ngettext(
        "%(count)d task failed in the last three days.",
        "%(count)d tasks failed in the last three days.",
        count,
    )
    text = words % {"count": count}
    return Reading(
        title, text, gettext("%(text)s The reason is in the log, under portal.tasks.") % {"text": text}
    )


def mail_server() -> Reading:
    """Whether the portal has one at all."""
    title = gettext("Mail server")
    if settings.EMAIL_BACKEND in KEPT_HERE:
        text = gettext("No mail leaves this server: codes and invitations are written to a folder.")
        return Reading(title, text, gettext("Give the portal a mail server, in EMAIL_URL."))
    return Reading(title, gettext("Mail is given to %(host)s.") % {"host": settings.EMAIL_HOST})


def sending(now: datetime.datetime) -> Reading:
    """Whether mail goes out."""
    title = gettext("Sending")
    state = Sending.current()
    if not state.is_on:
        text = gettext("Sending is off: every mail waits.")
        return Reading(title, text, gettext("If the portal may write again, run: manage.py sending on."))
    if state.paused_until and state.paused_until > now:
        return _paused(title, state.paused_until, state.pauses)
    oldest = Delivery.objects.waiting(now).order_by("due").values_list("due", flat=True).first()
    if oldest and oldest < now - LATE_MAIL:
        text = gettext("A mail waits since %(when)s, and nothing sends it.") % {"when": moment(oldest)}
        return Reading(
            title, text, gettext("Mails wait and none leaves: start the background process again.")
        )
    return Reading(title, gettext("Sending is on."))


def _paused(title: str, until: datetime.datetime, pauses: int) -> Reading:
    text = gettext("The mail server does not answer: tried again on %(when)s.") % {"when": moment(until)}
    ask = gettext("The mail server of EMAIL_URL refuses the portal: check its address, password and state.")
    return Reading(title, text, ask if pauses >= PAUSES else "")


def backup(now: datetime.datetime) -> Reading:
    """When a backup was last made, and last tried."""
    title = gettext("Backup")
    made, tested = _backups()
    if made is None:
        text = gettext("None was made yet.")
        return Reading(title, text, gettext("Make a backup of the portal each night, then test one."))
    values = {"made": moment(made), "tested": moment(tested) if tested else ""}
    if tested:
        text = gettext("Last made on %(made)s, last tested on %(tested)s.") % values
    else:
        text = gettext("Last made on %(made)s, never tested.") % values
    if made < now - OLD_BACKUP:
        return Reading(title, text, gettext("The portal’s backup is old: make one each night."))
    if tested is None or tested < now - OLD_TEST:
        return Reading(title, text, gettext("Test the portal’s backup: it may not be of any use."))
    return Reading(title, text)


def _backups() -> tuple[datetime.datetime | None, datetime.datetime | None]:
    """Read what the backup command noted; a file that cannot be read counts as none."""
    try:
        noted = json.loads((Path(settings.PORTAL_DATA) / "backup.json").read_text())
        return _day(noted.get("made")), _day(noted.get("tested"))
    except (OSError, ValueError, AttributeError, TypeError):
        return None, None


def _day(text: str | None) -> datetime.datetime | None:
    found = parse_datetime(text) if text else None
    return timezone.make_aware(found) if found and timezone.is_naive(found) else found


def imports(now: datetime.datetime) -> Reading:
    """Lists of families that could not be read: their school was told why, nobody else must act."""
    failed = AuditEntry.objects.filter(verb="import_failed", at__gte=now - IMPORTS_SHOWN).count()
    if not failed:
        return Reading(gettext("Lists of families"), gettext("None was refused in the last 30 days."))
    words = ngettext(
        "%(count)d could not be read in the last 30 days; the school was told why.",
        "%(count)d could not be read in the last 30 days; the schools were told why.",
        failed,
    )
    return Reading(gettext("Lists of families"), words % {"count": failed})


def moment(when: datetime.datetime) -> str:
    return date_format(timezone.localtime(when), "DATETIME_FORMAT")
