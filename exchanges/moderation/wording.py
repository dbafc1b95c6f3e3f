"""An item of the queue in words: since when it waits, whose it is, why it is there, who decides."""

import datetime
from collections.abc import Callable
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

from accounts.schools.models import Hat, School
from exchanges.discussions.models import Post
from exchanges.discussions.policy import seems_to_name
from exchanges.groups.models import whose_group
from exchanges.moderation import targets, words
from exchanges.moderation.items import Item
from exchanges.moderation.models import Decision
from foundation.html import french, isolated

As = Decision.As
READING = "reading"
NO_BREAK = "\u00a0"
_HATS = dict(Hat.Kind.choices)
_KINDS = {
    targets.HELD: gettext_lazy("Message to read first"),
    targets.REQUEST: gettext_lazy("Request to join"),
    READING: gettext_lazy("Second reading"),
}


# The margin -------------------------------------------------------------------------------------------------


def waits(item: Item) -> str:
    """« Attend depuis le 21 nov. », never for how long one is late (JOURNEYS §2)."""
    if item.is_danger:
        return gettext("Somebody may be in danger")
    return gettext("Waits since %(day)s") % {"day": day_in_words(item.since, item.school)}


def notes_of(item: Item) -> list[str]:
    notes = [_kind(item)]
    if item.group is not None:
        room = item.group.classroom.name if item.group.classroom else ""
        notes.append(item.group.name)
        if item.hat != As.FACILITATOR:
            notes.append(whose_group(item.group.circle, room))
    if item.is_danger:
        notes.append(gettext("since %(day)s") % {"day": day_in_words(item.since, item.school)})
    if item.case is not None and item.case.hidden:
        notes.append(
            gettext("hidden since %(when)s") % {"when": moment_in_words(item.case.hidden, item.school)}
        )
    return notes


def _kind(item: Item) -> str:
    if item.kind == targets.CASE:
        count = len(item.reporters) or 1
        return ngettext("%(count)d report", "%(count)d reports", count) % {"count": count}
    return str(_KINDS[item.kind])


def title_of(item: Item, typeset: Callable[[str], str] = french) -> str:
    """What stands over it; `typeset` does as `french`, where a page holds the same titles again and again."""
    post = item.post if item.shows_text else None
    if item.request is not None and item.shows_text:
        return gettext("%(name)s asks to join") % {"name": isolated(item.request.membership.name)}
    if item.kind == READING and item.decision is not None:
        day = day_in_words(item.decision.at, item.school)
        return gettext("The author asks for a second reading of the decision of %(day)s") % {"day": day}
    if post is not None:
        return gettext("Message in “%(title)s”") % {"title": isolated(typeset(post.topic.title))}
    untitled = {
        targets.CASE: gettext("A message was reported"),
        targets.HELD: gettext("A message waits to be read"),
        targets.REQUEST: gettext("Somebody asks to join"),
    }
    return untitled.get(item.kind, gettext("Second reading"))


# The column -------------------------------------------------------------------------------------------------


def author_of(post: Post, opened: str) -> str:
    """Who wrote, under which hat: a name only where the message bears it, or this person opened it."""
    if opened:
        return gettext("%(name)s, who wrote without their name") % {"name": opened}
    if post.is_anonymous:
        return gettext("Written without a name")
    name = post.author.name if post.author else gettext("Somebody who left")
    hat = _HATS.get(post.author_hat)
    return gettext("%(name)s, %(hat)s") % {"name": name, "hat": hat} if hat else name


def reasons_of(item: Item) -> str:
    """Why it is here, and why one may read it, in sentences."""
    lines = []
    if item.kind == READING and item.decision is not None:
        who = words.by_in_words(item.decision)
        what = str(item.decision.get_verb_display())
        lines.append(gettext("Decided by %(who)s: %(what)s.") % {"who": who, "what": what})
    if item.grounds:
        lines.append(gettext("Reasons: %(reasons)s.") % {"reasons": gettext(", ").join(item.grounds)})
    if item.kind == targets.HELD and item.shows_text:
        lines.append(gettext("Nobody else has read it: in this group such a message is read first."))
    if _names_somebody(item):
        lines.append(gettext("It seems to name a child or somebody of the school."))
    if item.kind == targets.REQUEST and item.shows_text:
        lines.append(gettext("Without an answer, a request is accepted after three days."))
    if item.needs_opening:
        lines.append(_why_opened(item))
    return " ".join(lines)


def _names_somebody(item: Item) -> bool:
    """What its author was asked before it was sent: whoever runs the group sees it too (RULES §4)."""
    post, group = item.post, item.group
    if post is None or group is None or item.hat != As.FACILITATOR or not item.shows_text:
        return False
    begins = post.number in (None, 1) and post.topic.last_number <= 1
    text = f"{post.topic.title}\n{post.text}" if begins else post.text
    return seems_to_name(group, text)


def _why_opened(item: Item) -> str:
    """Why the direction reads what parents wrote among themselves."""
    if item.kind == READING:
        return gettext("You read it because its author asks for it: the group’s log says so.")
    if item.is_danger:
        return gettext("You read it because somebody may be in danger: the group’s log says so.")
    return gettext("The direction reads it because nobody of the group decided: the group’s log says so.")


def who_else(item: Item) -> str:
    if item.hat == As.FACILITATOR:
        return gettext(
            "You wrote it, reported it or are named in it: you do not decide. The others who run the group"
            " see it, or else the direction."
        )
    return gettext(
        "You wrote it, reported it or are named in it: you do not decide. Those who run the group see it, or"
        " somebody else of the direction."
    )


def told_of(item: Item) -> str:
    if not item.told:
        return ""
    when = moment_in_words(item.told, item.school)
    return gettext("You had them told on %(when)s.") % {"when": when}


# Days -------------------------------------------------------------------------------------------------------


def day_in_words(moment: datetime.datetime, school: School) -> str:
    """« 21 nov. » at the school; its year if it is another."""
    here, today = _here(moment, school), school.today()
    return _written_day(get_language(), here.date(), "j N" if here.year == today.year else "j N Y")


def day_in_full(moment: datetime.datetime, school: School) -> str:
    """« 21 novembre » at the school: for the end of a sentence."""
    return _written_day(get_language(), _here(moment, school).date(), "j F")


def moment_in_words(moment: datetime.datetime, school: School, *, hour_only: bool = False) -> str:
    """« 21 nov., 22 h 03 » at the school; of a message without a name the hour of the day is enough."""
    here = _here(moment, school)
    clock = _written_hour(get_language(), here.hour, here.minute)
    hour = gettext("about %(hour)s") % {"hour": clock} if hour_only else clock
    return gettext("%(day)s, %(hour)s") % {"day": day_in_words(moment, school), "hour": hour}


def _here(moment: datetime.datetime, school: School) -> datetime.datetime:
    return moment.astimezone(ZoneInfo(school.time_zone))


# What Django writes in 30 µs, thirty times a page: the same for everybody who reads a language.


@lru_cache(maxsize=2048)
def _written_day(language: str | None, day: datetime.date, pattern: str) -> str:
    return date_format(day, pattern).replace(" ", NO_BREAK)


@lru_cache(maxsize=4096)
def _written_hour(language: str | None, hour: int, minute: int) -> str:
    return time_format(datetime.time(hour, minute), "TIME_FORMAT").replace(" ", NO_BREAK)
