"""Say where a text stands between its first line and the archive, in the words and bar of a margin note."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext

from resources.catalogue.models import EditableText, Status
from resources.catalogue.words import day_in_words


@dataclass(frozen=True)
class State:
    """`word` stands first in the margin; `bar` is "", "new", "done" or "alert" (LOOK §6.9)."""

    word: str
    bar: str = ""


def state_of(text: EditableText) -> State:
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


def _waiting(text: EditableText) -> str:
    if text.status == Status.PUBLISHED:
        return gettext("Published; changes to review")
    return gettext("To review")


def _public(text: EditableText) -> State:
    if text.pending is not None:
        return State(gettext("Published; changes not yet sent"), "new")
    if text.needs_review:
        return State(gettext("Published; to be checked"), "alert")
    if text.archive_at:
        return State(gettext("Published until %(when)s") % {"when": moment_in_words(text.archive_at)})
    return State(gettext("Published"), "done")


def moment_in_words(moment: object) -> str:
    """24 nov. 2026, 18 h 30: in the portal's time zone."""
    local = timezone.localtime(moment)
    hour = gettext("%(hour)s:%(minute)s") % {"hour": local.hour, "minute": f"{local.minute:02d}"}
    return gettext("%(day)s, %(hour)s") % {"day": day_in_words(local.date()), "hour": hour}
