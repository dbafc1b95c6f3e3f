"""The public pages of a resource: reading, printing, its versions; and the page of a theme."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from foundation.pagecache import anonymous_page
from resources.catalogue.access import former, former_addresses, resource_for, variant_for
from resources.catalogue.models import Audience, OldSlug
from resources.catalogue.pages import reading_page
from resources.catalogue.rows import entry_rows, theme_rows
from resources.catalogue.snapshot import library
from resources.catalogue.words import shown

# Entries shown for parents, then for teams; the rest is a search away.
THEME_LENGTH = 15


@require_safe
@login_not_required
@anonymous_page()
@former_addresses
def resource(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the full text."""
    found = resource_for(request, slug)
    return render(request, "resources/resource.html", reading_page(found, found, library(request)))


@require_safe
@login_not_required
@anonymous_page()
@former_addresses
def variant(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show a version; one that does not exist yet says so and leads to the full text."""
    found, version = variant_for(request, slug, key)
    context = reading_page(found, version or found, library(request))
    if version is None:
        response: Any = render(request, "resources/missing_version.html", context | {"missing": key})
        # A curator may read at this address what is not public yet.
        response.same_for_all = False
        return response
    return render(request, "resources/resource.html", context)


@require_safe
@login_not_required
@anonymous_page()
@former_addresses
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the resources of a theme: put forward first, then the newest."""
    books = library(request)
    found = books.themes_by_slug.get(slug)
    if found is None:
        raise former(OldSlug.Place.THEME, slug)
    cards = books.of_theme(found)
    parents = [card for card in cards if Audience.PARENTS in card.audiences]
    team = [card for card in cards if Audience.PARENTS not in card.audiences]
    context = {
        "theme": found,
        "name": shown(found.name),
        "line": shown(found.line),
        "parents": entry_rows(parents[:THEME_LENGTH]),
        "team": entry_rows(team[:THEME_LENGTH]),
        "total": len(cards),
        "more": len(parents) > THEME_LENGTH or len(team) > THEME_LENGTH,
        "feed_url": f"/flux/themes/{found.slug}.atom",
        "search_url": f"/ressources/?pour=tous&theme={found.slug}",
        "crumbs": [
            {"label": gettext("Library"), "url": "/bibliotheque/"},
            {"label": shown(found.name), "url": "", "lang": "fr"},
        ],
        "others": theme_rows(books, skip=found),
    }
    return render(request, "resources/theme.html", context)
