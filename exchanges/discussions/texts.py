"""What was typed, made fit to be stored: no sign that acts on the words around it, and clean HTML."""

import re
import unicodedata

from foundation.html import MESSAGE, render

# Overrides and isolates of direction, of which a message needs none, and signs nobody sees. Joiners stay:
# Persian and some signs are written with them.
_ACTING = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u2060-\u2065\u206a-\u206f\ufeff\u00ad\u2028\u2029]")
_TAGS = re.compile("[\U000e0000-\U000e007f\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Marks stacked on one letter: Vietnamese, Hebrew and Arabic need no more.
MOST_MARKS = 3
_BREAKS = re.compile(r"\n{3,}")


def clean_text(text: str) -> str:
    """Give a message as it is stored: line ends as \\n, at most one empty line, nothing that acts unseen."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _BREAKS.sub("\n\n", _clean(lines)).strip()


def clean_title(title: str) -> str:
    """Give a title as it is stored: one line, spaces once."""
    return " ".join(_clean(title).split())


def rendered(text: str) -> tuple[str, int]:
    """Give the HTML of a message and the version that made it. Raises foundation.html.HtmlError."""
    made = render(text, MESSAGE, breaks=True)
    return made.html, made.version


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
