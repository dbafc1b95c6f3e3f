"""The groups of a school that a person may know of: theirs first."""

from collections.abc import Callable
from functools import cache
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
    whose_group,
)
from exchanges.groups.views.pages import crumbs, room_of
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
    runs_one, base, entries = False, reverse("groups", args=[member.school.slug]), _Entries()
    for group in found:
        reads = policy.can_read(member, group)
        runs = reads and policy.can_facilitate(member, group)
        runs_one = runs_one or runs
        row = entries.entry(group, readers.get(group.pk, 0), reads, group.pk in asked, group.pk in new)
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


class _Entries:
    """Entries as the tag shaped takes them; what the groups of a page have in common is said once."""

    def __init__(self) -> None:
        self.runs, self.asked = gettext("You run it"), gettext("You have asked to join")
        self.suggested = gettext("It begins when a parent takes it on.")
        self.whose, self.room = cache(whose_group), cache(room_of)
        self.joining, self.language = cache(joining_in_words), cache(language_in_words)
        self.members = cache(_members)

    def entry(self, group: Group, readers: int, reads: bool, is_asked: bool, is_new: bool) -> dict[str, Any]:
        """What is new is said only to whoever reads there."""
        seat = group.seat if reads else None
        is_suggested = group.state == State.SUGGESTED
        words = ""
        if seat and seat.is_facilitator:
            words = self.runs
        elif is_asked:
            words = self.asked
        elif seat is None and not is_suggested:
            words = self.joining(group.joining)
        return {
            "title": group.name,
            "tongue": group.tongue,
            "is_new": bool(seat) and is_new,
            "whose": self.whose(group.circle),
            "room": self.room(group.classroom.name) if group.classroom else "",
            "language": self.language(group.language),
            "summary": group.purpose,
            "members": self.suggested if is_suggested else self.members(readers),
            "words": words,
        }


def _members(readers: int) -> str:
    return ngettext("%(count)d member", "%(count)d members", readers) % {"count": readers}


def _asked(member: Member) -> frozenset[int]:
    if member.membership is None:
        return frozenset()
    return frozenset(group for (group,) in _ASKED.rows(own=member.membership.pk))


def _open_requests(own: int) -> QuerySet[JoinRequest, Any]:
    return JoinRequest.objects.filter(membership=own, outcome="").order_by().values_list("group")


_ASKED = Prepared(_open_requests, own=int)
