"""The words of a text without its marks: for search, summaries, and the time it takes to read."""

import re
from html.parser import HTMLParser

from foundation.html.parsing import plain_lines

WORDS_A_MINUTE = 180
# What `render` begins with; a Markdown source that begins so is read as HTML, which only drops its tags.
_RENDERED = re.compile(r"\s*<(?:p|h[234]|ul|ol|blockquote|pre|table|hr)[ >]")
_BLOCKS = frozenset(
    ("p", "br", "hr", "pre", "blockquote", "ul", "ol", "li", "h2", "h3", "h4", "table", "tr", "td", "th")
)
# EDITORIAL §3: a run of letters (l’, d’, qu’ count; aujourd’hui is one; a number is one).
_WORD = re.compile(r"aujourd['’]hui|[^\W\d_]+|\d+(?:[\u00a0\u202f.,]\d+)*", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\f\v]+")


def plain_text(source: str) -> str:
    """Give the words of what `render` gave, or of a Markdown text: a line a block, images by their words."""
    lines = _lines_of_html(source) if _RENDERED.match(source) else plain_lines(source)
    shortened = (_SPACES.sub(" ", line).strip() for line in lines)
    return "\n".join(line for line in shortened if line)


def word_count(text: str) -> int:
    """Count the words of a plain text, as EDITORIAL §3 counts them."""
    return sum(1 for _ in _WORD.finditer(text))


def reading_minutes(words: int) -> int:
    """Give whole minutes at 180 words a minute, the nearest, at least 1."""
    return max(1, (words + WORDS_A_MINUTE // 2) // WORDS_A_MINUTE)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.pieces.append("\n")
        elif tag == "img":
            self.pieces.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def _lines_of_html(html: str) -> list[str]:
    words = _Words()
    words.feed(html)
    words.close()
    return "".join(words.pieces).split("\n")
