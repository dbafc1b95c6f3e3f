"""Marks the words that matched, in texts that are escaped on the way."""

from collections.abc import Collection

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from foundation.search.display import highlight

_MARK = "<mark>{}</mark>"


def marked(text: str, terms: Collection[str]) -> SafeString:
    """Return `text` escaped, with <mark> around the words whose stem is in `terms`."""
    pieces = highlight(text, terms)
    return format_html_join(
        "", "{}", ((format_html(_MARK, piece) if hit else piece,) for piece, hit in pieces)
    )
