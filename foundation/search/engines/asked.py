"""What goes between `Index` and an engine: rows of stems in, groups of stems asked, ranked keys out."""

import re
from typing import NamedTuple

# One word of a query: the stems that may stand for it.
Group = tuple[str, ...]


class Asked(NamedTuple):
    """What to look for: groups that must all match, else (where none does) groups of which one must.

    `many`: thousands of rows are expected to hold all of `strict`.
    """

    strict: list[Group]
    loose: list[Group]
    many: bool = False


class Row(NamedTuple):
    """A document as stems, repeats kept."""

    key: int
    title: list[str]
    summary: list[str]
    body: list[str]


class Ranked(NamedTuple):
    """The keys found, best first; `strict` if they hold every group; the index's stamp at that moment."""

    stamp: int | None
    strict: bool
    keys: list[int]


def table_of(name: str) -> str:
    """Return the table of index `name`; raise `ValueError` for a name unfit for SQL."""
    if not re.fullmatch(r"[a-z]{1,30}", name):
        raise ValueError(f"Not a name for a search index: {name!r}")
    return f"search_{name}"
