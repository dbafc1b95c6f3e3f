"""Search inside one group, by those who read it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from exchanges.discussions.finding import find
from exchanges.discussions.place import place_of


@require_safe
def search_group(request: HttpRequest, slug: str, gkey: str) -> HttpResponse:
    """Show what was said there with these words, newest first."""
    place = place_of(request, slug, gkey)
    query = request.GET.get("q", "").strip()[:200]
    before = request.GET.get("avant", "")
    after = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    results = find([place.group], query, before=after)
    context = {"q": query, "results": results, "is_later": after is not None}
    crumbs = place.crumbs((gettext("Search"), ""))
    return render(request, "exchanges/discussions/search.html", place.context | context | {"crumbs": crumbs})
