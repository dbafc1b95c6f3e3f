"""The card of a group: what one knows before joining, and the ways in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.people.requests import SignedInRequest
from accounts.schools.access import allow, allow_writing, member_of
from accounts.schools.member import Member
from exchanges.groups import actions, policy
from exchanges.groups.errors import GroupError
from exchanges.groups.models import Group, GroupInvitation, JoinRequest, facilitators_of
from exchanges.groups.views.pages import address_of, group_page, known_group, own
from exchanges.groups.words import STATES, day_of, joining_in_words, language_in_words, paused_in_words


@require_safe
def card(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Name, purpose, charter, who runs it, how many members; and the button that fits."""
    member, group = known_group(request, slug, key)
    return _card(request, member, group, address_of(group, "join_group"))


@require_POST
def join(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Accept the charter, ask, take on, take a request back or say no, by the button pressed."""
    member, group = known_group(request, slug, key)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    return _done(request, member, group, act)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """The address that facilitators hand round: the card, for members of the circle only."""
    member = member_of(request, slug)
    groups = Group.objects.of_school(member.school).with_seat(member).select_related("classroom")
    group = get_object_or_404(groups, invite_key=key)
    group.school = member.school
    if not (policy.can_read(member, group) or policy.can_join_by_address(member, group)):
        raise Http404
    if request.method == "POST":
        return _done(request, member, group, _join_by_address)
    return _card(request, member, group, request.path, by_address=True)


def _card(
    request: SignedInRequest, member: Member, group: Group, action: str, *, by_address: bool = False
) -> HttpResponse:
    way, in_group = _way(member, group, by_address), address_of(group)
    context = {
        "action": action,
        "charter": mark_safe(group.charter_html),
        "way": way,
        "state": STATES.get(Group.State(group.state), ""),
        "notes": [
            note for note in (joining_in_words(group.joining), language_in_words(group.language)) if note
        ],
        "paused": paused_in_words(group),
        "in_group": in_group,
        "waits": joining_waits(group),
        "beside": [_beside(member, group, in_group, reads=way == "member")],
    }
    if group.state == Group.State.SUGGESTED:
        context["until"] = day_of(group.created + Group.SUGGESTION, group.school)
    return group_page(request, member, group, "card", context)


def _beside(member: Member, group: Group, in_group: str, *, reads: bool) -> dict[str, Any]:
    """What stands beside the charter, as the tag shaped takes it."""
    people = facilitators_of(group, member.today)
    return {
        "facilitators": format_html_join(
            "", "<li><bdi>{}</bdi></li>", ((seat.membership.name,) for seat in people)
        ),
        "reads": reads,
        "runs": group.seat is not None and group.seat.is_facilitator,
        "base": in_group,
    }


def joining_waits(group: Group) -> str:
    """What somebody who asks is told of the time it takes."""
    if group.joining == Group.Joining.INVITATION:
        return ""
    if group.was_removed:
        return gettext("The people who run the group answer your request.")
    return gettext("The people who run the group answer within three days. Without an answer, you are in.")


def _way(member: Member, group: Group, by_address: bool) -> str:
    """Which button the card bears: "member", "join", "ask", "asked", "take_on" or none."""
    if policy.can_read(member, group):
        return "member"
    if policy.can_take_on(member, group):
        return "take_on"
    if by_address or policy.can_join(member, group):
        return "join"
    if not policy.can_ask_to_join(member, group):
        return ""
    mine = JoinRequest.objects.filter(group=group, membership=member.membership, outcome="")
    return "asked" if mine.exists() else "ask"


def _done(request: SignedInRequest, member: Member, group: Group, act: Any) -> HttpResponse:
    """Do it, unless it is done already: by another tab, or by somebody else."""
    if policy.can_read(member, group):
        return redirect(address_of(group))
    if act in (_join, _join_by_address, _ask) and request.POST.get("edition") != str(group.charter_edition):
        messages.warning(
            request, gettext("The charter has just changed. Read it again before you accept it.")
        )
        return redirect(request.path if act is _join_by_address else address_of(group, "group_card"))
    try:
        words = act(request, member, group)
    except GroupError as error:
        messages.warning(request, str(error))
        return redirect("groups", group.school.slug)
    if words:
        messages.success(request, words)
    inside = act in (_join, _join_by_address, _take_on)
    if inside:
        return redirect(address_of(group))
    return redirect("groups", group.school.slug)


def _join(request: SignedInRequest, member: Member, group: Group) -> str:
    allow(policy.can_join(member, group))
    return _joined(request, member, group)


def _join_by_address(request: SignedInRequest, member: Member, group: Group) -> str:
    return _joined(request, member, group)


def _joined(request: SignedInRequest, member: Member, group: Group) -> str:
    actions.join(member, group)
    return gettext("You are a member of the group.")


def _ask(request: SignedInRequest, member: Member, group: Group) -> str:
    allow(policy.can_ask_to_join(member, group))
    actions.ask_to_join(member, group)
    return gettext("Your request is sent to the people who run the group.")


def _take_on(request: SignedInRequest, member: Member, group: Group) -> str:
    if group.state == Group.State.SUGGESTED:
        allow_writing(member)
        allow(policy.can_take_on(member, group))
    actions.take_on(member, group)
    return gettext("The group is open, and you run it. The first line is yours.")


def _take_back(request: SignedInRequest, member: Member, group: Group) -> str:
    return gettext("You no longer ask to join.") if actions.take_request_back(member, group) else ""


def _decline(request: SignedInRequest, member: Member, group: Group) -> str:
    asked = GroupInvitation.objects.filter(group=group, membership=own(member), declined__isnull=True).first()
    if asked is None:
        return ""
    actions.decline(asked)
    return gettext("You said no. Nobody is told.")


_ACTS = {"join": _join, "ask": _ask, "take_on": _take_on, "back": _take_back, "decline": _decline}
