"""The library outside its pages: sheet of paper, short address, feed, block to embed."""

import datetime

import segno
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from foundation.html import readable
from foundation.pagecache import anonymous_page
from resources.catalogue.access import former_addresses, resource_for, text_of
from resources.catalogue.anytext import Text
from resources.catalogue.embedding import embed_row, embeddable
from resources.catalogue.models import Audience, Resource, Theme
from resources.catalogue.pages import main_theme, reading_page, text_url
from resources.catalogue.snapshot import Card, library
from resources.catalogue.words import day_in_words, month_in_words, shown
from resources.sharing.actions import code_for, short_address
from resources.sharing.models import ShortCode

FEED_LENGTH = 40


@require_safe
@login_not_required
@anonymous_page()
@former_addresses
def print_sheet(request: HttpRequest, slug: str, key: str = "") -> HttpResponse:
    """The A4 sheet of a text, with its QR code and short address (LOOK §6.18)."""
    resource, text = text_of(request, slug, key)
    code = code_for(text_url(resource, text))
    address = short_address(code)
    books = library(request)
    context = reading_page(resource, text, books) | {
        "theme": main_theme(resource, books),
        "short": address.split("://", 1)[1],
        "qr": qr_svg(address),
        "page_url": text_url(resource, text),
        "for_parents": Audience.PARENTS in resource.audiences,
        "foot": version_stamp(resource, text),
    }
    return render(request, "resources/print.html", context)


def version_stamp(resource: Resource, text: Text) -> str:
    """Version 3, reviewed on 24 nov. 2026, to be reviewed before nov. 2027. CC BY-SA 4.0."""
    parts = [gettext("Version %(number)d") % {"number": text.edit_number}]
    if text.reviewed:
        parts.append(gettext("reviewed on %(day)s") % {"day": day_in_words(text.reviewed)})
    due = text.review_by or resource.review_by
    if due:
        parts.append(gettext("to be reviewed before %(month)s") % {"month": month_in_words(due)})
    return f"{gettext(', ').join(parts)}. {resource.source_licence}"


def qr_svg(address: str) -> str:
    """An inline SVG without size or style of its own; the sheet sets 22 mm."""
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(border=0, omitsize=True, svgclass="qr", lineclass=None)
    return mark_safe(svg)


@require_safe
@login_not_required
def short_code(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the path a printed code stands for; the target's own policy answers."""
    found = ShortCode.objects.filter(code=code.lower()).first()
    if found is None:
        raise Http404
    return HttpResponseRedirect(found.path)


@require_safe
@login_not_required
@anonymous_page()
@embeddable
@former_addresses
def embed_resource(request: HttpRequest, slug: str) -> HttpResponse:
    """A resource in a few lines, for a school's or an association's own site; no cookie, own frame policy."""
    found = resource_for(request, slug)
    card = library(request).cards.get(found.pk)
    if card is None:
        raise Http404
    return render(request, "resources/embed.html", {"title": shown(found.title), "rows": [embed_row(card)]})


class LibraryFeed(Feed):
    """What was published last, in Atom."""

    feed_type = Atom1Feed
    language = "fr"

    def get_object(self, request: HttpRequest, slug: str = "") -> Theme | None:
        self.library = library(request)
        theme = self.library.themes_by_slug.get(slug)
        if slug and theme is None:
            raise Http404
        return theme

    def title(self, theme: Theme | None) -> str:
        return readable(f"Préau · {theme.name}") if theme else gettext("Préau: the library")

    def link(self, theme: Theme | None) -> str:
        return theme.get_absolute_url() if theme else "/ressources/"

    def feed_url(self, theme: Theme | None) -> str:
        return f"/flux/themes/{theme.slug}.atom" if theme else "/flux/ressources.atom"

    def items(self, theme: Theme | None) -> list[Card]:
        cards = self.library.of_theme(theme) if theme else self.library.listed()
        newest = sorted(cards, key=lambda card: (card.published or card.reviewed, card.slug), reverse=True)
        return newest[:FEED_LENGTH]

    def item_title(self, card: Card) -> str:
        return readable(card.title)

    def item_description(self, card: Card) -> str:
        return readable(card.summary)

    def item_link(self, card: Card) -> str:
        return card.url

    def item_pubdate(self, card: Card) -> object:
        return _moment(card.published)

    def item_updateddate(self, card: Card) -> object:
        return _moment(card.reviewed or card.published)


def _moment(day: datetime.date | None) -> datetime.datetime | None:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(8))) if day else None


@require_safe
@login_not_required
@anonymous_page()
def feed(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The Atom feed of the library, or of one theme."""
    return LibraryFeed()(request, slug=slug)
