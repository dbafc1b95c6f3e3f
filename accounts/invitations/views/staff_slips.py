"""Slips and class posters: what the school prints. The answer to the POST is the sheet itself."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, override
from django.views.decorators.http import require_POST, require_safe

from accounts.invitations import awaited, printing
from accounts.invitations.actions.inviting import expiry_of, make_class_code, make_slips
from accounts.invitations.models import Invitation
from accounts.invitations.staff_forms import A5, ALL, SlipsForm, pile_choices
from accounts.people.requests import SignedInRequest
from accounts.schools import policy
from accounts.schools.access import allow, member_of
from accounts.schools.member import Member
from accounts.schools.models import Classroom, School
from accounts.schools.readers import count_readers

# The paper is in French, whatever the language of the person who prints it.
PAPER_LANGUAGE = "fr"


@require_safe
def slips(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show, class by class, who is awaited and who has no paper yet; choose what to print."""
    member = member_of(request, slug)
    allow(policy.can_manage_members(member))
    rows = handed_out_by(member, awaited.awaited(member.school))
    classrooms = awaited.classes_of(member.school)
    return _choose(request, member, slips_form(rows, classrooms), rows, classrooms)


@require_POST
def print_slips(request: SignedInRequest, slug: str) -> HttpResponse:
    """Make the codes of the piles chosen, or of the people chosen (`who`), and show the sheets."""
    member = member_of(request, slug)
    allow(policy.can_manage_members(member))
    rows = handed_out_by(member, awaited.awaited(member.school))
    if request.POST.getlist("who") or "one_by_one" in request.POST:
        return sheet(request, member, chosen(rows, request.POST.getlist("who")))
    classrooms = awaited.classes_of(member.school)
    form = slips_form(rows, classrooms, request.POST)
    wanted = _wanted(form, rows) if form.is_valid() else []
    if not wanted:
        return _choose(request, member, form, rows, classrooms)
    data = form.cleaned_data
    return sheet(request, member, wanted, **{name: data[name] for name in ("paper", "fold", "check_list")})


@require_POST
def print_class_code(request: SignedInRequest, slug: str) -> HttpResponse:
    """Make the code of a class and show its poster; the poster before stops working."""
    member = member_of(request, slug)
    allow(policy.can_manage_members(member))
    room = get_object_or_404(
        Classroom.objects.of_school(member.school).current(), key=request.POST.get("classroom", "")
    )
    code = make_class_code(room, by=request.user)
    with override(PAPER_LANGUAGE):
        context = paper_context(member.school) | {
            "classroom": room.name,
            "code": printing.grouped(code),
            "qr": printing.qr_of(code),
        }
        return render(request, "accounts/slips/poster.html", context)


def handed_out_by(member: Member, rows: Iterable[Any]) -> list[Any]:
    """Those whose paper `member` may print: a title's is the direction's."""
    return [row for row in rows if policy.can_hand_out(member, row.kind)]


def chosen(rows: Iterable[Invitation], keys: Iterable[str]) -> list[Invitation]:
    """Return the rows of these keys; 404 if one is not among them."""
    asked = set(keys)
    found = [row for row in rows if row.key in asked]
    if len(found) != len(asked):
        raise Http404
    return found


def sheet(
    request: SignedInRequest,
    member: Member,
    rows: Iterable[Invitation],
    *,
    paper: str = "",
    fold: bool = False,
    check_list: bool = False,
) -> HttpResponse:
    """Make a code for each of `rows` and show their papers, in piles; nobody chosen, say so on the list."""
    pairs = make_slips(rows, by=request.user)
    if not pairs:
        messages.info(request, gettext("Choose somebody first."))
        return redirect("not_joined", member.school.slug)
    with override(PAPER_LANGUAGE):
        piles = printing.piles_of(pairs, two_a_sheet=paper != A5)
        context = paper_context(member.school) | {
            "piles": piles,
            "with_covers": len(pairs) > 1,
            "total": len(pairs),
            "check_list": check_list,
            "paper": paper if paper == A5 else "a4",
            "fold": fold,
        }
        return render(request, "accounts/slips/sheet.html", context)


def paper_context(school: School) -> dict[str, object]:
    """Return what every paper of a school says."""
    last_day = school.today(expiry_of(school) - datetime.timedelta(seconds=1))
    return {
        "school": school,
        "where": ", ".join(part for part in (school.name, school.town) if part),
        "address": printing.address(),
        "until": date_format(last_day, "j F Y"),
        "today": date_format(school.today(), "j F Y"),
        "back": reverse("slips", args=[school.slug]),
        **printing.helper_line(school),
    }


def slips_form(rows: list[Invitation], classrooms: list[Classroom], data: object = None) -> SlipsForm:
    choices, chosen = pile_choices(awaited.in_piles(rows), classrooms, _pile_label)
    return SlipsForm(data, piles=choices, chosen=chosen)


def _wanted(form: SlipsForm, rows: list[Any]) -> list[Invitation]:
    """Return whose slips are to be printed; say it in the form if there are none."""
    data = form.cleaned_data
    wanted = [row for row in rows if awaited.pile_of(row) in data["piles"]]
    if data["which"] != ALL:
        wanted = [row for row in wanted if not row.has_slip]
    if not wanted:
        form.add_error("which", gettext("Everybody there has a slip already."))
    return wanted


def _pile_label(name: str, rows: list) -> str:
    without = sum(not row.has_slip for row in rows)
    people = ngettext("%(count)d awaited", "%(count)d awaited", len(rows)) % {"count": len(rows)}
    slips = ngettext("%(count)d without a slip", "%(count)d without a slip", without) % {"count": without}
    words = [name, people, slips] if without else [name, people]
    # A number stays with what it counts.
    return " · ".join(part.replace(" ", "\u00a0", 1) for part in words)


def _choose(
    request: SignedInRequest,
    member: Member,
    form: SlipsForm,
    rows: list[Invitation],
    classrooms: list[Classroom],
) -> HttpResponse:
    context = {
        "school": member.school,
        "form": form,
        "total": len(rows),
        "classrooms": classrooms,
        "readers": count_readers(member.school, policy.can_manage_members),
    }
    return render(request, "accounts/slips/slips.html", context)
