"""Blocks for other sites: a page of a few lines that any site may frame, and nothing else may do more."""

from collections.abc import Callable

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_exempt

from resources.catalogue.snapshot import Card
from resources.catalogue.words import shown


def embeddable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Let a view be framed from anywhere: the policy header and X-Frame-Options of that page alone."""
    return xframe_options_exempt(csp_replace({"frame-ancestors": ["*"]})(view))


def embed_row(card: Card) -> dict[str, str]:
    """{url, title, summary} with a whole address, as resources/embed.html takes it."""
    return {
        "url": f"{settings.SITE_URL}{card.url}",
        "title": shown(card.title, card.language),
        "summary": shown(card.summary, card.language),
    }
