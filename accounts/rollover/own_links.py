"""A person's own parent's links, in each school that prepares its next year."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from accounts.rollover.actions.placing import LEAVES, Target, place_all
from accounts.rollover.errors import NotPrepared
from accounts.rollover.forms import UNSAID, Row
from accounts.rollover.ground import Rooms, load_rooms
from accounts.rollover.models import NextClass
from accounts.rollover.policy import can_tell_next_class
from accounts.schools.access import members_of
from accounts.schools.member import Member
from accounts.schools.models import Classroom, Hat, School


@dataclass(frozen=True)
class OwnLinks:
    """One school of a parent: the classes they are in, and what they said of each."""

    member: Member
    rooms: Rooms
    rows: list[Row]
    # Said by the school itself: told, not asked.
    settled: list[str]

    @property
    def school(self) -> School:
        return self.member.school


def own_links(user: User) -> list[OwnLinks]:
    """Return one entry a school where the person is a parent and next year has classes."""
    found = []
    for member in members_of(user):
        links = _links_of(member) if can_tell_next_class(member) else None
        if links is not None:
            found.append(links)
    return found


def save_own(links: OwnLinks, targets: Mapping[str, Target], *, by: Any) -> None:
    """Keep what the parent said of their own classes."""
    mine = {hat.classroom.key: hat for hat in _hats(links.member) if hat.classroom}
    place_all({mine[key]: target for key, target in targets.items() if key in mine}, by=by)


def _links_of(member: Member) -> OwnLinks | None:
    try:
        rooms = load_rooms(member.school)
    except NotPrepared:
        return None
    said = {
        row.old_id: row
        for row in NextClass.objects.filter(membership=member.membership, kind=Hat.Kind.PARENT)
    }
    rows, settled = [], []
    for room in _classes(member):
        word = said.get(room.pk)
        new = rooms.by_id.get(word.classroom_id) if word and word.classroom_id else None
        if word is not None and word.by_school:
            settled.append(_settled(room, new))
            continue
        chosen = UNSAID if word is None else (new.key if new else LEAVES)
        label = gettext("You are in %(room)s today. Next year?") % {"room": room.name}
        rows.append(Row(room.key, label, _("I do not know yet"), chosen, leaves=_("We leave the school")))
    return OwnLinks(member, rooms, rows, settled)


def _hats(member: Member) -> list[Hat]:
    return [hat for hat in member.hats if hat.kind == Hat.Kind.PARENT and hat.classroom]


def _classes(member: Member) -> list[Classroom]:
    return [hat.classroom for hat in _hats(member) if hat.classroom]


def _settled(room: Classroom, new: Classroom | None) -> str:
    if new is None:
        return gettext("%(room)s: the school noted that you leave.") % {"room": room.name}
    return gettext("%(room)s: the school noted %(new)s.") % {"room": room.name, "new": new.name}
