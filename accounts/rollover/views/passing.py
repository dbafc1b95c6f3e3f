"""The dry run, the change of year itself, and its undoing."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from accounts.people.requests import SignedInRequest
from accounts.rollover.actions import Passage, can_be_undone, last_rollover, pass_year, undo_year
from accounts.rollover.errors import AlreadyPassed, NotPrepared, PlanChanged, RolloverError
from accounts.rollover.models import Rollover
from accounts.rollover.plan import Kind, Plan, last_day_of_mandates, make_plan
from accounts.rollover.views.direction import crumbs, direction_of
from accounts.rollover.words import in_words
from accounts.schools.models import School, SchoolYear


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: SignedInRequest, slug: str, change: Callable[..., Passage] = pass_year) -> HttpResponse:
    """Show what the change would do; a POST does it by `change`, if it is still what was read."""
    school = direction_of(request, slug).school
    if request.method == "POST":
        return _pass(request, school, change)
    try:
        return _page(request, school, make_plan(school))
    except NotPrepared as error:
        messages.error(request, str(error))
        return redirect("rollover_prepare", slug)


def _pass(request: SignedInRequest, school: School, change: Callable[..., Passage]) -> HttpResponse:
    from_year = SchoolYear.objects.filter(school=school, name=request.POST.get("year", "")).first()
    try:
        if from_year is None:
            raise PlanChanged
        passage = change(
            school,
            from_year,
            by=request.user,
            seen=request.POST.get("mark", "-"),
            keep_mandates="keep_mandates" in request.POST,
        )
    except (AlreadyPassed, NotPrepared) as error:
        messages.error(request, str(error))
        return redirect("rollover", school.slug)
    except PlanChanged as error:
        return _page(request, school, make_plan(school), str(error), status=409)
    messages.success(request, gettext("The school is now in %(year)s.") % {"year": passage.to_year.name})
    return redirect("rollover", school.slug)


def _page(
    request: SignedInRequest, school: School, plan: Plan, changed: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "school": school,
        "crumbs": crumbs(school, gettext("Dry run")),
        "plan": plan,
        "parts": in_words(plan),
        "changed": changed,
        "has_mandates": any(hat.kind == Kind.ELECTED for hat in plan.ending),
        "mandates_until": date_format(last_day_of_mandates(plan.to_year), "j F Y"),
        "chose_mandates": "keep_mandates" in request.POST,
    }
    return render(request, "accounts/rollover/preview.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def undo(
    request: SignedInRequest, slug: str, change_back: Callable[..., Passage] = undo_year
) -> HttpResponse:
    """Say what undoing does; a POST does it by `change_back`."""
    school = direction_of(request, slug).school
    last = last_rollover(school)
    if last is None:
        raise Http404
    if request.method == "POST":
        try:
            change_back(last, by=request.user)
            messages.success(
                request, gettext("The school is in %(year)s again.") % {"year": last.from_year.name}
            )
        except RolloverError as error:
            messages.error(request, str(error))
        return redirect("rollover", slug)
    day = date_format(last.done + Rollover.REVERSIBLE, "j F")
    context = {"school": school, "last": last, "can": can_be_undone(last), "day": day}
    context["crumbs"] = crumbs(school, gettext("Undo"))
    return render(request, "accounts/rollover/undo.html", context)
