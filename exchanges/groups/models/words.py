"""A group in words: whose it is, and who can read there."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, ngettext

from exchanges.groups.models.circles import Circle
from exchanges.groups.models.groups import Group

# Shown instead of the name of the circle (JOURNEYS §2).
WHOSE = {
    Circle.TEAM: gettext_lazy("Group of the teaching team"),
    Circle.PARENTS_TEACHERS: gettext_lazy("Parents and teachers"),
    Circle.ELECTED_TEAM: gettext_lazy("The elected parents and the school team"),
    Circle.PARENTS: gettext_lazy("Parents’ group"),
}


def whose_group(circle: str, room: str = "") -> str:
    """« Groupe de parents · CE1 A »; no class name is broken at the end of a line."""
    words = str(WHOSE[Circle(circle)])
    return f"{words}\u00a0· {room.replace(' ', chr(0xA0))}" if room else words


def who_can_read(group: Group, readers: int) -> SafeString:
    """The sentences of « Qui peut lire ici »: a bold number of people, then what the school sees."""
    room = group.classroom.name.replace(" ", "\u00a0") if group.classroom else ""
    return format_html("<b>{}</b> {}", _people(group.circle, room, readers), _seen_by(group, readers))


def _people(circle: str, room: str, count: int) -> str:
    if circle == Circle.PARENTS and room:
        words = ngettext("%(count)d parent, class %(room)s,", "%(count)d parents, class %(room)s,", count)
    elif circle == Circle.PARENTS:
        words = ngettext("%(count)d parent", "%(count)d parents", count)
    elif room:
        words = ngettext("%(count)d person, class %(room)s,", "%(count)d people, class %(room)s,", count)
    else:
        words = ngettext("%(count)d person", "%(count)d people", count)
    return words % {"count": count, "room": room}


def _seen_by(group: Group, count: int) -> str:
    joined = ngettext("has joined the group.", "have joined the group.", count)
    if group.circle != Circle.PARENTS:
        return joined
    school = gettext(
        "The school does not read the discussions. The direction reads a message only if it is reported, and"
        " the group’s log says so."
    )
    return f"{joined} {school}"
