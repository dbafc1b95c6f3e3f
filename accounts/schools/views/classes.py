"""The classes of the current year, in the school's own order."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.people.requests import SignedInRequest
from accounts.schools import actions
from accounts.schools.errors import SchoolError
from accounts.schools.forms.school import ClassesForm, ClassForm
from accounts.schools.models import Classroom, Membership, School
from accounts.schools.views.pages import page
from accounts.schools.views.settings import editor


@require_http_methods(["GET", "POST"])
def classes(request: SignedInRequest, slug: str) -> HttpResponse:
    """List the classes; add several at once."""
    member = editor(request, slug)
    form = ClassesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.add_classrooms(member.school, form.cleaned_data["names"], by=request.user)
        words = ngettext("%(count)d class is added.", "%(count)d classes are added.", len(made))
        messages.success(request, words % {"count": len(made)})
        return redirect("classes", slug)
    rows = _rows(member.school)
    return page(request, member, "classes", {"form": form, "rows": rows}, (gettext("Classes"), ""))


@require_http_methods(["GET", "POST"])
def classroom(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Give one class another name."""
    member = editor(request, slug)
    room = _room(member.school, key)
    form = ClassForm(request.POST or None, initial={"name": room.name})
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename_classroom(room, form.cleaned_data["name"], by=request.user)
        except (SchoolError, ValidationError) as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, gettext("The class is now called %(name)s.") % {"name": room.name})
            return redirect("classes", slug)
    back = (gettext("Classes"), reverse("classes", args=[slug]))
    return page(request, member, "classroom", {"form": form, "room": room}, back, (room.name, ""))


@require_POST
def move(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Put a class one place up or down."""
    member = editor(request, slug)
    room = _room(member.school, key)
    actions.move_classroom(room, up=request.POST.get("to") == "up", by=request.user)
    return redirect(f"{reverse('classes', args=[slug])}#{room.key}")


@require_POST
def remove(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Take an empty class away."""
    member = editor(request, slug)
    room = _room(member.school, key)
    try:
        actions.remove_classroom(room, by=request.user)
    except SchoolError as error:
        messages.error(request, str(error))
        return redirect("classroom", slug, key)
    messages.success(request, gettext("The class %(name)s is taken away.") % {"name": room.name})
    return redirect("classes", slug)


def _room(school: School, key: str) -> Classroom:
    return get_object_or_404(Classroom.objects.of_school(school).current(), key=key)


def _rows(school: School) -> list[dict[str, object]]:
    present = Q(hats__membership__state=Membership.State.ACTIVE) & (
        Q(hats__until__isnull=True) | Q(hats__until__gte=school.today())
    )
    rooms = (
        Classroom.objects.of_school(school)
        .current()
        .annotate(adults=Count("hats__membership", filter=present, distinct=True))
    )
    found = list(rooms)
    return [
        {
            "name": room.name,
            "key": room.key,
            "url": reverse("classroom", args=[school.slug, room.key]),
            "move_url": reverse("move_classroom", args=[school.slug, room.key]),
            "adults": ngettext("%(count)d adult", "%(count)d adults", room.adults) % {"count": room.adults},
            "is_first": place == 0,
            "is_last": place == len(found) - 1,
        }
        for place, room in enumerate(found)
    ]
