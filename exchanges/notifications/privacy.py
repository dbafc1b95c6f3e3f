"""What is held of a person's notices, marks and choices: read, taken along, erased."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from exchanges.notifications.actions import forget_person, preference_of
from exchanges.notifications.models import Notice, ReadMark

Rows = list[tuple[str, str]]


def held(user: Any) -> list[tuple[str, Rows]]:
    """Choices, what was told, and how many discussions one has a mark in: where one stopped is nobody's."""
    found: list[tuple[str, Rows]] = []
    chosen = preference_of(user)
    if not chosen._state.adding:
        found.append((gettext("What I receive"), [(gettext("how often"), str(chosen.get_rhythm_display()))]))
    notices = Notice.objects.filter(person=user)
    told = [(date_format(timezone.localtime(row.at), "j F Y, H:i"), row.title) for row in notices]
    if told:
        found.append((gettext("What I was told"), told))
    marks = ReadMark.objects.filter(person=user).count()
    if marks:
        words = ngettext("%(count)d discussion", "%(count)d discussions", marks) % {"count": marks}
        found.append((gettext("Where I stopped reading"), [(words, gettext("for you alone"))]))
    return found


def export(user: Any) -> dict[str, list[dict[str, Any]]]:
    title, told, read, address = (
        gettext("title"),
        gettext("told on"),
        gettext("read on"),
        gettext("address"),
    )
    notices = [
        {title: row.title, told: _iso(row.at), read: _iso(row.read), address: row.address}
        for row in Notice.objects.filter(person=user).order_by("at", "pk")
    ]
    marks = [
        {gettext("message"): row.up_to, read: _iso(row.at)}
        for row in ReadMark.objects.filter(person=user).order_by("at", "pk")
    ]
    chosen = preference_of(user)
    choices = {
        gettext("how often"): str(chosen.get_rhythm_display()),
        gettext("nothing until"): str(chosen.paused_until or ""),
        gettext("the simple version first"): gettext("yes") if chosen.simple_first else gettext("no"),
    }
    return {
        gettext("what I was told"): notices,
        gettext("where I stopped reading"): marks,
        gettext("what I receive"): [choices],
    }


def erase(user: Any, *, keep_contributions: bool) -> None:
    forget_person(user)


def _iso(moment: Any) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""
