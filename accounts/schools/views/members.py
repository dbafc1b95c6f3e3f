"""The people of a school by name: for the direction and *members* only."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from accounts.people.names import skeleton
from accounts.people.requests import SignedInRequest
from accounts.schools import policy
from accounts.schools.access import allow, member_of
from accounts.schools.member import Member
from accounts.schools.models import Classroom, Hat, Membership, School
from accounts.schools.views.pages import page
from accounts.schools.words import hats_in_words

PAGE = 50


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
    rooms = list(Classroom.objects.of_school(member.school).current())
    chosen = next((room for room in rooms if room.key == request.GET.get("classe")), None)
    found = Paginator(_found(member.school, q, chosen), PAGE)
    shown = found.get_page(request.GET.get("page"))
    context = {
        "q": q,
        "rows": _rows(slug, shown.object_list),
        "total": found.count,
        "classes": _choices(slug, rooms, chosen, q),
        "chosen": chosen,
        "kept": [{"name": "classe", "value": chosen.key}] if chosen else [],
        "pager": _pager(shown, q, chosen),
    }
    return page(request, member, "members", context, (gettext("Members and slips"), ""))


def member_by_key(school: School, key: str) -> Membership:
    """One person of the school with their hats in force; 404 for anybody else's key."""
    rows = Membership.objects.of_school(school).select_related("user", "school")
    return get_object_or_404(rows.prefetch_related(_hats_of(school)), key=key)


def _hats_of(school: School, attribute: str | None = None) -> Prefetch:
    """Hats that are worn today; a restriction takes none away here, or its absence would tell of it."""
    today = school.today()
    worn = Hat.objects.of_school(school).worn_on(today)
    return Prefetch("hats", worn.select_related("classroom", "mandate__parent_list"), to_attr=attribute)


def _found(school: School, q: str, room: Classroom | None) -> QuerySet[Membership]:
    rows = Membership.objects.of_school(school).present()
    if q:
        rows = rows.filter(Q(name__icontains=q) | Q(skeleton__contains=skeleton(q) or q))
    if room is not None:
        worn = Hat.objects.filter(classroom=room).worn_on(school.today())
        rows = rows.filter(pk__in=worn.values("membership"))
    return rows.prefetch_related(_hats_of(school, "worn"))


def _rows(slug: str, people: Iterable[Membership]) -> list[dict[str, Any]]:
    # The address of "member" is that of the list and a key: it is not asked fifty times.
    address = reverse("members", args=[slug])
    return [
        {
            "name": one.name,
            "url": f"{address}{one.key}/",
            "note": hats_in_words(one.worn) or gettext("No role today"),  # type: ignore[attr-defined]
        }
        for one in people
    ]


def _choices(slug: str, rooms: list[Classroom], chosen: Classroom | None, q: str) -> list[dict[str, Any]]:
    """The classes as a facet: a chosen one's address takes it off."""
    rows = []
    for room in rooms:
        is_chosen = chosen is not None and room.pk == chosen.pk
        query = _query(q, None if is_chosen else room)
        rows.append(
            {"label": room.name, "url": f"{reverse('members', args=[slug])}{query}", "chosen": is_chosen}
        )
    return rows


def _query(q: str, room: Classroom | None, number: int = 1) -> str:
    pairs = {"q": q, "classe": room.key if room else "", "page": str(number) if number > 1 else ""}
    text = urlencode({name: value for name, value in pairs.items() if value})
    return f"?{text}" if text else ""


def _pager(shown: Any, q: str, room: Classroom | None) -> dict[str, Any] | None:
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


def _step(shown: Any, number: int, words: str, q: str, room: Classroom | None) -> dict[str, str]:
    last = min(number * PAGE, shown.paginator.count)
    label = words % {"first": (number - 1) * PAGE + 1, "last": last}
    return {"url": _query(q, room, number) or "?", "label": label}
