"""A search index: documents put in and taken out, words asked, keys answered best first."""

import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from django.db import connection, transaction
from django.db.models import F

from foundation.search import analyser
from foundation.search.engines import engine_of
from foundation.search.engines.asked import Row, table_of
from foundation.search.models import SearchDocument, SearchIndex, SearchWord
from foundation.search.query import asked_words, plan_of, suggestion_of
from foundation.search.vocabulary import read_vocabulary, vocabulary_of
from foundation.search.wordtable import count_words, spellings

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Document:
    """What is searched of one row: a match in the title counts before one in the summary or the body."""

    key: int
    title: str
    summary: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Hits:
    """The answer to a query.

    `keys`: every match, best first. `terms`: stems to highlight. `mode`: "and" if each match holds
    every word asked, "or" if each holds one, "none" without match. `suggestion`: the query with its
    unknown words corrected. `forms`: the index's spellings of `terms`, each with its stem.
    """

    keys: list[int] = field(default_factory=list)
    terms: frozenset[str] = frozenset()
    mode: Literal["and", "or", "none"] = "none"
    suggestion: str | None = None
    forms: dict[str, str] = field(default_factory=dict)


class Index:
    """The index called `name`, whose tables a `CreateSearchIndex` migration made."""

    def __init__(self, name: str) -> None:
        """Raise `ValueError` for a name that is not lower-case ASCII letters."""
        table_of(name)
        self.name = name

    def replace(self, documents: Iterable[Document]) -> None:
        """Put `documents` in, in the place of those of the same keys; part of the caller's transaction."""
        waiting = iter(documents)
        with transaction.atomic():
            self._mark_written()
            while chunk := {document.key: document for document in islice(waiting, CHUNK)}:
                self._take_out(list(chunk))
                self._put_in(chunk.values())

    def remove(self, keys: Iterable[int]) -> None:
        """Take `keys` out, whether there or not; part of the caller's transaction."""
        waiting = iter(keys)
        with transaction.atomic():
            self._mark_written()
            while chunk := list(islice(waiting, CHUNK)):
                self._take_out(chunk)

    def clear(self) -> None:
        """Empty the index."""
        with transaction.atomic():
            SearchIndex.objects.filter(name=self.name).delete()
            self._mark_written()

    def is_stale(self) -> bool:
        """Tell whether an earlier analyser built this index, so that it wants building again."""
        return SearchIndex.objects.filter(name=self.name).exclude(analyser=analyser.VERSION).exists()

    def search(self, query: str, *, prefix: bool = False, suggests: bool = True) -> Hits:
        """Return what matches `query`: every word, else any that is not frequent. Never raises.

        With `prefix` the last word may be unfinished; an unknown last word always may. One query,
        three more in the first search after the index changed. Without `suggests`, no word is corrected:
        to look through 30,000 words for the nearest takes 4 ms.
        """
        words = asked_words(query, prefix=prefix)
        if not words:
            return Hits()
        vocabulary = vocabulary_of(self.name)
        plan = plan_of(words, vocabulary, prefix=prefix)
        found = engine_of(connection).ranked(connection, self.name, plan.asked)
        if found.stamp != vocabulary.stamp:
            vocabulary = read_vocabulary(self.name)
            plan = plan_of(words, vocabulary, prefix=prefix)
            found = engine_of(connection).ranked(connection, self.name, plan.asked)
        if vocabulary.stamp is None:  # without its row the index is empty, whatever its tables hold
            return Hits()
        terms = frozenset(stem for group in plan.known for stem in group)
        return Hits(
            keys=found.keys,
            terms=terms,
            mode="none" if not found.keys else "and" if found.strict else "or",
            suggestion=suggestion_of(query, plan, vocabulary) if suggests else None,
            forms=vocabulary.forms(terms),
        )

    def _mark_written(self) -> None:
        """Give the index a new stamp, which also holds back other writers until the commit.

        Without its row the index holds nothing, so leftovers are swept when the row is made.
        """
        stamp = secrets.randbits(62)
        if SearchIndex.objects.filter(name=self.name).update(stamp=stamp):
            return
        _, made = SearchIndex.objects.get_or_create(
            name=self.name, defaults={"stamp": stamp, "analyser": analyser.VERSION}
        )
        if made:
            SearchDocument.objects.filter(index=self.name).delete()
            SearchWord.objects.filter(index=self.name).delete()
            engine_of(connection).clear(connection, self.name)

    def _take_out(self, keys: list[int]) -> None:
        old = SearchDocument.objects.filter(index=self.name, key__in=keys)
        words = list(old.values_list("words", flat=True))
        if words:
            old.delete()
            self._count(words, -1)
        engine_of(connection).delete(connection, self.name, keys)

    def _put_in(self, documents: Iterable[Document]) -> None:
        rows, kept = [], []
        for document in documents:
            parts = [analyser.terms(part) for part in (document.title, document.summary, document.body)]
            rows.append(Row(document.key, *([stem for _, stem in part] for part in parts)))
            pairs = {f"{form} {stem}" for part in parts for form, stem in part}
            kept.append(SearchDocument(index=self.name, key=document.key, words="\n".join(sorted(pairs))))
        engine_of(connection).write(connection, self.name, rows)
        SearchDocument.objects.bulk_create(kept)
        self._count([document.words for document in kept], 1)

    def _count(self, words: list[str], change: int) -> None:
        SearchIndex.objects.filter(name=self.name).update(documents=F("documents") + change * len(words))
        changes: Counter[tuple[str, str]] = Counter()
        for document in words:
            changes.update(spellings(document))
        if change < 0:
            changes = Counter({spelling: -count for spelling, count in changes.items()})
        count_words(self.name, changes)
