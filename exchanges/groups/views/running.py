"""What those who run a group do: settings, people, requests, invitations, a pause."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.people.requests import SignedInRequest
from accounts.schools.access import allow, allow_writing
from accounts.schools.member import Member
from exchanges.groups import actions, policy
from exchanges.groups.errors import GroupError
from exchanges.groups.forms import ChooseForm, PauseForm, SettingsForm
from exchanges.groups.invitable import people_to_invite
from exchanges.groups.models import Group, GroupMember, JoinRequest
from exchanges.groups.views.pages import address_of, group_page, joined_group, own
from exchanges.groups.words import day_of, paused_in_words

FIELDS = ("name", "purpose", "charter", "joining", "moderation", "language", "is_discreet")


def run_group(request: SignedInRequest, slug: str, key: str) -> tuple[Member, Group]:
    """The person and a group they run; 403 to its other members."""
    member, group = joined_group(request, slug, key)
    allow(group.seat is not None and group.seat.is_facilitator)
    allow_writing(member)
    allow(policy.can_change(member, group))
    return member, group


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Name, purpose, charter, who may join, when messages are shown."""
    member, group = run_group(request, slug, key)
    form = SettingsForm(request.POST or None, initial={name: getattr(group, name) for name in FIELDS})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_group(group, form.cleaned_data, by=member)
        except GroupError as error:
            form.add_error("name", str(error))
        else:
            messages.success(
                request, gettext("The settings are saved. The group’s log says that they changed.")
            )
            return redirect(address_of(group))
    context = {"form": form, "pause": PauseForm(school=member.school), "paused": paused_in_words(group)}
    return group_page(request, member, group, "settings", context, (gettext("Settings of the group"), ""))


@require_POST
def pause(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Make the group read-only until a day, or open it again."""
    member, group = run_group(request, slug, key)
    if "end" in request.POST:
        actions.pause_group(group, None, by=member)
        messages.success(request, gettext("One may write in the group again."))
        return redirect(address_of(group))
    form = PauseForm(request.POST, school=member.school)
    if form.is_valid():
        actions.pause_group(group, form.cleaned_data["until"], by=member)
        messages.success(request, paused_in_words(group))
        return redirect(address_of(group))
    kept = SettingsForm(initial={name: getattr(group, name) for name in FIELDS})
    context = {"form": kept, "pause": form, "paused": "", "errors": form}
    return group_page(request, member, group, "settings", context, (gettext("Settings of the group"), ""))


@require_http_methods(["GET", "HEAD", "POST"])
def facilitators(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Who runs the group: name another, step down, wake it."""
    member, group = joined_group(request, slug, key)
    seats = GroupMember.objects.readers(group, member.today).select_related("membership")
    running = [seat for seat in seats if seat.is_facilitator]
    others = {seat.membership.key: seat.membership for seat in seats if not seat.is_facilitator}
    form = ChooseForm(
        request.POST if "name" in request.POST else None,
        label=gettext("Who else could run it?"),
        people=sorted(((key, one.name) for key, one in others.items()), key=lambda pair: pair[1].casefold()),
    )
    if request.method == "POST":
        done = _run(request, member, group, form, others)
        if done is not None:
            return done
    context = {
        "form": form,
        "rows": [{"name": s.membership.name, "is_me": s.membership == member.membership} for s in running],
        "runs": policy.can_change(member, group),
        "alone": len(running) == 1,
        "wakes": policy.can_wake(member, group),
        "has_others": bool(others),
    }
    return group_page(request, member, group, "facilitators", context, (gettext("Who runs the group"), ""))


def _run(
    request: SignedInRequest, member: Member, group: Group, form: ChooseForm, others: dict[str, Any]
) -> HttpResponse | None:
    """Do what the button says; None: the form is to be corrected."""
    allow_writing(member)
    if "wake" in request.POST:
        allow(policy.may_become_facilitator(member, group))
        if actions.wake(member, group):
            messages.success(request, gettext("The group is awake, and you run it."))
        return redirect(address_of(group))
    allow(policy.can_change(member, group))
    if "down" in request.POST:
        actions.step_down(group, own(member))
        messages.success(request, gettext("You no longer run the group. You are still a member."))
        return redirect(address_of(group))
    if not form.is_valid():
        return None
    chosen = others[form.cleaned_data["person"]]
    try:
        actions.name_facilitator(group, chosen, by=member)
    except GroupError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, gettext("%(name)s runs the group with you now.") % {"name": chosen.name})
    return redirect(address_of(group, "group_facilitators"))


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Ask in people one shares a group with; make, renew or close the address for the others."""
    member, group = run_group(request, slug, key)
    known = {one.key: one for one in people_to_invite(member, group)}
    form = ChooseForm(
        request.POST if "name" in request.POST else None,
        label=gettext("Somebody of your other groups"),
        people=[(key, one.name) for key, one in known.items()],
    )
    if request.method == "POST" and (done := _invite(request, member, group, form, known)):
        return done
    context: dict[str, Any] = {"form": form, "has_known": bool(known), "link": _link(request, group)}
    return group_page(request, member, group, "invite", context, (gettext("Invite"), ""))


def _invite(
    request: SignedInRequest, member: Member, group: Group, form: ChooseForm, known: dict[str, Any]
) -> HttpResponse | None:
    if "close" in request.POST:
        actions.close_address(group, by=member)
        messages.success(request, gettext("The address opens nothing any more."))
    elif "renew" in request.POST:
        actions.renew_address(group, by=member)
        messages.success(request, gettext("Here is the address. The one before opens nothing any more."))
    elif form.is_valid():
        chosen = known[form.cleaned_data["person"]]
        try:
            actions.invite(group, chosen, by=member)
        except GroupError as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, gettext("%(name)s is invited.") % {"name": chosen.name})
    else:
        return None
    return redirect(address_of(group, "invite_to_group"))


def _link(request: SignedInRequest, group: Group) -> str:
    if not group.invite_key:
        return ""
    return request.build_absolute_uri(reverse("group_invitation", args=[group.school.slug, group.invite_key]))


@require_http_methods(["GET", "HEAD", "POST"])
def requests(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Those who ask to join, oldest first; a POST answers one."""
    member, group = run_group(request, slug, key)
    waiting = JoinRequest.objects.filter(group=group, outcome="").select_related("membership__user")
    if request.method == "POST":
        asked = get_object_or_404(waiting, membership__key=request.POST.get("person", ""))
        if request.POST.get("answer") not in ("yes", "no"):
            raise Http404
        return _answer(request, member, asked, group)
    rows = [
        {"name": one.membership.name, "key": one.membership.key, "when": day_of(one.at, member.school)}
        for one in waiting
    ]
    return group_page(request, member, group, "requests", {"rows": rows}, (gettext("Requests to join"), ""))


def _answer(request: SignedInRequest, member: Member, asked: JoinRequest, group: Group) -> HttpResponse:
    asked.group = group
    accepted = request.POST["answer"] == "yes"
    try:
        actions.answer_request(asked, accepted, by=member)
    except GroupError as error:
        messages.info(request, str(error))
    else:
        said = gettext("%(name)s is in the group.") if accepted else gettext("%(name)s is not let in.")
        messages.success(request, said % {"name": asked.membership.name})
    return redirect(address_of(group, "group_requests"))
