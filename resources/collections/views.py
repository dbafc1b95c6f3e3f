"""The pages of selections."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from foundation.pagecache import anonymous_page
from resources.catalogue.access import former_addresses
from resources.catalogue.embedding import embed_row, embeddable
from resources.catalogue.rows import entry_row
from resources.catalogue.snapshot import library
from resources.catalogue.words import shown
from resources.collections.models import Collection
from resources.collections.pages import published_collection
from resources.collections.rows import collection_row


@require_safe
@login_not_required
@anonymous_page()
@former_addresses
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a selection: its introduction, then each resource with the reason it is there."""
    found, items = published_collection(slug)
    cards = library(request).cards
    rows = [entry_row(cards[key], heading=2, note=note) for key, note in items if key in cards]
    for place, row in enumerate(rows, start=1):
        row["who"] = gettext("%(place)d of %(total)d") % {"place": place, "total": len(rows)}
    context = {
        "title": shown(found.title),
        "introduction": mark_safe(found.html),
        "rows": rows,
        "crumbs": [
            {"label": gettext("Library"), "url": "/bibliotheque/"},
            {"label": gettext("Selections"), "url": "/selections/"},
            {"label": shown(found.title), "url": "", "lang": "fr"},
        ],
        "page_url": found.get_absolute_url(),
    }
    return render(request, "resources/collection.html", context)


@require_safe
@login_not_required
@anonymous_page()
def collections(request: HttpRequest) -> HttpResponse:
    """List the selections that stand today."""
    rows = Collection.objects.current().annotate(size=Count("items")).in_order()
    return render(request, "resources/collections.html", {"rows": [collection_row(row) for row in rows]})


@require_safe
@login_not_required
@anonymous_page()
@embeddable
@former_addresses
def embed_collection(request: HttpRequest, slug: str) -> HttpResponse:
    """A selection as a list of links, for another site."""
    found, items = published_collection(slug)
    books = library(request)
    rows = [embed_row(books.cards[key]) for key, _ in items if key in books.cards]
    return render(request, "resources/embed.html", {"title": shown(found.title), "rows": rows})
