"""A plan in plain words: links, and adults; never a pupil."""

from collections import Counter
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from accounts.rollover.plan import Kind, Move, Plan
from accounts.schools.models import Classroom, Hat


@dataclass
class Part:
    """Sentences under one heading of the margin, with the page where one changes them."""

    name: str
    lines: list[str] = field(default_factory=list)
    url: str = ""
    link: str = ""
    state: str = ""


def in_words(plan: Plan) -> list[Part]:
    """Return the dry run, part by part; parts without a line are left out."""
    parts = [_up(plan), _leaving(plan), _unplaced(plan), _teachers(plan), _ending(plan), _papers(plan)]
    parts.append(_restrictions(plan))
    return [part for part in parts if part.lines]


def _up(plan: Plan) -> Part:
    lines = [
        ngettext("%(count)s link goes up to %(room)s.", "%(count)s links go up to %(room)s.", count)
        % {"count": count, "room": _whole(room)}
        for room, count in _by_room(plan, Kind.PARENT)
    ]
    return Part(gettext("Goes up"), lines)


def _leaving(plan: Plan) -> Part:
    lost = {move.hat.membership_id for move in plan.unplaced}
    leavers = [person for person in plan.leavers if person.pk not in lost]
    proches = _proches(plan)
    leavers = [person for person in leavers if person.pk not in proches]
    part = Part(gettext("Leaves"))
    if leavers:
        words = ngettext("%(count)s person leaves.", "%(count)s people leave.", len(leavers))
        part.lines.append(words % {"count": len(leavers)})
        part.lines.append(gettext("They keep the library, and lose the pages of the school."))
    return part


def _unplaced(plan: Plan) -> Part:
    links = [move for move in plan.unplaced if move.hat.kind == Kind.PARENT]
    part = Part(gettext("Without a class"), state="alert")
    if not links:
        return part
    words = ngettext("%(count)s link without a class.", "%(count)s links without a class.", len(links))
    part.lines.append(words % {"count": len(links)})
    part.lines.append(_where(links))
    part.lines.append(gettext("Who has no class next year leaves the school. Say where they go first."))
    part.url = reverse("rollover_promotions", args=[plan.school.slug])
    part.link = gettext("Say where they go")
    return part


def _whole(room: Classroom) -> str:
    """Its name, never broken at the end of a line."""
    return room.name.replace(" ", "\u00a0")


def _where(links: list[Move]) -> str:
    counts = Counter(_whole(move.hat.classroom) for move in links if move.hat.classroom)
    return gettext("Today in: %(classes)s.") % {
        "classes": ", ".join(f"{name}\u00a0({count})" for name, count in counts.items())
    }


def _teachers(plan: Plan) -> Part:
    part = Part(
        gettext("Teachers"),
        url=reverse("rollover_teachers", args=[plan.school.slug]),
        link=gettext("Change where teachers go"),
    )
    part.lines = [
        ngettext("%(count)s teacher in %(room)s.", "%(count)s teachers in %(room)s.", count)
        % {"count": count, "room": _whole(room)}
        for room, count in _by_room(plan, Kind.TEACHER)
    ]
    lost = [move for move in plan.unplaced if move.hat.kind == Kind.TEACHER]
    if lost:
        words = ngettext(
            "%(count)s teacher without a class.", "%(count)s teachers without a class.", len(lost)
        )
        part.lines.append(words % {"count": len(lost)})
        part.lines.append(_where(lost))
        part.state = "alert"
    return part


def _ending(plan: Plan) -> Part:
    ending = Counter(hat.kind for hat in plan.ending)
    mandates, proches = ending[Kind.ELECTED], ending[Kind.PROCHE]
    titles = sum(ending[kind] for kind in Hat.TITLES)
    helpers, relays = ending[Kind.HELPER], ending[Kind.RELAY]
    lapsed, untitled = len(plan.lapsed), len(plan.untitled)
    lines = [
        (mandates, ngettext("%(count)s mandate ends.", "%(count)s mandates end.", mandates)),
        (titles, ngettext("%(count)s title ends.", "%(count)s titles end.", titles)),
        (helpers, ngettext("%(count)s helper stops.", "%(count)s helpers stop.", helpers)),
        (relays, ngettext("%(count)s relay stops.", "%(count)s relays stop.", relays)),
        (
            proches,
            ngettext(
                "%(count)s close relation’s link ends.", "%(count)s close relations’ links end.", proches
            ),
        ),
        (
            lapsed,
            ngettext("%(count)s request to come in lapses.", "%(count)s requests to come in lapse.", lapsed),
        ),
        (
            untitled,
            ngettext(
                "%(count)s person had a title only: give it again after.",
                "%(count)s people had a title only: give it again after.",
                untitled,
            ),
        ),
    ]
    return Part(gettext("Ends"), _said(lines))


def _papers(plan: Plan) -> Part:
    follow = sum(bool(each.gains) or each.paper_stays for each in plan.awaited)
    new_paper = sum(bool(each.gains) for each in plan.awaited)
    lost = len(plan.awaited) - follow
    lines = [
        (
            follow,
            ngettext(
                "%(count)s person not in yet is awaited in the next class.",
                "%(count)s people not in yet are awaited in the next class.",
                follow,
            ),
        ),
        (new_paper, gettext("Their slips end: print new ones after.")),
        (
            lost,
            ngettext(
                "%(count)s person not in yet has no class: awaited no more.",
                "%(count)s people not in yet have no class: awaited no more.",
                lost,
            ),
        ),
    ]
    return Part(gettext("Papers"), [gettext("The class codes of this year end."), *_said(lines)])


def _restrictions(plan: Plan) -> Part:
    count = len(plan.restrictions)
    words = ngettext(
        "%(count)s restriction follows into the next class.",
        "%(count)s restrictions follow into the next class.",
        count,
    )
    lines = [(count, words), (count, gettext("Only the direction reads this line."))]
    return Part(gettext("Court decisions"), _said(lines))


def _said(lines: list[tuple[int, str]]) -> list[str]:
    """The sentences that have something to say, with their number."""
    return [words % {"count": count} for count, words in lines if count]


def _by_room(plan: Plan, kind: str) -> list[tuple[Classroom, int]]:
    """Links of this kind in each class of next year, in the order of the classes."""
    counts = Counter(room.pk for _person, of, room in plan.gained if of == kind)
    counts += Counter(hat.classroom_id for hat in plan.filed if hat.kind == kind and hat.classroom_id)
    return [(room, counts[room.pk]) for room in plan.rooms.coming if counts[room.pk]]


def _proches(plan: Plan) -> set[int]:
    """Those who were here as a close relation alone: told apart."""
    others = {hat.membership_id for hat in plan.ending if hat.kind != Kind.PROCHE and _is_link(hat)}
    return {hat.membership_id for hat in plan.ending if hat.kind == Kind.PROCHE} - others


def _is_link(hat: Hat) -> bool:
    return hat.kind in (Kind.PARENT, Kind.TEACHER)
