"""States, ways in, and the lines of a group's log, in words."""

import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy, ngettext

from accounts.schools.models import Hat, School
from accounts.schools.words import LANGUAGES
from exchanges.groups.models import Group

JOINING = {
    Group.Joining.OPEN: gettext_lazy("open to all of them"),
    Group.Joining.REQUEST: gettext_lazy("on request"),
    Group.Joining.INVITATION: gettext_lazy("by invitation"),
}
STATES = {
    Group.State.SUGGESTED: gettext_lazy("Suggested by the direction"),
    Group.State.SLEEPING: gettext_lazy("Asleep"),
    Group.State.ARCHIVED: gettext_lazy("Archived"),
}
# Who did it, by hat and never by name; "" is nobody in particular.
WHO = {
    "": gettext_lazy("Somebody who runs the group"),
    "facilitator": gettext_lazy("Somebody who runs the group"),
    Hat.Kind.PARENT: gettext_lazy("Somebody who runs the group"),
    Hat.Kind.ELECTED: gettext_lazy("Somebody who runs the group"),
    Hat.Kind.TEACHER: gettext_lazy("Somebody who runs the group"),
    Hat.Kind.DIRECTOR: gettext_lazy("The direction"),
    Hat.Kind.INTERIM: gettext_lazy("The interim direction"),
    Hat.Kind.DEPUTY: gettext_lazy("A deputy of the direction"),
    Hat.Kind.SECRETARY: gettext_lazy("The secretary"),
    "host_moderator": gettext_lazy("The moderator of the site"),
}
# Verb of `tell_group` → what is told; those of moderation are the verbs of its decisions.
LINES = {
    "opened": gettext_lazy("The group was opened."),
    "taken_on": gettext_lazy("A parent took on this group, which the direction had suggested."),
    "charter_changed": gettext_lazy("The charter was changed."),
    "settings_changed": gettext_lazy("The settings of the group were changed."),
    "facilitator_named": gettext_lazy("One more member runs the group."),
    "facilitator_left": gettext_lazy("A member no longer runs the group."),
    "address_made": gettext_lazy("A new invitation address was made."),
    "address_closed": gettext_lazy("The invitation address was closed."),
    "slept": gettext_lazy("The group fell asleep: one reads, nobody writes."),
    "woken": gettext_lazy("A member woke the group, and runs it."),
    "paused": gettext_lazy("The group is read-only for a while."),
    "resumed": gettext_lazy("One may write again."),
    "open_text": gettext_lazy("%(who)s read a reported message, with up to three messages before it."),
    "open_message": gettext_lazy("%(who)s read a reported message."),
    "open_name": gettext_lazy("%(who)s opened the name of a question without a name, after a report."),
    "publish": gettext_lazy("%(who)s published a message that waited."),
    "return": gettext_lazy("%(who)s sent a message back to its author."),
    "keep": gettext_lazy("%(who)s kept a reported message."),
    "hide": gettext_lazy("%(who)s hid a message."),
    "rewrite": gettext_lazy("%(who)s asked for a message to be rewritten."),
    "remove": gettext_lazy("%(who)s removed a message."),
    "warn": gettext_lazy("%(who)s warned a member."),
    "close": gettext_lazy("%(who)s closed a discussion."),
    "pause": gettext_lazy("%(who)s paused a discussion until the next day."),
    "moderate_first": gettext_lazy("%(who)s has the messages of a discussion read first."),
    "mute_group": gettext_lazy("%(who)s took the right to write here away from a member for some days."),
    "mute_school": gettext_lazy("%(who)s took the right to write away from a member for some days."),
    "remove_member": gettext_lazy("%(who)s removed a member from the group."),
    "undo": gettext_lazy("%(who)s undid a decision."),
    "upheld": gettext_lazy("A decision was read a second time, and stands."),
    "reversed": gettext_lazy("A decision was read a second time, and reversed."),
    "hidden_by_number": gettext_lazy("A message reported twice is read again before it is shown."),
    "escalated": gettext_lazy("A report was given to the direction."),
}


# « month-2-1 »: two messages sent back in a month, one hidden; of moderation, in figures.
MONTH = "month-"


def line_in_words(verb: str, hat: str) -> str:
    """« La direction a lu un message signalé. »; "" for a verb without words, which is not shown."""
    if verb.startswith(MONTH):
        return _month_in_words(verb)
    words = LINES.get(verb)
    return str(words) % {"who": WHO.get(hat, WHO[""])} if words else ""


def _month_in_words(verb: str) -> str:
    """« Le mois dernier : 2 messages renvoyés, 1 masqué. »"""
    returned, masked = (int(figure) for figure in verb.removeprefix(MONTH).split("-"))
    parts = []
    if returned:
        words = ngettext("%(count)d message sent back", "%(count)d messages sent back", returned)
        parts.append(words % {"count": returned})
    if masked:
        words = ngettext("%(count)d message hidden", "%(count)d messages hidden", masked)
        parts.append(words % {"count": masked})
    return gettext("Last month: %(figures)s.") % {"figures": gettext(", ").join(parts)}


def joining_in_words(joining: str) -> str:
    return str(JOINING[Group.Joining(joining)])


def language_in_words(language: str) -> str:
    """« Arabe »; "" for a group of no language in particular."""
    return str(dict(LANGUAGES).get(language, ""))


def day_of(moment: datetime.datetime, school: School) -> str:
    """The day of a moment at the school, in words."""
    return date_format(moment.astimezone(ZoneInfo(school.time_zone)), "j F Y")


def paused_in_words(group: Group) -> str:
    """« En lecture seule jusqu’au 4 janvier 2027. »; "" while one may write."""
    if group.paused_until is None or not group.is_paused():
        return ""
    return gettext("Read-only until %(day)s: the people who run the group are on holiday.") % {
        "day": day_of(group.paused_until, group.school)
    }
