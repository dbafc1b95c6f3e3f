"""Say where a text stands between its first line and the archive, in the words and bar of a margin note."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from resources.catalogue.anytext import Text
from resources.catalogue.models import Status
from resources.catalogue.words import day_in_words

NO_BREAK = "\u00a0"


@dataclass(frozen=True)
class State:
    """`word` stands first in the margin; `bar` is "", "new", "done" or "alert" (LOOK §6.9)."""

    word: str
    bar: str = ""


def state_of(text: Text) -> State:
    if text.publish_at:
        accepted = gettext("Accepted, to be published on %(when)s")
        return State(accepted % {"when": moment_in_words(text.publish_at)})
    if text.in_review_since:
        return State(_waiting(text), "new")
    if text.refusal:
        return State(gettext("Sent back"), "alert")
    if text.status == Status.PUBLISHED:
        return _public(text)
    if text.status == Status.ARCHIVED:
        return State(gettext("Archived"))
    return State(gettext("Draft"))


def _waiting(text: Text) -> str:
    if text.status == Status.PUBLISHED:
        return gettext("Published; changes to review")
    return gettext("To review")


def _public(text: Text) -> State:
    if text.pending is not None:
        return State(gettext("Published; changes not yet sent"), "new")
    if text.needs_review:
        return State(gettext("Published; to be checked"), "alert")
    if text.archive_at:
        return State(gettext("Published until %(when)s") % {"when": moment_in_words(text.archive_at)})
    return State(gettext("Published"))


def moment_in_words(moment: datetime.datetime) -> str:
    """24 nov., 18 h 30: in the portal's time zone, with the year when it is another one."""
    local = timezone.localtime(moment)
    hour = gettext("%(hour)s:%(minute)s") % {"hour": local.hour, "minute": f"{local.minute:02d}"}
    same_year = local.year == timezone.localdate().year
    day = date_format(local, "j N").replace(" ", NO_BREAK) if same_year else day_in_words(local.date())
    return gettext("%(day)s, %(hour)s") % {"day": day, "hour": hour.replace(" ", NO_BREAK)}
