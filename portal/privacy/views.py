"""What is held of me: read, take along, erase; and the question to those who leave."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit.actions import record
from accounts.people.proof import fresh_proof_required
from accounts.people.requests import SignedInRequest
from accounts.register import actions as register
from portal.privacy import actions, parts
from portal.privacy.forms import ContributionsForm
from portal.privacy.package import package_of


@require_safe
def my_data(request: SignedInRequest) -> HttpResponse:
    """Say what is held, part by part: who sees it, how long, and the way to read it and correct it."""
    context = {"parts": [_told(part) for part in parts.PARTS], **_leaving(request)}
    return render(request, "portal/privacy/my_data.html", context)


@require_safe
def my_data_part(request: SignedInRequest, part: str) -> HttpResponse:
    """Read all of one part, in plain words."""
    found = next((each for each in parts.PARTS if each.slug == part), None)
    if found is None:
        raise Http404
    context = {"part": _told(found), "blocks": found.held(request.user)}
    return render(request, "portal/privacy/part.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_proof_required
def take_along(request: SignedInRequest) -> HttpResponse:
    """Give all of it as one ZIP."""
    if request.method != "POST":
        return render(request, "portal/privacy/take_along.html")
    record("data_taken", by=request.user, about=request.user)
    response = HttpResponse(package_of(request.user), content_type="application/zip")
    name = gettext("my-data")
    response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_proof_required
def erase(request: SignedInRequest) -> HttpResponse:
    """Say what goes, ask what becomes of contributions, and erase."""
    form = ContributionsForm(request.POST if request.method == "POST" else None)
    try:
        actions.refuse_if_needed(request.user)
        if request.method == "POST" and form.is_valid():
            actions.erase_account(request.user, keep_contributions=form.keep)
            return _gone(request)
    except actions.ErasureRefused as refused:
        schools = [
            {"name": school.name, "url": reverse("school", args=[school.slug])}
            for school in getattr(refused, "schools", [])
        ]
        return render(request, "portal/privacy/hand_over.html", {"why": str(refused), "schools": schools})
    return render(request, "portal/privacy/erase.html", {"form": form})


@login_not_required
@never_cache
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """The last page: nothing of the person is left to name them by."""
    return render(request, "portal/privacy/erased.html")


@require_POST
def leaving(request: SignedInRequest) -> HttpResponse:
    """Note the answer of somebody who leaves."""
    found = register.leaving_of(request.user)
    form = ContributionsForm(request.POST)
    if found is None:
        raise Http404
    if form.is_valid():
        register.answer(found, keep_contributions=form.keep)
        messages.success(request, gettext("Your answer is saved. You can change it until the day."))
    else:
        messages.error(request, gettext("Choose what becomes of what you wrote."))
    return redirect("my_data")


def _gone(request: SignedInRequest) -> HttpResponse:
    """Sign out, and have the browser forget the site's pages."""
    logout(request)
    response = HttpResponseRedirect(reverse("account_erased"))
    response["Clear-Site-Data"] = '"cache", "storage"'
    response["Cache-Control"] = "no-store"
    return response


def _told(part: parts.Part) -> dict[str, Any]:
    return {
        "title": part.title,
        "url": reverse("my_data_part", args=[part.slug]),
        "seen_by": part.seen_by,
        "kept": part.kept,
        "change": reverse(part.change) if part.change else "",
        "change_words": part.change_words,
    }


def _leaving(request: SignedInRequest) -> dict[str, Any]:
    found = register.leaving_of(request.user)
    if found is None:
        return {"leaving_day": "", "leaving_form": None}
    answer = {None: None, True: "stay", False: "go"}[found.keep_contributions]
    form = ContributionsForm(initial={"contributions": answer})
    return {"leaving_day": date_format(found.erase_on, "j F Y"), "leaving_form": form}
