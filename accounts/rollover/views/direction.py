"""Prepare next year: its classes, and who goes where."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.people.requests import SignedInRequest
from accounts.rollover.actions import can_be_undone, last_rollover, place_all, prepare_year, promote
from accounts.rollover.errors import ClassInUse, NotPrepared
from accounts.rollover.forms import ClassNamesForm, PlacesForm
from accounts.rollover.ground import Rooms, load_rooms
from accounts.rollover.models import Rollover
from accounts.rollover.placing_rows import links_in, promotion_rows, rows_of_links
from accounts.rollover.policy import can_change_year
from accounts.schools import years
from accounts.schools.access import allow, member_of
from accounts.schools.member import Member
from accounts.schools.models import Classroom, Hat, School


def direction_of(request: HttpRequest, slug: str) -> Member:
    """Return the member who changes the year: 404 to strangers, 403 to whoever does not direct."""
    member = member_of(request, slug)
    allow(can_change_year(member))
    return member


def crumbs(school: School, here: Any = "") -> list[dict[str, Any]]:
    """The way to a page of the change of year."""
    way: list[dict[str, Any]] = [{"label": school.name, "url": school.get_absolute_url(), "lang": "fr"}]
    way.append({"label": _("Next year"), "url": reverse("rollover", args=[school.slug]) if here else ""})
    return [*way, {"label": here, "url": ""}] if here else way


@require_safe
def overview(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the three steps, and the way back after the last change."""
    school = direction_of(request, slug).school
    try:
        rooms = load_rooms(school)
    except NotPrepared:
        rooms = None
    last = last_rollover(school)
    context = {
        "school": school,
        "crumbs": crumbs(school),
        "rooms": rooms,
        "coming": ", ".join(room.name for room in rooms.coming) if rooms else "",
        "to_say": len(rooms.old) - len(rooms.promotions) if rooms else 0,
        "undoable": _undoable(last),
        "last": last,
    }
    return render(request, "accounts/rollover/overview.html", context)


def _undoable(last: Rollover | None) -> str:
    """The last day, in words, on which the last change can be undone; "" if there is none."""
    if last is None or not can_be_undone(last):
        return ""
    return date_format(last.done + Rollover.REVERSIBLE, "j F")


@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write down the classes of next year, from those of this one."""
    school = direction_of(request, slug).school
    year = years.prepared_year(school)
    stand = Classroom.objects.filter(year=year or years.current_year(school))
    names = "\n".join(stand.values_list("name", flat=True))
    form = ClassNamesForm(request.POST or None, initial={"classes": names})
    if request.method == "POST" and form.is_valid():
        try:
            made = prepare_year(school, form.cleaned_data["classes"], by=request.user)
        except ClassInUse as error:
            form.add_error("classes", str(error))
        else:
            messages.success(request, gettext("The classes of %(year)s are saved.") % {"year": made.name})
            return redirect("rollover_promotions", slug)
    context = {"school": school, "crumbs": crumbs(school, _("Its classes")), "form": form, "year": year}
    return render(request, "accounts/rollover/prepare.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def promotions(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say, class by class, where its people go."""
    school = direction_of(request, slug).school
    rooms = _rooms_or_404(school)
    form = PlacesForm(promotion_rows(rooms, school), rooms.coming, request.POST or None)
    if request.method == "POST" and form.is_valid():
        targets = form.targets()
        promote(school, {room: targets[room.key] for room in rooms.old}, by=request.user)
        messages.success(request, gettext("Where the classes go is saved."))
        return redirect("rollover", slug)
    rows = [
        {"label": room.name, "url": reverse("rollover_people", args=[slug, room.key])} for room in rooms.old
    ]
    context = {"crumbs": crumbs(school, _("Who goes where")), "form": form, "rooms": rooms}
    context |= {"school": school, "rows": rows}
    return render(request, "accounts/rollover/promotions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Say, parent by parent, where the links of one class go."""
    school = direction_of(request, slug).school
    rooms = _rooms_or_404(school)
    room = next((room for room in rooms.old if room.key == key), None)
    if room is None:
        raise Http404
    links = links_in(school, Hat.Kind.PARENT, [room])
    return _place(request, school, rooms, links, room)


@require_http_methods(["GET", "HEAD", "POST"])
def teachers(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say where each teacher goes."""
    school = direction_of(request, slug).school
    rooms = _rooms_or_404(school)
    return _place(request, school, rooms, links_in(school, Hat.Kind.TEACHER, rooms.old), None)


def _place(
    request: SignedInRequest, school: School, rooms: Rooms, links: Sequence[Hat], room: Classroom | None
) -> HttpResponse:
    form = PlacesForm(rows_of_links(links, rooms), rooms.coming, request.POST or None)
    if request.method == "POST" and form.is_valid():
        changed = form.changed()
        by_key = {f"{hat.membership.key}-{hat.classroom.key}": hat for hat in links if hat.classroom}
        place_all({by_key[key]: to for key, to in changed.items()}, by=request.user, by_school=True)
        messages.success(request, gettext("Saved."))
        return redirect("rollover_promotions" if room else "rollover", school.slug)
    context = {"school": school, "form": form, "rooms": rooms, "room": room, "links": len(links)}
    context["crumbs"] = crumbs(school, room.name if room else _("Teachers"))
    return render(request, "accounts/rollover/people.html", context)


def _rooms_or_404(school: School) -> Rooms:
    try:
        return load_rooms(school)
    except NotPrepared as error:
        raise Http404 from error
