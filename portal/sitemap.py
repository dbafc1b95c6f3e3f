"""Tell search engines every public address."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from foundation.pagecache import anonymous_page
from resources.catalogue.models import Theme
from resources.catalogue.snapshot import Card, Snapshot, library
from resources.collections.models import Collection

PAGES = (
    "/",
    "/ressources/",
    "/selections/",
    "/glossaire/",
    "/besoin-daide/",
    "/aide/visiteur/",
    "/mentions-legales/",
)


class Pages(Sitemap):
    """The pages that are always there."""

    def items(self) -> tuple[str, ...]:
        return PAGES

    def location(self, item: str) -> str:
        return item


class Resources(Sitemap):
    """Published resources and their versions: (card, version key)."""

    def __init__(self, books: Snapshot) -> None:
        self.books = books

    def items(self) -> list[tuple[Card, str]]:
        return [(card, key) for card in self.books.listed() for key in ("", *card.variants)]

    def location(self, item: tuple[Card, str]) -> str:
        card, key = item
        return f"{card.url}{key}/" if key else card.url

    def lastmod(self, item: tuple[Card, str]) -> object:
        return item[0].reviewed


class Themes(Sitemap):
    def __init__(self, books: Snapshot) -> None:
        self.books = books

    def items(self) -> list[Theme]:
        return list(self.books.themes.values())


class Collections(Sitemap):
    def items(self) -> list[Collection]:
        return list(Collection.objects.current().order_by("slug"))


@require_safe
@login_not_required
@anonymous_page()
def sitemap_xml(request: HttpRequest) -> HttpResponse:
    """The sitemap, as XML."""
    books = library(request)
    maps: dict[str, type[Sitemap] | Sitemap] = {
        "pages": Pages(),
        "resources": Resources(books),
        "themes": Themes(books),
        "collections": Collections(),
    }
    return sitemap(request, sitemaps=maps).render()


@require_safe
@login_not_required
def robots(request: HttpRequest) -> HttpResponse:
    """Which addresses are of no use to a search engine."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /compte/",
        "Disallow: /integrer/",
        "Disallow: /r/",
        "Disallow: /*/imprimer/",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


urlpatterns = [path("sitemap.xml", sitemap_xml, name="sitemap"), path("robots.txt", robots, name="robots")]
