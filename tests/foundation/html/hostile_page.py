"""One HTML page holding every hostile text as each of our doors lets it out: for a real browser to read."""

from collections.abc import Callable, Iterable

from django.utils.html import escape

from foundation.html import LIBRARY, MESSAGE, HtmlError, Rendition, french, plain_text, render

IMAGES = {
    "ours.webp": Rendition("/m/ours-480.webp", 480, 320, "/m/ours-480.webp 480w, /m/ours-960.webp 960w")
}

# Each door: a name, and what it makes of a text before a template writes it.
DOORS: dict[str, Callable[[str], str]] = {
    "message": lambda text: render(text, MESSAGE, breaks=True).html,
    "message, another language": lambda text: render(text, MESSAGE, language="ar").html,
    "library": lambda text: render(text, LIBRARY, images=IMAGES).html,
    "library, simple": lambda text: render(text, LIBRARY, images=IMAGES, breaks=True).html,
    "short string": lambda text: str(escape(french(text))),
    "summary": lambda text: str(escape(plain_text(text))),
}


def out_of(door: Callable[[str], str], text: str) -> str:
    """Give what a page would hold of `text`: the rendered text, or the sentence told instead."""
    try:
        return door(text)
    except HtmlError as error:
        return str(escape(str(error)))


def hostile_page(texts: Iterable[str], doors: dict[str, Callable[[str], str]] = DOORS) -> bytes:
    """Build the page. A door that lets HTML through unclean makes it dangerous: that is its twin."""
    articles = (f"<article>{out_of(door, text)}</article>" for text in texts for door in doors.values())
    head = (
        '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Textes</title></head><body><main>'
    )
    page = head + "\n".join(articles) + "</main></body></html>"
    # What no door mends (a short string's half characters) cannot be sent by a server either.
    return page.encode("utf-8", "replace")
