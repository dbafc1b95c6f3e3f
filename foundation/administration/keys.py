"""A row's key as an address or a button of the admin names it."""

# Of the largest key a table can have.
_DIGITS = 19


def key_in(text: str) -> int:
    """Return the key written in `text`, or 0, which no row has."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else 0
