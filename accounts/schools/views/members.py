"""The people of a school by name: for the direction and *members* only."""

import datetime
from collections import defaultdict
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from accounts.people.requests import SignedInRequest
from accounts.schools import policy
from accounts.schools.access import allow, member_of
from accounts.schools.member import Member
from accounts.schools.models import Classroom, Hat, Membership, School
from accounts.schools.models.members import MembershipQuerySet
from accounts.schools.models.school import address_in
from accounts.schools.readers import count_keepers
from accounts.schools.views.pages import page
from accounts.schools.words import roles_in_words
from foundation.prepared import Prepared

PAGE = 50
DOORS = ("members", "slips", "not_joined", "waiting_list", "import_families", "reach")
# A class as the page needs it: {pk, key, name}.
Room = dict[str, Any]


def keeper(request: SignedInRequest, slug: str) -> Member:
    """The person, who must have *members* or lead the school."""
    member = member_of(request, slug)
    allow(policy.can_manage_members(member) or policy.can_give_hats(member))
    return member


@require_safe
def members(request: SignedInRequest, slug: str) -> HttpResponse:
    """List people by name, found by a part of it or by class."""
    member = keeper(request, slug)
    q = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:80]
    rooms = _ROOMS.rows(school=member.school.pk)
    chosen = next((room for room in rooms if room["key"] == request.GET.get("classe")), None)
    shown = _shown(member.school, q, chosen, request.GET.get("page", "1"))
    context = {
        "doors": {name: address_in(name, slug) for name in DOORS},
        "q": q,
        "readers": count_keepers(member.school),
        "rows": _rows(slug, member.school, list(shown.object_list)),
        "total": shown.paginator.count,
        "classes": _choices(slug, rooms, chosen, q),
        "chosen": chosen,
        "kept": [{"name": "classe", "value": chosen["key"]}] if chosen else [],
        "pager": _pager(shown, q, chosen),
    }
    return page(request, member, "members", context, (gettext("Members and slips"), ""))


def member_by_key(school: School, key: str) -> Membership:
    """One person of the school with their hats in force, decisions or not; 404 for anybody else's key."""
    rows = Membership.objects.of_school(school).select_related("user", "school")
    worn = Hat.objects.of_school(school).worn_on(school.today())
    hats = Prefetch("hats", worn.select_related("classroom", "mandate__parent_list"))
    return get_object_or_404(rows.prefetch_related(hats), key=key)


def _found(school: School, q: str, room: Room | None) -> MembershipQuerySet:
    rows = Membership.objects.of_school(school).present()
    if q:
        rows = rows.called(q)
    if room is not None:
        rows = rows.of_class(room["pk"], school.today())
    return rows


def _some(found: MembershipQuerySet, number: int) -> Any:
    """One page of it, of (pk, name, key, how many there are in all)."""
    rows = found.counted().values_list("pk", "name", "key", "total")
    return rows[(number - 1) * PAGE : number * PAGE]


@lru_cache(64)
def _everybody(number: int) -> Prepared:
    """A page of the whole list, which is asked for most."""
    return Prepared(lambda school: _some(_found(School(pk=school), "", None), number), school=int)


def _shown(school: School, q: str, room: Room | None, asked: str) -> Page:
    """The page asked for, of (pk, name, key, …); its rows and how many there are in all by one query.

    Beyond the last page, or without anybody, as the paginator does: by more.
    """
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 0
    rows = []
    if number and (q or room):
        rows = list(_some(_found(school, q, room), number))
    elif number:
        rows = _everybody(number).rows(school=school.pk)
    whole = Paginator(rows or _found(school, q, room).values_list("pk", "name", "key"), PAGE)
    if rows:
        whole.__dict__["count"] = rows[0][-1]
        return Page(rows, number, whole)
    return whole.get_page(asked)


def _rows(slug: str, school: School, people: list[tuple]) -> list[dict[str, Any]]:
    """Hats are those worn today; a restriction takes none away here, or its absence would tell of it."""
    worn: dict[int, list[tuple]] = defaultdict(list)
    for membership, *hat in _HATS.rows(people=[one[0] for one in people], day=school.today()):
        worn[membership].append(tuple(hat))
    # The address of "member" is that of the list and a key: it is not asked fifty times.
    address, none = address_in("members", slug), gettext("No role today")
    in_words = cache(lambda *hats: roles_in_words(hats) or none)
    return [
        {"name": name, "url": f"{address}{key}/", "note": in_words(*worn[membership])}
        for membership, name, key, *_total in people
    ]


def _hats(people: list[int], day: datetime.date) -> Any:
    rows = Hat.objects.filter(membership__in=people).worn_on(day)
    return rows.values_list("membership", "kind", "classroom__name", "mandate__parent_list__name")


def _rooms(school: int) -> Any:
    return Classroom.objects.of_school(school).current().values("pk", "key", "name")


_HATS = Prepared(_hats, people=list, day=datetime.date)
_ROOMS = Prepared(_rooms, school=int)


def _choices(slug: str, rooms: list[Room], chosen: Room | None, q: str) -> list[dict[str, Any]]:
    """The classes as a facet: a chosen one's address takes it off."""
    address = address_in("members", slug)
    return [
        {
            "label": room["name"],
            "url": f"{address}{_query(q, None if room is chosen else room)}",
            "chosen": room is chosen,
        }
        for room in rooms
    ]


def _query(q: str, room: Room | None, number: int = 1) -> str:
    pairs = {"q": q, "classe": room["key"] if room else "", "page": str(number) if number > 1 else ""}
    text = urlencode({name: value for name, value in pairs.items() if value})
    return f"?{text}" if text else ""


def _pager(shown: Any, q: str, room: Room | None) -> dict[str, Any] | None:
    if shown.paginator.num_pages < 2:
        return None
    pager: dict[str, Any] = {"number": shown.number, "total": shown.paginator.num_pages}
    if shown.has_previous():
        number = shown.previous_page_number()
        pager["previous"] = _step(shown, number, gettext("Previous page: %(first)d to %(last)d"), q, room)
    if shown.has_next():
        number = shown.next_page_number()
        pager["next"] = _step(shown, number, gettext("Next page: %(first)d to %(last)d"), q, room)
    return pager


def _step(shown: Any, number: int, words: str, q: str, room: Room | None) -> dict[str, str]:
    last = min(number * PAGE, shown.paginator.count)
    label = words % {"first": (number - 1) * PAGE + 1, "last": last}
    return {"url": _query(q, room, number) or "?", "label": label}
