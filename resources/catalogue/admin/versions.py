"""The history of a text: every kept state, two of them compared, one brought back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from accounts.people.requests import SignedInRequest
from resources.catalogue import actions, history
from resources.catalogue.admin.addresses import address
from resources.catalogue.admin.pages import text_page
from resources.catalogue.admin.refusing import REFUSALS
from resources.catalogue.admin.workshop import Workshop
from resources.catalogue.anytext import Text
from resources.catalogue.comparison import differences
from resources.catalogue.fields import latest_values
from resources.catalogue.states import moment_in_words


def listing(admin: Workshop, request: SignedInRequest, text: Text) -> HttpResponse:
    rows = [
        {
            "title": kept.what,
            "url": _url(text, kept.pk),
            "who": kept.who or gettext("the portal"),
            "notes": [moment_in_words(kept.when)],
            "heading": 2,
        }
        for kept in history.stored_versions(text)
    ]
    return text_page(
        admin,
        request,
        text,
        "admin/resources/history.html",
        gettext("History: %(title)s") % {"title": text.title},
        page=gettext("History"),
        rows=rows,
    )


def compare(admin: Workshop, request: SignedInRequest, text: Text, version: int) -> HttpResponse:
    """Show what a kept state changed, or with `?avec=maintenant` what changed since; POST brings it back."""
    kept = history.version_of(text, version)
    if kept is None:
        raise Http404
    if request.method == "POST":
        return _restore(request, text, kept)
    values = history.values_at(text, kept)
    before = history.version_before(text, kept)
    since = request.GET.get("avec") == "maintenant" or before is None
    pair = (values, latest_values(text)) if since else (history.values_at(text, before), values)
    return text_page(
        admin,
        request,
        text,
        "admin/resources/compare.html",
        gettext("Version of %(when)s") % {"when": moment_in_words(kept.revision.date_created)},
        page=gettext("Compare"),
        kept=history.stored(kept),
        differences=differences(*pair),
        is_since=since,
        has_before=before is not None,
        is_newest=not differences(values, latest_values(text)),
    )


def _restore(request: SignedInRequest, text: Text, kept: Any) -> HttpResponse:
    """Write the words of a kept state again, as a new version: nothing is lost."""
    when = moment_in_words(kept.revision.date_created)
    try:
        saved = actions.revise_text(
            text,
            history.values_at(text, kept),
            by=request.user,
            edit_number=text.edit_number,
            comment=f"restored from {when}",
        )
    except REFUSALS as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(_url(text, kept.pk))
    done = gettext("These words are back, as a new version.")
    if saved.pending is not None:
        done = gettext("These words are back. The site keeps its own until somebody accepts them.")
    messages.success(request, done)
    return HttpResponseRedirect(address(text, "change"))


def _url(text: Text, pk: int) -> str:
    return reverse(f"admin:resources_{text._meta.model_name}_version", args=[text.pk, pk])
