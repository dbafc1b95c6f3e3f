"""What the pages of groups have in common: whose they are, the way back, who can read."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from accounts.people.requests import SignedInRequest
from accounts.schools.access import member_of
from accounts.schools.member import Member
from accounts.schools.models import Membership, School
from exchanges.groups import policy
from exchanges.groups.models import (
    Group,
    GroupMember,
    group_uncounted,
    group_with_seat,
    who_can_read,
    whose_group,
)

Step = tuple[str, str]


def known_group(request: SignedInRequest, slug: str, key: str) -> tuple[Member, Group]:
    """The person and a group whose card they may see; 404 for what is not there for them."""
    member = member_of(request, slug)
    group = group_with_seat(member, key)
    if group is None or not policy.can_know(member, group):
        raise Http404
    return member, group


def joined_group(
    request: SignedInRequest, slug: str, key: str, *, counted: bool = True
) -> tuple[Member, Group]:
    """The person and a group they read; 404 for any other, that they see its card or not.

    Its readers are not counted for a page that lists them, or that does not say how many they are.
    """
    member = member_of(request, slug)
    group = group_with_seat(member, key) if counted else group_uncounted(member, key)
    if group is None or not policy.can_read(member, group):
        raise Http404
    return member, group


def own(member: Member) -> Membership:
    """The membership of somebody whom a policy allowed to act: nobody does while looking as a parent."""
    if member.membership is None:
        raise ValueError("no act while looking as a parent")
    return member.membership


def address_of(group: Group, name: str = "") -> str:
    """The group's discussions, or one of its pages by the name of its address."""
    if name:
        return reverse(name, args=[group.school.slug, group.key])
    return f"{reverse('groups', args=[group.school.slug])}{group.key}/"


def crumbs(school: School, *steps: Step) -> list[dict[str, str]]:
    """From the school through its groups to this page; a step is (label, address)."""
    home = {"label": school.name, "url": school.get_absolute_url()}
    groups = {"label": gettext("Groups"), "url": reverse("groups", args=[school.slug])}
    return [home, groups, *({"label": label, "url": url} for label, url in steps)]


def group_page(
    request: HttpRequest, member: Member, group: Group, name: str, context: dict[str, Any], *steps: Step
) -> HttpResponse:
    """Render templates/exchanges/groups/<name>.html of one group, with who can read there.

    `context` may say how many `readers` they are: else they are counted, if the group does not know.
    """
    reads = policy.can_read(member, group)
    way = [(group.name, address_of(group, "" if reads else "group_card")), *steps] if steps else []
    shared = {
        "school": member.school,
        "member": member,
        "group": group,
        "whose": whose_of(group),
        "readers": (count := context.get("readers") or _readers(member, group)),
        "reads": who_can_read(group, count),
        "see": address_of(group, "group_members") if reads else "",
        "crumbs": crumbs(member.school, *(way or [(group.name, "")])),
    }
    return render(request, f"exchanges/groups/{name}.html", shared | context)


def whose_of(group: Group) -> list[str]:
    """Whose group, and of which class: the first items of its margin note."""
    return [whose_group(group.circle), *([room_of(group.classroom.name)] if group.classroom else [])]


def room_of(name: str) -> str:
    """The name of a class, never broken at the end of a line."""
    return name.replace(" ", "\u00a0")


def _readers(member: Member, group: Group) -> int:
    """How many read the group: known where it was found by its key."""
    known: int | None = group.__dict__.get("readers")
    return GroupMember.objects.readers(group, member.today).count() if known is None else known
