"""The groups of a school that a person may know of: theirs first."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from accounts.people.requests import SignedInRequest
from accounts.people.shut_past import in_words
from accounts.schools.access import allow, member_of
from accounts.schools.member import Member
from exchanges.groups import policy
from exchanges.groups.models import (
    Circle,
    Group,
    JoinRequest,
    groups_known,
    in_circle,
    readers_by_group,
)
from exchanges.groups.views.pages import crumbs, whose_of
from exchanges.groups.words import joining_in_words, language_in_words
from foundation.prepared import Prepared

State = Group.State


@require_safe
def groups(
    request: SignedInRequest,
    slug: str,
    fresh: Callable[[Member], frozenset[int]] = lambda member: frozenset(),
) -> HttpResponse:
    """List my groups, those I am asked into, those I can join; asleep and archived apart.

    `fresh` answers the ids of those with something that the person has not read.
    """
    member = member_of(request, slug)
    allow(policy.can_see_groups(member))
    rows, runs_one = _rows(member, fresh(member))
    context = {
        "school": member.school,
        "sections": [{"id": name, "title": title, "rows": rows[name]} for name, title in _sections()],
        "is_empty": not any(rows.values()),
        "opens": any(policy.can_open(member, circle) for circle in Circle.values),
        "suggests": policy.can_suggest(member),
        "runs_one": runs_one,
        "back_on": "" if member.opens_past or member.seen_as else in_words(request.user),
        "crumbs": [*crumbs(member.school)[:1], {"label": gettext("Groups"), "url": ""}],
    }
    return render(request, "exchanges/groups/groups.html", context)


def _rows(member: Member, new: frozenset[int]) -> tuple[dict[str, list[dict[str, Any]]], bool]:
    """The entries of each section, and whether the person runs a group."""
    found, readers, asked = groups_known(member), readers_by_group(member), _asked(member)
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name, _title in _sections()}
    runs_one, base = False, reverse("groups", args=[member.school.slug])
    for group in found:
        reads = policy.can_read(member, group)
        runs = reads and policy.can_facilitate(member, group)
        runs_one = runs_one or runs
        row = _row(group, readers.get(group.pk, 0), reads, group.pk in asked, group.pk in new)
        row["url"] = f"{base}{group.key}/{'' if reads else 'presentation/'}"
        rows[_section(member, group, reads)].append(row)
    return rows, runs_one


def _sections() -> tuple[tuple[str, str], ...]:
    return (
        ("mine", gettext("My groups")),
        ("invited", gettext("You are invited")),
        ("suggested", gettext("Suggested by the direction")),
        ("others", gettext("Groups you can join")),
        ("known", gettext("The other groups of the school")),
        ("asleep", gettext("Asleep")),
        ("archived", gettext("Archived")),
    )


def _section(member: Member, group: Group, reads: bool) -> str:
    """Where a group stands in the list."""
    if group.state in (State.SUGGESTED, State.ARCHIVED):
        return "suggested" if group.state == State.SUGGESTED else "archived"
    if group.state == State.SLEEPING:
        return "asleep"
    if reads:
        return "mine"
    if not in_circle(member, group.circle, group.classroom_id):
        return "known"
    if group.is_invited:
        return "invited"
    return "known" if group.joining == Group.Joining.INVITATION else "others"


def _row(group: Group, readers: int, reads: bool, is_asked: bool, is_new: bool) -> dict[str, Any]:
    """An entry, as the tag shaped takes it; of what is new only to whoever reads there."""
    seat = group.seat if reads else None
    whose, *room = whose_of(group)
    words = ""
    if seat and seat.is_facilitator:
        words = gettext("You run it")
    elif is_asked:
        words = gettext("You have asked to join")
    elif seat is None and group.state != State.SUGGESTED:
        words = joining_in_words(group)
    return {
        "title": group.name,
        "tongue": group.tongue,
        "is_new": bool(seat) and is_new,
        "whose": whose,
        "room": "".join(room),
        "language": language_in_words(group),
        "summary": group.purpose,
        "members": _members(group, readers),
        "words": words,
    }


def _members(group: Group, readers: int) -> str:
    if group.state == State.SUGGESTED:
        return gettext("It begins when a parent takes it on.")
    return ngettext("%(count)d member", "%(count)d members", readers) % {"count": readers}


def _asked(member: Member) -> frozenset[int]:
    if member.membership is None:
        return frozenset()
    return frozenset(group for (group,) in _ASKED.rows(own=member.membership.pk))


def _open_requests(own: int) -> QuerySet[JoinRequest, Any]:
    return JoinRequest.objects.filter(membership=own, outcome="").order_by().values_list("group")


_ASKED = Prepared(_open_requests, own=int)
