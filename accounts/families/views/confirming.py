"""Look at what an import will do, then do it or give it up."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.families import actions
from accounts.families.errors import KEPT_ALL_THE_SAME, LINE_WORDS, PlanGone
from accounts.families.forms import ConfirmForm
from accounts.families.models import ImportPlan
from accounts.families.reading import LINES_TOLD
from accounts.families.views.uploading import LATEST, crumbs
from accounts.invitations.models import Invitation
from accounts.people.models import User
from accounts.schools import policy
from accounts.schools.access import allow, member_of
from accounts.schools.member import Member

# What was done, counted, for the page that says so; no name.
DONE = "import_done"


@require_http_methods(["GET", "HEAD", "POST"])
def import_preview(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show what the file holds and what will change; by POST, do it."""
    member = member_of(request, slug)
    allow(policy.can_manage_members(member))
    plan = _plan(request, member, key)
    if plan is None:
        return _gone(request, slug)
    form = ConfirmForm(plan, request.POST if request.method == "POST" else None)
    if not (request.method == "POST" and form.is_valid()):
        return render(request, "accounts/families/preview.html", _context(member, plan, form))
    classes = form.cleaned_data.get("classes", [])
    try:
        done = actions.confirm_import(plan, by=request.user, answers=form.answers, classes=classes)
    except PlanGone:
        return _gone(request, slug)
    told = {name: plan.summary[name] for name in ("hat", "year")}
    request.session[DONE] = {"school": member.school.pk, **told, **done}
    return redirect("import_done", slug)


@require_POST
def give_up_import(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Forget the preview; nothing was stored of it."""
    member = member_of(request, slug)
    allow(policy.can_manage_members(member))
    plan = _plan(request, member, key)
    if plan is not None:
        actions.give_up(plan)
    messages.success(request, gettext("Given up. Nothing of this file was kept."))
    return redirect("import_families", slug)


@require_safe
def import_done(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what changed, and lead to the slips."""
    member = member_of(request, slug)
    allow(policy.can_manage_members(member))
    done = request.session.get(DONE)
    if not done or done["school"] != member.school.pk:
        return redirect("import_families", slug)
    trail = crumbs(member, gettext("Imported"))
    context = {
        "school": member.school,
        "done": done,
        "counts": _counts(done | {"new": 0, "with_email": 0}),
        "crumbs": trail,
    }
    return render(request, "accounts/families/done.html", context)


def _plan(request: HttpRequest, member: Member, key: str) -> ImportPlan | None:
    """Return the preview that this person made, None if it was theirs and is over; 404 for any other."""
    plan = ImportPlan.objects.of_school(member.school).filter(by=cast(User, request.user), key=key).first()
    if plan is None and request.session.get(LATEST) != [member.school.pk, key]:
        raise Http404
    is_over = plan is None or plan.created <= timezone.now() - ImportPlan.LIFE
    return None if is_over else plan


def _gone(request: HttpRequest, slug: str) -> HttpResponse:
    messages.info(request, gettext("This preview was used already, or is too old. Send the file again."))
    return redirect("import_families", slug)


def _context(member: Member, plan: ImportPlan, form: ConfirmForm) -> dict[str, Any]:
    told = plan.summary
    gone = Invitation.objects.of_school(member.school).filter(pk__in=told["gone"])
    return {
        "school": member.school,
        "plan": plan,
        "told": told,
        "form": form,
        "faults": _faults(told["faults"]),
        "counts": _counts(told | {"failed": _failed(told["faults"])}),
        "questions": [form[name] for name in form.fields if name != "classes"],
        "gone": list(gone.order_by("last_name", "first_name", "pk")),
        "nothing": not (told["new"] or told["more_classes"] or told["addresses"] or told["questions"]),
        "crumbs": crumbs(member, gettext("Preview")),
    }


# In the order of what a reader wants to know first; a count of none is not shown.
COUNTS = {
    "new": _("Not known yet: awaited from now on"),
    "new_classes": _("Classes created"),
    "more_classes": _("Known, with one class more"),
    "addresses": _("Known, with a new e-mail"),
    "unchanged": _("Known already: nothing changes"),
    "not_again": _("Said no, or withdrawn by the school: not asked again"),
    "without_class": _("Left out: none of their classes is created"),
    "failed": _("Lines not imported, or in part"),
    "duplicates": _("Repeats of one person in the file"),
    "with_email": _("Will have an invitation by mail too"),
    "shared_count": _("Addresses under two names"),
    "gone_count": _("On the list of the school, not in this file"),
}


def _counts(told: dict) -> list[dict[str, Any]]:
    values = {name: told.get(name, 0) for name in COUNTS}
    # The preview has the new classes in its form.
    return [
        {"label": COUNTS[name], "count": intcomma(value)}
        for name, value in values.items()
        if isinstance(value, int) and value
    ]


def _failed(faults: dict[str, dict]) -> int:
    return sum(fault["count"] for code, fault in faults.items() if code not in KEPT_ALL_THE_SAME)


def _faults(faults: dict[str, dict]) -> list[dict[str, Any]]:
    """Return each reason with its lines by number; never a word of them."""
    return [
        {
            "reason": LINE_WORDS[code],
            "lines": ", ".join(str(line) for line in fault["lines"]),
            "count": fault["count"],
            "more": max(0, fault["count"] - LINES_TOLD),
            "is_kept": code in KEPT_ALL_THE_SAME,
        }
        for code, fault in faults.items()
    ]
