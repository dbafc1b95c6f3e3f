"""The lines of the lists "who goes where", with what is known of each."""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.rollover import ladder
from accounts.rollover.actions.placing import LEAVES
from accounts.rollover.forms import UNSAID, Row
from accounts.rollover.ground import Rooms, running_hats, said_of
from accounts.schools.models import Classroom, Hat, Membership, School


def promotion_rows(rooms: Rooms, school: School) -> list[Row]:
    """One line a class of this year; what is not said yet is proposed."""
    rows = []
    for room in rooms.old:
        promotion = rooms.promotions.get(room.pk)
        if promotion is not None:
            chosen = promotion.new.key if promotion.new else LEAVES
        else:
            chosen = "" if rooms.promotions else ladder.proposal(room, school, rooms.coming)
        rows.append(Row(room.key, room.name, _("person by person"), chosen or UNSAID))
    return rows


def links_in(school: School, kind: str, old: Sequence[Classroom]) -> list[Hat]:
    """Links of this kind in these classes, of those who are in, with what was said of each."""
    rooms = {room.pk for room in old}
    return [
        hat
        for hat in running_hats(school, school.today(), kind)
        if hat.classroom_id in rooms and hat.membership.state == Membership.State.ACTIVE
    ]


def rows_of_links(links: Sequence[Hat], rooms: Rooms) -> list[Row]:
    """One line a link; the direction's own word is chosen, a parent's is told beside."""
    said = said_of(links, rooms)
    rows = []
    for hat in links:
        if hat.classroom is None:
            continue
        word = said.get((hat.membership_id, hat.kind, hat.classroom_id))
        chosen, hint = UNSAID, ""
        if word is not None and word.by_school:
            chosen = word.room.key if word.room else LEAVES
        elif word is not None:
            hint = _told(word.room)
        label = hat.membership.name
        if hat.kind == Hat.Kind.TEACHER:
            label = f"{label} ({hat.classroom.name})"
        rows.append(
            Row(f"{hat.membership.key}-{hat.classroom.key}", label, _unsaid(hat, rooms), chosen, hint)
        )
    return rows


def _told(room: Classroom | None) -> str:
    if room is None:
        return gettext("The parent said: we leave.")
    return gettext("The parent said: %(room)s.") % {"room": room.name}


def _unsaid(hat: Hat, rooms: Rooms) -> str:
    """The words of the choice that adds nothing: what the class does, unless a file or the parent said."""
    room = rooms.next_of(hat.classroom, hat.kind) if hat.classroom else None
    if hat.kind == Hat.Kind.TEACHER:
        return gettext("as now: %(room)s") % {"room": room.name} if room else gettext("not said yet")
    if hat.classroom_id in rooms.promotions:
        name = room.name if room else gettext("leaves the school")
        return gettext("as the class: %(room)s") % {"room": name}
    return gettext("not said yet")
