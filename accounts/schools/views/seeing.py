"""Seeing the school as a parent of a class: of no real person, and to read only (DESIGN §6)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.audit.actions import record
from accounts.people.requests import SignedInRequest
from accounts.schools import policy
from accounts.schools.access import SEEN_AS, allow, themselves
from accounts.schools.forms.school import SeeAsForm
from accounts.schools.views.pages import page


@require_http_methods(["GET", "POST"])
def see_as(request: SignedInRequest, slug: str) -> HttpResponse:
    """Choose a class; from then on pages of the school show what one of its parents would see."""
    member = themselves(request, slug)
    allow(policy.can_see_as_parent(member))
    form = SeeAsForm(request.POST or None, school=member.school)
    if request.method == "POST" and form.is_valid():
        room = form.cleaned_data["classe"]
        request.session[SEEN_AS] = {"school": member.school.pk, "classroom": room.pk}
        record("seen_as_parent", by=request.user, school=member.school, row=room.key)
        return redirect("school", slug)
    context = {"form": form, "has_classes": form.has_classes()}
    return page(request, member, "see_as", context, (gettext("See as a parent"), ""))


@require_POST
def come_back(request: SignedInRequest, slug: str) -> HttpResponse:
    """Be oneself again."""
    themselves(request, slug)
    request.session.pop(SEEN_AS, None)
    messages.success(request, gettext("You see the school as yourself again."))
    return redirect("school", slug)
