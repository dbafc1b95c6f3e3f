"""The public pages of a resource: reading, printing, its versions; and the page of a theme."""

from collections import Counter
from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from foundation.pagecache import anonymous_page
from resources.catalogue.access import Gone, Moved, resource_for, variant_for
from resources.catalogue.models import EditableText, Resource, Theme
from resources.catalogue.pages import reading_page, theme_keys
from resources.catalogue.rows import entry_rows
from resources.catalogue.snapshot import Snapshot, library
from resources.catalogue.words import shown


def former_addresses(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer an old slug with its new address, and what was removed with a page that says so."""

    @wraps(view)
    def wrapped(request: HttpRequest, slug: str, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, slug, *args, **kwargs)
        except Moved as moved:
            return HttpResponsePermanentRedirect(request.path.replace(f"/{slug}/", f"/{moved.slug}/", 1))
        except Gone:
            return render(request, "resources/gone.html", status=410)

    return wrapped


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
        return render(request, "resources/missing_version.html", context | {"missing": key})
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
        raise Http404
    cards = books.of_theme(found)
    parents = [card for card in cards if "parents" in card.audiences]
    team = [card for card in cards if "parents" not in card.audiences]
    context = {
        "theme": found,
        "name": shown(found.name),
        "line": shown(found.line),
        "parents": entry_rows(parents),
        "team": entry_rows(team),
        "feed_url": f"/flux/themes/{found.slug}.atom",
        "search_url": f"/ressources/?theme={found.slug}",
        "crumbs": [{"label": gettext("Library"), "url": "/"}, {"label": shown(found.name), "url": ""}],
        "others": theme_rows(books, skip=found),
    }
    return render(request, "resources/theme.html", context)


def theme_rows(books: Snapshot, skip: Theme | None = None) -> list[dict[str, object]]:
    """Themes that hold something for parents or teams: {label, url, count}, in their order."""
    counts = Counter(key for card in books.cards.values() for key in card.themes)
    return [
        {"label": shown(theme.name), "url": theme.get_absolute_url(), "count": counts[key]}
        for key, theme in books.themes.items()
        if counts[key] and theme != skip
    ]


def main_theme(resource: Resource, request: HttpRequest) -> str:
    """Name of a resource's first theme, for sheets."""
    books = library(request)
    keys = theme_keys(resource, books)
    return shown(books.themes[keys[0]].name) if keys and keys[0] in books.themes else ""


def text_of(request: HttpRequest, slug: str, key: str) -> tuple[Resource, EditableText]:
    """The resource and the text at `slug` and `key` ("" for the full text). Raises Http404, Moved, Gone."""
    if not key:
        found = resource_for(request, slug)
        return found, found
    found, version = variant_for(request, slug, key)
    if version is None:
        raise Http404
    return found, version
