"""The page of the words of the school."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation.html import french
from foundation.pagecache import anonymous_page
from resources.glossary.models import Term


@require_safe
@login_not_required
@anonymous_page()
def glossary(request: HttpRequest) -> HttpResponse:
    """List the words, each with its line and an anchor to link to."""
    terms = [{"term": french(term.term), "slug": term.slug, "line": french(term.line)} for term in Term.objects.all()]
    return render(request, "resources/glossary.html", {"terms": terms})
