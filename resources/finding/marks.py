"""Marks the words that matched, in texts that are escaped on the way."""

from collections.abc import Collection
from html import escape

from django.utils.safestring import SafeString, mark_safe

from foundation.search.display import highlight


def marked(text: str, terms: Collection[str]) -> SafeString:
    """Return `text` escaped, with <mark> around the words whose stem is in `terms`."""
    pieces = (
        f"<mark>{escape(piece)}</mark>" if hit else escape(piece) for piece, hit in highlight(text, terms)
    )
    return mark_safe("".join(pieces))
