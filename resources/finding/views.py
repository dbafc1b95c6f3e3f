"""The page of results: search, facets, pages."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation.pagecache import anonymous_page
from resources.finding.addresses import PARAMETERS
from resources.finding.results import results_page


@require_safe
@login_not_required
@anonymous_page(params=PARAMETERS)
def results(request: HttpRequest) -> HttpResponse:
    """Show what matches the words and the filters of the address."""
    return render(request, "resources/results.html", results_page(request))
