"""What was typed, made fit to be stored: no sign that acts on the words around it, and clean HTML."""

import re
import unicodedata

from django.conf import settings

from foundation.html import MESSAGE, render
from resources.catalogue.models import Resource

# Overrides and isolates of direction, of which a message needs none, and signs nobody sees. Joiners stay:
# Persian and some signs are written with them.
_ACTING = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u2060-\u2065\u206a-\u206f\ufeff\u00ad\u2028\u2029]")
_TAGS = re.compile("[\U000e0000-\U000e007f\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Marks stacked on one letter: Vietnamese, Hebrew and Arabic need no more.
MOST_MARKS = 3
# An address typed as it is; what stands in code, in a link or between brackets is left alone.
_BARE = re.compile(r"""(?<![\w(<\["'/=])https?://[^\s<>"')\]`]*[^\s<>"')\]`.,;:!?…’»]""", re.IGNORECASE)
_RESOURCE = re.compile(r"/ressources/([a-z0-9-]{1,80})/?(?:[?#].*)?$")
_HEADING = re.compile(r"<(/?)h[234]>")
_BREAKS = re.compile(r"\n{3,}")


def clean_text(text: str) -> str:
    """Give a message as it is stored: line ends as \\n, at most one empty line, nothing that acts unseen."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _BREAKS.sub("\n\n", _clean(lines)).strip()


def clean_title(title: str) -> str:
    """Give a title as it is stored: one line, spaces once."""
    return " ".join(_clean(title).split())


def rendered(text: str) -> tuple[str, int]:
    """Give the HTML of a message and the version that made it. Raises foundation.html.HtmlError.

    An address of ours is shown by the title of what it leads to; a title typed in a message is bold, as the
    headings of the page are its messages.
    """
    made = render(_with_links(text), MESSAGE, breaks=True)
    html = _HEADING.sub(lambda found: "</strong></p>" if found[1] else "<p><strong>", made.html)
    return html, made.version


def resource_titles(slugs: set[str]) -> dict[str, str]:
    """Titles of the published resources among `slugs`."""
    if not slugs:
        return {}
    return dict(Resource.objects.published().filter(slug__in=slugs).values_list("slug", "title"))


def _with_links(text: str) -> str:
    if "`" in text:
        return text
    found = {address: _own_resource(address) for address in _BARE.findall(text)}
    titles = resource_titles({slug for slug in found.values() if slug})

    def link(match: re.Match[str]) -> str:
        slug = found[match[0]]
        if slug in titles:
            return f"[{_escaped(titles[slug])}](/ressources/{slug}/)"
        return f"<{match[0]}>"

    return _BARE.sub(link, text)


def _own_resource(address: str) -> str:
    """The slug of the resource to which an address of this site leads, else ""."""
    if not address.startswith(f"{settings.SITE_URL}/"):
        return ""
    match = _RESOURCE.search(address)
    return match[1] if match else ""


def _escaped(title: str) -> str:
    return re.sub(r"([\\\[\]*_`<>])", r"\\\1", title)


def _clean(text: str) -> str:
    plain = _TAGS.sub("", _ACTING.sub("", unicodedata.normalize("NFC", text)))
    if plain.isascii():
        return plain
    kept: list[str] = []
    marks = 0
    for sign in plain:
        marks = marks + 1 if unicodedata.combining(sign) or unicodedata.category(sign) == "Me" else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)
