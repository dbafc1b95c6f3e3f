"""The page behind a draft link: the newest words of one resource, for whoever holds the address."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from foundation.html import HtmlError
from resources.catalogue.drafts import newest_page, resource_of_link
from resources.catalogue.snapshot import library


@require_safe
@login_not_required
@never_cache
def draft(request: HttpRequest, token: str) -> HttpResponse:
    """Show the draft; a link that ended, was taken back or never was gives one and the same answer."""
    found = resource_of_link(token)
    if found is None:
        return _private(render(request, "resources/draft_ended.html", status=404))
    try:
        context = newest_page(found, library(request))
    except HtmlError:
        return _private(render(request, "resources/draft_ended.html", status=404))
    mark = {"name": gettext("Draft"), "text": gettext("A draft lent to you: it may change, or never appear.")}
    return _private(render(request, "resources/draft.html", {**context, "marks": [mark]}))


def _private(response: HttpResponse) -> HttpResponse:
    """Kept by no robot, and its address told to no other site."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
