"""« Voir qui » : the members of a group under their hats, who runs it first; and no longer seeing one."""

import datetime
from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.people.requests import SignedInRequest
from accounts.schools.access import allow, members_of
from accounts.schools.member import Member
from accounts.schools.models import Hat
from exchanges.groups import actions, policy
from exchanges.groups.models import KINDS, Fold, Group, GroupMember, Reader, readers_page
from exchanges.groups.views.pages import address_of, group_page, joined_group, own
from foundation.prepared import Prepared

PAGE = 50


@require_safe
def members(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Name everybody who reads here; never how to reach them."""
    member, group = joined_group(request, slug, key, counted=False)
    number = _number(request.GET.get("page", "1"))
    start = (number - 1) * PAGE
    people = readers_page(group, member.today, start, start + PAGE + 1)
    context: dict[str, Any] = {
        "rows": _rows(member, group, people[:PAGE], get_token(request)),
        "previous": f"?page={number - 1}" if number > 1 else "",
        "next": f"?page={number + 1}" if len(people) > PAGE else "",
    }
    if people:
        context["readers"] = people[0].readers
    return group_page(request, member, group, "members", context, (gettext("Who can read here"), ""))


@require_POST
def fold(request: SignedInRequest, slug: str, key: str, person: str) -> HttpResponse:
    """Fold what somebody of the group writes, for me; they are never told."""
    member, group = joined_group(request, slug, key)
    allow(policy.can_fold(member))
    seat = get_object_or_404(
        GroupMember.objects.readers(group, member.today).select_related("membership"),
        membership__key=person,
    )
    if seat.membership_id != own(member).pk:
        actions.fold(own(member), seat.membership)
        messages.success(
            request,
            gettext("The messages of %(name)s are folded for you. They are not told. You may undo it here.")
            % {"name": seat.membership.name},
        )
    return redirect("folded_people")


@require_http_methods(["GET", "HEAD", "POST"])
def folded_people(request: SignedInRequest) -> HttpResponse:
    """Those whose messages I no longer see, in all my schools; a POST shows one again."""
    mine = [member.membership.pk for member in members_of(request.user) if member.membership]
    folds = Fold.objects.filter(person__in=mine).select_related("person__school", "other")
    if request.method == "POST":
        found = get_object_or_404(folds, other__key=request.POST.get("person", ""))
        actions.unfold(found.person, found.other)
        messages.success(
            request, gettext("You see the messages of %(name)s again.") % {"name": found.other.name}
        )
        return redirect("folded_people")
    rows = [{"key": row.other.key, "name": row.other.name, "school": row.person.school.name} for row in folds]
    return render(request, "exchanges/groups/folded.html", {"rows": rows})


def _rows(member: Member, group: Group, people: list[Reader], token: str) -> list[dict[str, Any]]:
    """One a person, as the tag shaped takes it: name, role, and where to no longer see them."""
    kinds: dict[int, list[str]] = defaultdict(list)
    shown, room = _shown(group), group.classroom_id
    worn = _WORN.rows(people=[one.membership for one in people], day=member.today)
    for person, kind, of_class in worn:
        if kind in shown and of_class in (None, room or of_class):
            kinds[person].append(kind)
    mine = own(member).pk
    base = address_of(group, "group_members")
    # Escaped once, not for each of fifty rows.
    token = escape(token)
    hats = {wears: escape(_in_words(wears)) for wears in {(), *map(tuple, kinds.values())}}
    return [
        {
            "name": one.name,
            "runs": one.runs,
            "hat": hats[tuple(kinds[one.membership])],
            "is_me": one.membership == mine,
            "fold": f"{base}{one.key}/masquer/",
            "token": token,
        }
        for one in people
    ]


def _in_words(kinds: tuple[str, ...]) -> str:
    """« Parent, enseignant »: each hat once."""
    return capfirst(", ".join(dict.fromkeys(str(Hat.Kind(kind).label) for kind in kinds)))


def _worn(people: list[int], day: datetime.date) -> QuerySet[Hat, Any]:
    worn = Hat.objects.filter(membership__in=people).worn_on(day).unbarred(day)
    return worn.values_list("membership", "kind", "classroom")


_WORN = Prepared(_worn, people=list, day=datetime.date)


def _shown(group: Group) -> tuple[str, ...]:
    """Hats that this circle knows; the titles too, by which some of the direction read elsewhere."""
    return (*KINDS[group.circle], *Hat.TITLES)


def _number(asked: str) -> int:
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 6 else 1
