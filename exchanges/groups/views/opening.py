"""Open a group; suggest one to parents."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from accounts.people.requests import SignedInRequest
from accounts.schools.access import allow, allow_writing, member_of
from accounts.schools.member import Member
from accounts.schools.models import Classroom
from exchanges.groups import actions, policy
from exchanges.groups.charter import ready_charter
from exchanges.groups.errors import GroupError
from exchanges.groups.forms import OpenForm, SuggestForm
from exchanges.groups.models import Circle, is_direction, rooms_in
from exchanges.groups.views.pages import address_of, crumbs


@require_http_methods(["GET", "HEAD", "POST"])
def open_group(request: SignedInRequest, slug: str) -> HttpResponse:
    """Open a group of one's own circle, and run it."""
    member = member_of(request, slug)
    allow(policy.can_see_groups(member))
    allow_writing(member)
    circles = [circle for circle in Circle.values if policy.can_open(member, circle)]
    allow(bool(circles))
    circles.sort(key=lambda circle: circle != Circle.PARENTS)
    rooms = {circle: _rooms(member, circle) for circle in circles}
    form = OpenForm(request.POST or None, circles=circles, rooms=rooms, initial={"charter": ready_charter()})
    if request.method == "POST" and form.is_valid():
        try:
            group = actions.open_group(member, form.cleaned_data)
        except GroupError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, gettext("The group is open, and you run it. The first line is yours."))
            return redirect(address_of(group))
    context = {"form": form, "school": member.school, "only_parents": circles == [Circle.PARENTS]}
    context["crumbs"] = crumbs(member.school, (gettext("Open a group"), ""))
    return render(request, "exchanges/groups/open.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def suggest_group(request: SignedInRequest, slug: str) -> HttpResponse:
    """The direction suggests a group to parents, who have 60 days to take it on."""
    member = member_of(request, slug)
    allow(policy.can_suggest(member))
    form = SuggestForm(request.POST or None, school=member.school, initial={"charter": ready_charter()})
    if request.method == "POST" and form.is_valid():
        try:
            group = actions.suggest_group(member, form.cleaned_data)
        except GroupError as error:
            form.add_error("name", str(error))
        else:
            messages.success(
                request, gettext("The parents see it now. It begins when one of them takes it on.")
            )
            return redirect(address_of(group, "group_card"))
    context = {"form": form, "school": member.school}
    context["crumbs"] = crumbs(member.school, (gettext("Suggest a group"), ""))
    return render(request, "exchanges/groups/suggest.html", context)


def _rooms(member: Member, circle: str) -> Iterable[Classroom]:
    """Classes of this year that a group of the circle may be tied to: one's own; all, for the direction."""
    if circle == Circle.PARENTS_TEACHERS and is_direction(member):
        return Classroom.objects.of_school(member.school).current()
    if circle not in (Circle.PARENTS, Circle.PARENTS_TEACHERS):
        return []
    own = rooms_in(member, circle)
    return [hat.classroom for hat in member.hats if hat.classroom and hat.classroom_id in own]
