"""The home of a member in their school: the label, what concerns them, the library's choice, the doors."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language, gettext

from accounts.schools.member import Member
from accounts.schools.models import Hat, Mandate
from exchanges.groups.policy import can_see_groups
from portal.home.addresses import address
from portal.home.concerns import Concerned, concerns_of
from portal.home.doors import doors
from portal.home.front import facts_in_html, over_line
from portal.home.readings import shelf
from portal.home.told import fresh, own_groups
from resources.catalogue.snapshot import library

SEVERAL = 2
# Of one school, on the page that shows them all.
MOST_ON_NEWS = 50
# Nobody's home says it: the director's hat on a parent is not what brings them here.
FIRST = (Hat.Kind.DIRECTOR, Hat.Kind.INTERIM, Hat.Kind.DEPUTY, Hat.Kind.SECRETARY, Hat.Kind.TEACHER)


def home_page(request: HttpRequest, member: Member) -> dict[str, Any]:
    """Context of portal/school_home.html."""
    mine = concerns_of(request, [member])[member.school.pk]
    found = mine.concerns
    return {
        "school": member.school,
        "member": member,
        "label": label(member),
        "concerns": found,
        "hint": _hint(mine.total),
        "all_url": address("whats_new") if mine.total > len(found) else "",
        "groups": own_groups(mine.news, member),
        "shelf": shelf(member, library(request)),
        "is_family": bool(member.classes("parent", "proche")),
        "doors": doors(member, facilitates=mine.news.facilitates),
        "facts": facts_in_html(member.school),
        "name_lang": _name_lang(),
    }


def news_page(request: HttpRequest, members: Sequence[Member]) -> dict[str, Any]:
    """Context of portal/whats_new.html: each school with what concerns the person there."""
    found = concerns_of(request, members, most=MOST_ON_NEWS)
    rows = [_news_row(member, found[member.school.pk]) for member in members]
    return {"rows": rows, "name_lang": _name_lang()}


def _news_row(member: Member, mine: Concerned) -> dict[str, Any]:
    seen = can_see_groups(member)
    return {
        "name": member.school.name,
        "url": member.school.get_absolute_url(),
        "line": _line(member, _rooms(member)),
        "concerns": [*mine.concerns, *fresh(mine.news, member)],
        "groups_url": address("groups", member) if seen else "",
    }


def label(member: Member) -> dict[str, Any]:
    """The sticker: over, and the rows Vous êtes and Classes; `line` is both on one line."""
    name = member.membership.name if member.membership else ""
    parts = hats_in_words(member)
    rooms = _rooms(member)
    who = gettext(", ").join(part for part in (name, *parts) if part)
    rows = [{"term": gettext("You are"), "text": who}]
    if rooms:
        term = gettext("Classes") if len(rooms) > 1 else gettext("Class")
        rows.append({"term": term, "text": gettext(", ").join(rooms)})
    rows.append({"term": gettext("This page"), "text": gettext("for you alone")})
    return {"over": over_line(member.school), "rows": rows, "line": _line(member, rooms)}


def _line(member: Member, rooms: list[str]) -> str:
    """« Parent · CP A, CE2 »: hats and classes on one line."""
    short = gettext(", ").join(hats_in_words(member, with_lists=False))
    line = " · ".join(part for part in (short, gettext(", ").join(rooms)) if part)
    return line[:1].upper() + line[1:]


def hats_in_words(member: Member, *, with_lists: bool = True) -> list[str]:
    """["parent", "elected parent (Liste Les Tilleuls)"]: each hat once, the school's own people first."""
    if member.is_pending:
        return [gettext("waiting to be let in")]
    kinds = list(dict.fromkeys(hat.kind for hat in member.hats))
    kinds.sort(key=lambda kind: (kind not in FIRST, kind != Hat.Kind.ELECTED))
    return [_in_words(kind, member.mandates if with_lists else ()) for kind in kinds]


def _in_words(kind: str, mandates: tuple[Mandate, ...]) -> str:
    word = str(Hat.Kind(kind).label)
    lists = [mandate.parent_list.name for mandate in mandates if mandate.parent_list]
    if kind == Hat.Kind.ELECTED and lists:
        return gettext("%(hat)s (%(list)s)") % {"hat": word, "list": lists[0]}
    return word


def _rooms(member: Member) -> list[str]:
    """Classes of the hats, in the school's order, each once, never broken at the end of a line."""
    rooms = {hat.classroom_id: hat.classroom for hat in member.hats if hat.classroom}
    ordered = sorted(rooms.values(), key=lambda room: (room.position, room.name))
    return [room.name.replace(" ", "\u00a0") for room in ordered]


def _name_lang() -> str:
    """The language of what the school wrote, where the page is in another."""
    return "fr" if get_language() != "fr" else ""


def _hint(count: int) -> str:
    if not count:
        return gettext("Nothing to answer for now.")
    if count < SEVERAL:
        return gettext("One thing.")
    return gettext("%(count)d things, the most pressing first.") % {"count": count}
