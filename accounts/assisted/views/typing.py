"""Choose somebody, record what they say, print the sheet that tells them."""

import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.assisted.actions import agree, record_all, refuse
from accounts.assisted.errors import AlreadyDecided, AlreadyInClass
from accounts.assisted.forms import EntryForm, FindForm
from accounts.assisted.models import AssistedEntry
from accounts.assisted.policy import can_give_class_from_paper, can_type_for_others, is_somebody_else
from accounts.assisted.words import in_words, rooms_of, typed_by
from accounts.people.names import skeleton
from accounts.people.proof import fresh_proof_required
from accounts.people.requests import SignedInRequest
from accounts.schools.access import allow, allow_writing, member_of
from accounts.schools.member import Member
from accounts.schools.models import Classroom, Membership

FOUND_AT_MOST = 20
# How long the sheet of what one typed can be printed.
SHEET_LIFE = datetime.timedelta(hours=12)


def typist(request: HttpRequest, slug: str) -> Member:
    """Return the member who types: 404 to strangers, 403 to whoever may not, a suspended one told why."""
    member = member_of(request, slug)
    if member.is_suspended():
        allow_writing(member)
    allow(can_type_for_others(member))
    return member


def person_of(member: Member, key: str) -> Membership:
    """Return somebody of the school, never oneself."""
    people = Membership.objects.of_school(member.school).present().select_related("user", "school")
    person = get_object_or_404(people, key=key)
    allow(is_somebody_else(member, person))
    return person


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: SignedInRequest, slug: str) -> HttpResponse:
    """Look for the person by name; a POST, so that no name stands in an address."""
    member = typist(request, slug)
    form = FindForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = _named(member, form.cleaned_data["name"])
    keeps_members = can_give_class_from_paper(member)
    context = {
        "school": member.school,
        "form": form,
        "found": found,
        "waiting": _waiting(member) if keeps_members else [],
        "awaits": keeps_members,
    }
    return render(request, "accounts/assisted/find.html", context)


def _named(member: Member, name: str) -> list[dict[str, str]]:
    """Names only; a few of them."""
    people = Membership.objects.of_school(member.school).present().filter(skeleton__contains=skeleton(name))
    if member.membership is not None:
        people = people.exclude(pk=member.membership.pk)
    return [
        {"name": person.name, "url": reverse("assisted_person", args=[member.school.slug, person.key])}
        for person in people[:FOUND_AT_MOST]
    ]


def _waiting(member: Member) -> list[dict[str, str]]:
    entries = list(
        AssistedEntry.objects.of_school(member.school).filter(waits=True).select_related("helper", "person")
    )
    rooms = rooms_of(entries)
    return [
        {
            "name": entry.person.name,
            "room": rooms.get(entry.object, ""),
            "who": typed_by(entry),
            "basis": entry.get_basis_display(),
            "url": reverse("assisted_decide", args=[member.school.slug, entry.key]),
        }
        for entry in entries
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Record something for somebody, behind a fresh proof once in 15 minutes."""
    member = typist(request, slug)
    return _record(request, member, person_of(member, key))


person.needs_fresh_proof = True  # type: ignore[attr-defined]


@fresh_proof_required
def _record(request: SignedInRequest, member: Member, person: Membership) -> HttpResponse:
    rooms = list(Classroom.objects.of_school(member.school).current())
    form = EntryForm(rooms, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = record_all(member, person, form.cleaned_data["basis"], **form.wanted())
        except AlreadyInClass as error:
            form.add_error("classroom", str(error))
        else:
            messages.success(request, _recorded(made))
            return redirect("assisted_done", member.school.slug, person.key)
    context = {
        "school": member.school,
        "person": person,
        "form": form,
        "waits": not can_give_class_from_paper(member),
    }
    return render(request, "accounts/assisted/person.html", context)


def _recorded(made: list[AssistedEntry]) -> str:
    if any(entry.waits for entry in made):
        return gettext("Recorded. The class waits for the school to agree.")
    return gettext("Recorded.")


@require_safe
def done(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Show what I typed just now for somebody, and the sheet to print."""
    return render(request, "accounts/assisted/done.html", _just_typed(request, slug, key))


@require_safe
def sheet(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """The paper that tells somebody what was typed for them, by whom, and how to undo it."""
    return render(request, "accounts/assisted/sheet.html", _just_typed(request, slug, key))


def _just_typed(request: SignedInRequest, slug: str, key: str) -> dict[str, object]:
    member = typist(request, slug)
    person = person_of(member, key)
    entries = list(
        AssistedEntry.objects.of_school(member.school)
        .filter(person=person, helper=member.membership, at__gt=timezone.now() - SHEET_LIFE, undone=None)
        .select_related("helper")
    )
    rooms = rooms_of(entries)
    rows = [{"text": in_words(entry, rooms), "waits": entry.waits} for entry in entries]
    context: dict[str, object] = {"school": member.school, "person": person, "rows": rows}
    if entries:
        context |= {"who": typed_by(entries[0]), "basis": entries[0].get_basis_display(), "at": entries[0].at}
    return context


@require_POST
def decide(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Agree to what a helper typed, or refuse it: *members*."""
    member = typist(request, slug)
    allow(can_give_class_from_paper(member))
    entry = get_object_or_404(AssistedEntry.objects.of_school(member.school), key=key)
    agrees = request.POST.get("answer") == "agree"
    try:
        (agree if agrees else refuse)(entry, member)
    except AlreadyDecided as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("The class is given.") if agrees else gettext("It is refused."))
    return redirect("assisted", slug)
