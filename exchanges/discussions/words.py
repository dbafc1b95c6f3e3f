"""When, under which hat, in which state: what the margin of a message says."""

import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

from accounts.schools.models import Hat
from exchanges.discussions.models import Post, Topic
from exchanges.groups.models import Circle, Group

NO_BREAK = "\u00a0"
A_DAY = datetime.timedelta(days=1)

KINDS = {
    Topic.Kind.QUESTION: gettext_lazy("Question"),
    Topic.Kind.INFORMATION: gettext_lazy("Information"),
    Topic.Kind.RESOURCE: gettext_lazy("Something to read"),
    Topic.Kind.ORGANISING: gettext_lazy("To organise"),
}
# The line that stands in place of a message: what others read of it.
LINES = {
    Post.State.HELD: gettext_lazy("This message is read again before it is shown."),
    Post.State.RETURNED: gettext_lazy("This message is read again before it is shown."),
    Post.State.HIDDEN: gettext_lazy("This message is read again before it is shown."),
    Post.State.REWRITE: gettext_lazy("This message is read again before it is shown."),
    Post.State.REMOVED: gettext_lazy("This message was removed by those who moderate."),
    Post.State.WITHDRAWN: gettext_lazy("This message was taken back by its author."),
    Post.State.ERASED: gettext_lazy("This message went with its author’s account."),
}
# What its own author reads of it.
OWN = {
    Post.State.HELD: gettext_lazy(
        "You alone see this message: somebody who runs the group reads it before it is shown."
    ),
    Post.State.RETURNED: gettext_lazy(
        "This message came back to you: nobody else sees it. Change it and send it again, or take it back."
    ),
    Post.State.HIDDEN: gettext_lazy("You alone see this message: it is read again before it is shown."),
    Post.State.REWRITE: gettext_lazy(
        "You are asked to write this message otherwise: you alone see it until it has been read again."
    ),
}


def day_of(moment: datetime.datetime, group: Group) -> str:
    """« le 19 nov. »-like day at the school; its year if it is another."""
    return Times(group).day_of(moment)


def when(moment: datetime.datetime, group: Group, *, hour_only: bool = False) -> str:
    """« aujourd’hui, 8 h 10 », « hier, 20 h 41 », « jeu. 19 nov., 20 h 41 », at the school.

    `hour_only`: of a message without a name no more than the hour is known.
    """
    return Times(group).when(moment, hour_only=hour_only)


class Times:
    """When the many messages of a page were written; what they have in common is worked out once."""

    def __init__(self, group: Group) -> None:
        self.zone = ZoneInfo(group.school.time_zone)
        self.today = group.school.today()
        self.pattern = gettext("%(day)s, %(hour)s")
        self.days: dict[datetime.date, str] = {}
        self.language = get_language()

    def day_of(self, moment: datetime.datetime) -> str:
        """As the function `day_of`."""
        day = moment.astimezone(self.zone).date()
        return _written_day(self.language, day, "j N" if day.year == self.today.year else "j N Y")

    def when(self, moment: datetime.datetime, *, hour_only: bool = False) -> str:
        """As the function `when`."""
        here = moment.astimezone(self.zone)
        day, hour = here.date(), _written_hour(self.language, here.hour, here.minute)
        if day not in self.days:
            self.days[day] = self._day(day)
        return self.pattern % {
            "day": self.days[day],
            "hour": gettext("about %(hour)s") % {"hour": hour} if hour_only else hour,
        }

    def _day(self, day: datetime.date) -> str:
        if day == self.today:
            return gettext("today")
        if day == self.today - A_DAY:
            return gettext("yesterday")
        return _written_day(self.language, day, "D j N" if day.year == self.today.year else "D j N Y")


# What Django writes in 20 µs, forty times a page: the same for everybody who reads a language.


@lru_cache(maxsize=2048)
def _written_day(language: str | None, day: datetime.date, pattern: str) -> str:
    return date_format(day, pattern).replace(" ", NO_BREAK)


@lru_cache(maxsize=4096)
def _written_hour(language: str | None, hour: int, minute: int) -> str:
    return time_format(datetime.time(hour, minute), "TIME_FORMAT")


def hat_of(kind: str) -> str:
    """« parent », « parent élu » ; "" for none."""
    return str(Hat.Kind(kind).label) if kind in Hat.Kind.values else ""


def author_of(name: str, *, anonymous: bool) -> str:
    """Who speaks: never more than the page may say."""
    if anonymous:
        return gettext("The person who asks")
    return name or gettext("Somebody who left")


def messages_in_words(count: int) -> str:
    return _messages_in_words(get_language(), count)


@lru_cache(maxsize=1024)
def _messages_in_words(language: str | None, count: int) -> str:
    return ngettext("%(count)d message", "%(count)d messages", count) % {"count": count}


def readers_see(group: Group, count: int) -> str:
    """« Les 31 parents la voient. »"""
    if group.circle == Circle.PARENTS:
        words = ngettext("%(count)d parent sees it.", "The %(count)d parents see it.", count)
    else:
        words = ngettext("%(count)d person sees it.", "The %(count)d people see it.", count)
    return words % {"count": count}


def readers_will(group: Group, count: int) -> str:
    """« Sera lu par les 31 parents de ce groupe. »: under the field one writes in."""
    if group.circle == Circle.PARENTS:
        words = ngettext(
            "Read by the %(count)d parent of this group.",
            "Read by the %(count)d parents of this group.",
            count,
        )
    else:
        words = ngettext(
            "Read by the %(count)d person of this group.",
            "Read by the %(count)d people of this group.",
            count,
        )
    return words % {"count": count}


def first_answer(group: Group, now: datetime.datetime) -> str:
    """« aujourd’hui avant 19 h 30, sinon demain à 7 h »: when the first answer would be mailed."""
    calendar = group.school.calendar
    due = calendar.next_delivery(now)
    if due == now:
        morning = _morning(calendar.next_morning(now), now, group)
        return gettext("today before 7:30 pm, otherwise %(morning)s") % {"morning": morning}
    return gettext("from %(morning)s") % {"morning": _morning(due, now, group)}


def _morning(moment: datetime.datetime, now: datetime.datetime, group: Group) -> str:
    here, today = _here(moment, group).date(), _here(now, group).date()
    if here == today:
        return gettext("this morning at 7")
    if here == today + A_DAY:
        return gettext("tomorrow at 7")
    day = date_format(here, "l j F").replace(" ", NO_BREAK)
    return gettext("%(day)s at 7") % {"day": day}


def _here(moment: datetime.datetime, group: Group) -> datetime.datetime:
    return moment.astimezone(ZoneInfo(group.school.time_zone))
