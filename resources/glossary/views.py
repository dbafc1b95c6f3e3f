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
    rows = Term.objects.all()
    terms = [{"term": french(row.term), "slug": row.slug, "line": french(row.line)} for row in rows]
    return render(request, "resources/glossary.html", {"terms": terms})
