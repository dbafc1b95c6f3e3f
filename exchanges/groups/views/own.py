"""My own place in a group: leave it, have its mails or not; and the group's log."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.people.requests import SignedInRequest
from accounts.schools.access import allow
from exchanges.groups import actions, policy
from exchanges.groups.models import GroupLine, facilitators_of
from exchanges.groups.views.pages import address_of, group_page, joined_group, own
from exchanges.groups.words import day_of, line_in_words

LINES = 100


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Say what leaving means; a POST leaves."""
    member, group = joined_group(request, slug, key)
    allow(policy.can_leave(member, group))
    if request.method == "POST":
        actions.leave(group, own(member))
        messages.success(request, gettext("You have left %(group)s.") % {"group": group.name})
        return redirect("groups", slug)
    running = [seat.membership_id for seat in facilitators_of(group, member.today)]
    context = {"is_last": running == [own(member).pk]}
    return group_page(request, member, group, "leave", context, (gettext("Leave the group"), ""))


@require_http_methods(["GET", "HEAD", "POST"])
def silence(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """What I am mailed of this group."""
    member, group = joined_group(request, slug, key)
    allow(policy.can_leave(member, group))
    if request.method == "POST":
        what, on = request.POST.get("what"), request.POST.get("on") == "yes"
        act = {"group": actions.silence, "reports": actions.decline_reports}.get(what or "")
        if act is None:
            raise Http404
        act(group, own(member), on)
        messages.success(request, gettext("It is noted."))
        return redirect(address_of(group, "silence_group"))
    return group_page(
        request, member, group, "silence", {"seat": group.seat}, (gettext("Mails of this group"), "")
    )


@require_safe
def lines(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """What the group is told of itself, newest first, by hat and never by name."""
    member, group = joined_group(request, slug, key)
    told = GroupLine.objects.filter(group=group)[:LINES]
    rows = [
        {"when": day_of(line.at, member.school), "words": words}
        for line in told
        if (words := line_in_words(line.verb, line.hat))
    ]
    return group_page(request, member, group, "lines", {"rows": rows}, (gettext("The group’s log"), ""))
