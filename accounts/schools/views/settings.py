"""The school's settings: what is left before it opens, its sheet, its lists of parents."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.people.requests import SignedInRequest
from accounts.schools import policy
from accounts.schools.access import allow, member_of
from accounts.schools.actions import open_school
from accounts.schools.actions import sheet as actions
from accounts.schools.checklist import steps_of
from accounts.schools.errors import SchoolError
from accounts.schools.forms.school import ParentListForm, SheetForm
from accounts.schools.member import Member
from accounts.schools.models import ParentList, School
from accounts.schools.views.pages import page
from accounts.schools.words import HOLIDAY_ZONES, day_in_words
from foundation.calendar import known_until


def editor(request: SignedInRequest, slug: str) -> Member:
    """The person, who must lead the school."""
    member = member_of(request, slug)
    allow(policy.can_edit_school(member))
    return member


@require_safe
def settings(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what is left to do, and the way to each setting."""
    member = editor(request, slug)
    steps = steps_of(member.school)
    context = {
        "steps": steps,
        "ready": all(step.done for step in steps),
        "also": _also(member.school),
        "holidays": _holidays(member.school),
    }
    return page(request, member, "settings", context, (gettext("Settings"), ""))


def _holidays(school: School) -> str:
    """On which days no mail leaves, in words; a zone whose table is empty has no holidays (RULES §6)."""
    label = str(dict(HOLIDAY_ZONES).get(school.holiday_zone, ""))
    if not label:
        return gettext("No holiday zone is said: mail leaves in the holidays too. The school’s sheet has it.")
    last = known_until(school.holiday_zone, school.today())
    if last is None:
        return gettext(
            "%(zone)s: no holidays are entered yet, so mail leaves in the holidays too."
            " Those who run this site can enter them."
        ) % {"zone": label}
    return gettext("%(zone)s: no mail leaves in the holidays. They are known until %(day)s.") % {
        "zone": label,
        "day": day_in_words(last),
    }


def _also(school: School) -> list[dict[str, str]]:
    """The other settings, each by its name."""
    rows = (
        (gettext("Lists of parents"), "parent_lists"),
        (gettext("Documents"), "documents"),
        (gettext("Next school year"), "rollover"),
        (gettext("See as a parent"), "see_as_parent"),
    )
    return [{"label": label, "url": reverse(name, args=[school.slug])} for label, name in rows]


@require_http_methods(["GET", "POST"])
def sheet(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change what the school says of itself."""
    member = editor(request, slug)
    form = SheetForm(request.POST or None, request.FILES or None, instance=member.school)
    if request.method == "POST" and form.is_valid():
        actions.save_sheet(member.school, form.values(), by=request.user)
        if form.logo_content or form.cleaned_data.get("no_logo"):
            actions.set_logo(member.school, form.logo_content or b"", by=request.user)
        messages.success(request, gettext("The school’s sheet is saved."))
        return redirect("school_settings", slug)
    back = (gettext("Settings"), reverse("school_settings", args=[slug]))
    return page(request, member, "sheet", {"form": form}, back, (gettext("The school’s sheet"), ""))


@require_http_methods(["GET", "POST"])
def opening(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask once more, then open the school to visitors and let mail leave."""
    member = editor(request, slug)
    if request.method == "POST":
        open_school(member.school, by=request.user)
        messages.success(request, gettext("Your school is open. Mail leaves from now on."))
        return redirect("school", slug)
    steps = steps_of(member.school)
    back = (gettext("Settings"), reverse("school_settings", args=[slug]))
    context = {"left": [step for step in steps if not step.done]}
    return page(request, member, "opening", context, back, (gettext("Open the school"), ""))


@require_http_methods(["GET", "POST"])
def parent_lists(request: SignedInRequest, slug: str) -> HttpResponse:
    """List those that stand at the school's elections; add one."""
    member = editor(request, slug)
    form = ParentListForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_parent_list(member.school, **form.cleaned_data, by=request.user)
        except SchoolError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, gettext("The list is added."))
            return redirect("parent_lists", slug)
    rows = [
        {"row": row, "url": reverse("parent_list", args=[slug, row.key])}
        for row in ParentList.objects.of_school(member.school)
    ]
    back = (gettext("Settings"), reverse("school_settings", args=[slug]))
    return page(
        request, member, "parent_lists", {"form": form, "rows": rows}, back, (gettext("Lists of parents"), "")
    )


@require_http_methods(["GET", "POST"])
def parent_list(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Correct one list."""
    member = editor(request, slug)
    row = get_object_or_404(ParentList.objects.of_school(member.school), key=key)
    form = ParentListForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_parent_list(row, **form.cleaned_data, by=request.user)
        except SchoolError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, gettext("The list is saved."))
            return redirect("parent_lists", slug)
    back = (gettext("Lists of parents"), reverse("parent_lists", args=[slug]))
    context = {"form": form, "row": row}
    return page(request, member, "parent_list", context, back, (row.name, ""))


@require_POST
def remove_parent_list(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Take a list away, unless somebody was elected on it."""
    member = editor(request, slug)
    row = get_object_or_404(ParentList.objects.of_school(member.school), key=key)
    try:
        actions.remove_parent_list(row, by=request.user)
    except SchoolError as error:
        messages.error(request, str(error))
        return redirect("parent_list", slug, key)
    messages.success(request, gettext("The list is taken away."))
    return redirect("parent_lists", slug)
