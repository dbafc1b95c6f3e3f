"""One function from a written text to the HTML that is stored and shown: `render`."""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from foundation.html.cleaning import clean
from foundation.html.errors import OutputTooLarge
from foundation.html.parsing import adapt, alternative_text, parse, parser
from foundation.html.profiles import LIBRARY, MAX_BYTES, Profile, Rendition

# Raise it when the same text renders otherwise: rows of a lower one are due for `manage.py rerender`.
RENDERER_VERSION = 1

# bleach writes headings without attributes and links with an address alone, and escapes < and " in text.
_HEADING = re.compile(r"<(h[234])>(.*?)</\1>", re.DOTALL)
_OUTSIDE_LINK = re.compile(r'<a href="(https?://[^"]*)">', re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "Œ": "oe", "Æ": "ae"})
_MAX_SLUG = 60


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a rendered text: level 2 to 4, id in the page, plain text."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """What is stored: HTML to mark safe, headings in order (LIBRARY only), the renderer's version."""

    html: str
    headings: tuple[Heading, ...] = ()
    version: int = RENDERER_VERSION


@dataclass(frozen=True, slots=True)
class ImageUse:
    """An image as a text calls it: address as written, alternative text ("" when it has none)."""

    name: str
    alternative: str


def render(
    text: str,
    profile: Profile,
    *,
    images: Mapping[str, Rendition] | None = None,
    breaks: bool = False,
    language: str = "fr",
) -> Rendered:
    """Turn Markdown into clean HTML.

    `images`: name as written in the text → rendition; an image of another name leaves its alternative text.
    `breaks`: a line end in the text is one on the page (*version simple*, messages).
    `language`: French typography for "fr", nothing for another.
    Raises TextTooLong, NestingTooDeep, TableTooWide, OutputTooLarge (all HtmlError, a ValueError).
    """
    images = images or {}
    tokens = parse(text, profile, breaks=breaks)
    adapt(tokens, profile, images, language)
    markdown = parser(profile, breaks)
    raw = markdown.renderer.render(tokens, markdown.options, {})
    _check_size(raw, 2 * MAX_BYTES)  # cleaning is the slow part
    output = clean(raw, profile, images).strip()
    output = _OUTSIDE_LINK.sub(r'<a href="\1" rel="noopener noreferrer">', output)
    output = output.replace("<th>", '<th scope="col">')
    headings: list[Heading] = []
    if profile.heading_ids:
        output = _with_heading_ids(output, headings)
    _check_size(output, MAX_BYTES)
    return Rendered(output, tuple(headings))


def image_uses(text: str) -> list[ImageUse]:
    """List the images a library text calls, in order. Raises as `render` does."""
    return [
        ImageUse(str(child.attrs["src"]), alternative_text(child.children or []).strip())
        for token in parse(text, LIBRARY)
        for child in token.children or ()
        if child.type == "image"
    ]


def _check_size(output: str, limit: int) -> None:
    if len(output.encode()) > limit:
        raise OutputTooLarge


def _with_heading_ids(output: str, headings: list[Heading]) -> str:
    """Give `output` with an id on each heading, and fill `headings`."""
    uses: Counter[str] = Counter()
    taken: set[str] = set()

    def with_id(match: re.Match[str]) -> str:
        tag, inner = match.groups()
        words = " ".join(html.unescape(_TAG.sub("", inner)).split())
        slug = candidate = _slug(words)
        while candidate in taken:
            uses[slug] += 1
            candidate = f"{slug}-{uses[slug] + 1}"
        taken.add(candidate)
        headings.append(Heading(int(tag[1]), candidate, words))
        return f'<{tag} id="{candidate}">{inner}</{tag}>'

    return _HEADING.sub(with_id, output)


def _slug(words: str) -> str:
    """Give an ASCII id; its `s-` keeps it apart from the ids of the page around the text."""
    folded = unicodedata.normalize("NFKD", words.translate(_LIGATURES)).lower()
    ascii_words = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return "s-" + (_NOT_SLUG.sub("-", ascii_words)[:_MAX_SLUG].strip("-") or "section")
