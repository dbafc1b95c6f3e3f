"""A second person reads a text and decides: publish now, at a moment, or send back with a reason."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from accounts.people.requests import SignedInRequest
from foundation.html import HtmlError
from resources.catalogue import actions, policy
from resources.catalogue.admin.addresses import address
from resources.catalogue.admin.pages import text_page
from resources.catalogue.admin.refusing import REFUSALS, acted
from resources.catalogue.admin.workshop import Workshop
from resources.catalogue.anytext import Text
from resources.catalogue.comparison import differences
from resources.catalogue.drafts import newest_page
from resources.catalogue.errors import DateIsPast, NeedsReason
from resources.catalogue.fields import latest_values, values_of
from resources.catalogue.forms import DecisionForm
from resources.catalogue.snapshot import library


def review(admin: Workshop, request: SignedInRequest, text: Text) -> HttpResponse:
    """Show what waits and take the decision."""
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = _decide(request, text, form)
        if done:
            messages.success(request, done)
            return HttpResponseRedirect(reverse("admin:to_review"))
    return _page(admin, request, text, form)


def _decide(request: SignedInRequest, text: Text, form: DecisionForm) -> str:
    """Act as the pressed button says; return what was done, or "" when the form tells why not."""
    read = form.cleaned_data["edit_number"]
    try:
        if "_publish" in request.POST:
            actions.publish_text(text, by=request.user, edit_number=read)
            return gettext("“%(title)s” is published.") % {"title": text.title}
        if "_publish_at" in request.POST:
            actions.publish_text(text, by=request.user, at=form.cleaned_data["at"], edit_number=read)
            return gettext("“%(title)s” is accepted: it is published at its hour.") % {"title": text.title}
        if "_send_back" in request.POST:
            reason = form.cleaned_data["reason"]
            actions.send_back(text, by=request.user, reason=reason, edit_number=read)
            return gettext("“%(title)s” is sent back: its author reads why.") % {"title": text.title}
    except DateIsPast as error:
        form.add_error("at", str(error))
    except NeedsReason as error:
        form.add_error("reason", str(error))
    except REFUSALS as error:
        form.add_error(None, str(error))
    return ""


def _page(admin: Workshop, request: SignedInRequest, text: Text, form: DecisionForm) -> HttpResponse:
    changes = differences(values_of(text), latest_values(text)) if text.pending is not None else []
    return text_page(
        admin,
        request,
        text,
        "admin/resources/review.html",
        gettext("Review: %(title)s") % {"title": latest_values(text)["title"]},
        page=gettext("Review"),
        form=form,
        changes=changes,
        reading=_reading(text, request),
        may_decide=policy.can_decide(request.user, text),
        is_waiting=text.in_review_since is not None,
    )


def _reading(text: Text, request: SignedInRequest) -> dict[str, Any]:
    """The newest words, rendered; a text that no longer renders says why instead."""
    try:
        page = newest_page(text, library(request))
    except HtmlError as error:
        return {"error": str(error), "body": "", "en_bref": [], "summary": ""}
    shown = {name: page[name] for name in ("body", "en_bref", "summary")}
    return {**shown, "error": ""}


def submit(admin: Workshop, request: SignedInRequest, text: Text) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    done = gettext("Sent: another curator will read it.")
    return acted(request, done, address(text, "change"), actions.submit_for_review, text)


def cancel(admin: Workshop, request: SignedInRequest, text: Text) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    done = gettext("Cancelled: the text waits for a reading again.")
    return acted(request, done, address(text, "change"), actions.cancel_publication, text)
