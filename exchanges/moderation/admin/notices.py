"""Notices of illegal content, for the host moderator, and the second readings left to the host."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.people.requests import SignedInRequest
from accounts.schools.errors import SchoolError
from exchanges.moderation import desk as desks
from exchanges.moderation import policy, verbs
from exchanges.moderation.actions import decide_notice, open_text_to_host
from exchanges.moderation.actions.notices import found_at
from exchanges.moderation.admin.queue import admin_page
from exchanges.moderation.errors import ModerationError
from exchanges.moderation.forms import AnswerForm
from exchanges.moderation.models import IllegalNotice, SecondReading
from exchanges.moderation.rows import Rows
from foundation.html import french

DECIDED = 50
SHORT = 200


@require_safe
def notices(request: SignedInRequest) -> HttpResponse:
    """What waits, the oldest first; then what was decided, the latest first."""
    _allow(request)
    waiting = IllegalNotice.objects.filter(outcome="").order_by("at", "pk")
    decided = IllegalNotice.objects.exclude(outcome="").order_by("-decided", "-pk")[:DECIDED]
    desk = desks.of_host(request.user)
    desk.show(desk.items)
    rows = Rows(desk, reverse("admin:illegal_notices"), "admin:moderation_file")
    context = {
        "waiting": [_row(notice) for notice in waiting],
        "decided": [_row(notice) for notice in decided],
        "readings": rows.of(desk.items),
        "lede": gettext("Anybody may send one. Whoever sent it, and the author, are told what you decide."),
    }
    return admin_page(request, "notices", gettext("Illegal content"), context)


@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: SignedInRequest, receipt: str) -> HttpResponse:
    """One notice, with the content it is about if that is one of ours."""
    _allow(request)
    found = get_object_or_404(IllegalNotice, receipt=receipt)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            decide_notice(request.user, found, form.cleaned_data["outcome"], form.cleaned_data["answer"])
        except (ModerationError, SchoolError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, gettext("Decided. Both sides are told, with what they may do next."))
            return redirect("admin:illegal_notices")
    context = {
        "notice": found,
        "when": _moment(found.at),
        "decided": _moment(found.decided) if found.decided else "",
        "content": _content(request.user, found),
        "form": form,
    }
    step = (gettext("Illegal content"), reverse("admin:illegal_notices"))
    return admin_page(request, "notice", gettext("Notice %(receipt)s") % {"receipt": receipt}, context, step)


@require_POST
def reread(request: SignedInRequest) -> HttpResponse:
    """Answer a second reading that nobody of the school can do."""
    _allow(request)
    desk = desks.of_host(request.user)
    ref, outcome = request.POST.get("item", ""), request.POST.get("outcome", "")
    if ref not in desk.by_ref or outcome not in (
        SecondReading.Outcome.UPHELD,
        SecondReading.Outcome.REVERSED,
    ):
        raise Http404
    made = desk.decide(ref, outcome, {"now": timezone.now()})
    if made.decision is None:
        messages.warning(request, str(made.error))
    else:
        messages.success(request, str(verbs.DONE[outcome]))
    return redirect("admin:illegal_notices")


def _allow(request: SignedInRequest) -> None:
    if not policy.judges_everywhere(request.user):
        raise PermissionDenied


def _row(notice: IllegalNotice) -> dict[str, Any]:
    reasons = notice.reasons if len(notice.reasons) <= SHORT else f"{notice.reasons[:SHORT].rstrip()}…"
    return {
        "url": reverse("admin:illegal_notice", args=[notice.receipt]),
        "receipt": notice.receipt,
        "address": notice.address,
        "reasons": reasons,
        "when": _moment(notice.at),
        "is_open": not notice.outcome,
        "outcome": str(notice.get_outcome_display()) if notice.outcome else "",
    }


def _content(user: Any, notice: IllegalNotice) -> dict[str, Any] | None:
    """The message that the address leads to, in its state; None for what is no message of ours.

    Its group sees that it was read (RULES §3).
    """
    post = found_at(notice.address)
    if post is None:
        return None
    if post.text:
        open_text_to_host(user, post)
    topic, group = post.topic, post.topic.group
    return {
        "title": french(topic.title),
        "text": post.text,
        "state": str(post.get_state_display()),
        "who": post.author.name if post.author and not post.is_anonymous else "",
        "group": group.name,
        "school": group.school.name,
        "when": _moment(post.created),
        "has_case": notice.case_id is not None,
    }


def _moment(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
