"""Keeps the word table true as documents come and go, in the caller's transaction."""

from collections import Counter
from collections.abc import Iterable

from django.db import connection

from foundation.search.engines import engine_of
from foundation.search.models import SearchWord

# (stem, form): the empty form counts the stem itself.
Spelling = tuple[str, str]


def spellings(words: str) -> Iterable[Spelling]:
    """Return what one document counts for, from its "form stem" lines."""
    pairs = {tuple(line.split(" ")) for line in words.splitlines()}
    return {(stem, form) for form, stem in pairs} | {(stem, "") for _, stem in pairs}


def count_words(index: str, changes: Counter[Spelling]) -> None:
    """Add `changes` to the documents of each spelling; what is left with none goes."""
    # Sorted, so that two writers meet rows in the same order.
    rows = sorted((stem, form, change) for (stem, form), change in changes.items() if change)
    if rows:
        engine_of(connection).count(connection, index, rows)
    if any(change < 0 for _, _, change in rows):
        SearchWord.objects.filter(index=index, documents__lte=0).delete()
