"""Blocks for other sites: a page of a few lines that any site may frame, and nothing else may do more."""

from collections.abc import Callable

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt

from resources.catalogue.snapshot import Card
from resources.catalogue.words import shown


def embeddable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view be framed from anywhere: the policy header and X-Frame-Options of that page alone."""
    framed: Callable[..., HttpResponse] = csp_replace({"frame-ancestors": ["*"]})(view)  # type: ignore[assignment]
    return xframe_options_exempt(framed)


def embed_row(card: Card) -> dict[str, str]:
    """{url, title, summary} with a whole address, as resources/embed.html takes it."""
    return {
        "url": f"{settings.SITE_URL}{card.url}",
        "title": shown(card.title, card.language),
        "summary": shown(card.summary, card.language),
    }
