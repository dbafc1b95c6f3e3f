"""The mails of this feature, composed when they are sent (portal.sending)."""

import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from accounts.audit.models import AuditEntry
from accounts.outbox.messages import Composer, Mail, Nothing
from accounts.outbox.models import Delivery
from accounts.schools.access import suspended_until
from accounts.schools.actions.telling import KIND
from accounts.schools.models import Classroom, Hat, Membership
from accounts.schools.words import day_in_words

TEMPLATE = "school_act"


def compose_act(delivery: Delivery) -> Mail | Nothing:
    """Say what was done to a person in their school, as it stands when the mail leaves."""
    entry = AuditEntry.objects.filter(pk=delivery.object).select_related("school").first()
    person = delivery.person
    if entry is None or entry.school is None or person is None:
        return Nothing("gone")
    if not person.email:
        return Nothing("no address")
    membership = Membership.objects.of_school(entry.school).filter(user=person).first()
    if membership is None:
        return Nothing("left")
    language = delivery.language or person.language
    with translation.override(language):
        lines = _lines(entry, membership)
    if not lines:
        return Nothing("no longer so")
    context = {"school": entry.school.name, "what": lines[0], "more": lines[1:], "slug": entry.school.slug}
    return Mail(TEMPLATE, person.email, context, language)


def _lines(entry: AuditEntry, membership: Membership) -> list[str]:
    """Sentences in the language of the moment; none where nothing is to be told any more."""
    said = _SAID.get(entry.verb)
    return said(entry, membership) if said else []


def _given(entry: AuditEntry, membership: Membership) -> list[str]:
    lines = [gettext("You have a new role here: %(role)s.") % {"role": _role(entry)}]
    until = entry.facts.get("until")
    if until:
        day = day_in_words(datetime.date.fromisoformat(until))
        lines.append(gettext("It lasts until %(day)s included.") % {"day": day})
    return lines


def _ended(entry: AuditEntry, membership: Membership) -> list[str]:
    until = entry.facts.get("until")
    today = membership.school.today()
    if until and datetime.date.fromisoformat(until) >= today:
        day = day_in_words(datetime.date.fromisoformat(until))
        return [gettext("Your role here ends on %(day)s: %(role)s.") % {"day": day, "role": _role(entry)}]
    return [gettext("Your role here has ended: %(role)s.") % {"role": _role(entry)}]


def _suspended(entry: AuditEntry, membership: Membership) -> list[str]:
    until = suspended_until(membership.school, membership)
    if not until:
        return []
    return [
        gettext("You cannot write here until %(day)s. You can still read everything.") % {"day": until},
        gettext("The direction gave this reason: %(why)s") % {"why": membership.suspended_why},
    ]


def _lifted(entry: AuditEntry, membership: Membership) -> list[str]:
    return [gettext("You can write here again.")]


def _renamed(entry: AuditEntry, membership: Membership) -> list[str]:
    return [gettext("The school now knows you under this name: %(name)s.") % {"name": membership.name}]


def _left(entry: AuditEntry, membership: Membership) -> list[str]:
    if membership.state != Membership.State.LEFT:
        return []
    return [
        gettext("Your place in this school has ended."),
        gettext("Your account stays, with the library."),
    ]


def _role(entry: AuditEntry) -> str:
    """« teacher, CP A »: the class by its name of today."""
    kind = entry.facts.get("kind", "")
    words = str(Hat.Kind(kind).label) if kind in Hat.Kind.values else ""
    key: Any = entry.facts.get("classroom")
    room = Classroom.objects.filter(school=entry.school, key=key).first() if key else None
    return f"{words}, {room.name}" if room else words


_SAID = {
    "hat_given": _given,
    "hat_ended": _ended,
    "suspended": _suspended,
    "suspension_lifted": _lifted,
    "renamed": _renamed,
    "left": _left,
}
COMPOSERS: dict[str, Composer] = {KIND: compose_act}
