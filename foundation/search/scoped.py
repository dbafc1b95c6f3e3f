"""A private index: what each scope (a group) holds, newest first; nothing is known of it outside the scope.

Each term begins with the scope's key, so that the index itself leaves all else out (RULES §7), and a word
that is everywhere costs no more than the group’s own messages (SQLite, 200,000 messages: 29 ms become
0.2, measured). There is no word table: it would tell one group which words another uses.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection
from django.db.migrations.operations.base import Operation

from foundation.search import analyser
from foundation.search.engines import scoped_engine_of
from foundation.search.engines.asked import table_of

LONGEST_QUERY = 300
MOST_WORDS = 12
# A word this short begins too many others.
SHORTEST_PREFIX = 3
# Above any key.
LAST = 2**63 - 1


class ScopedRow(NamedTuple):
    """A document as terms, each of its scope."""

    key: int
    terms: list[str]


@dataclass(frozen=True, slots=True)
class ScopedHits:
    """Keys found, newest first; stems to highlight; whether more follow."""

    keys: Sequence[int] = ()
    terms: frozenset[str] = frozenset()
    has_more: bool = False


class ScopedIndex:
    """The index called `name`, whose table a `CreateScopedIndex` migration made. Keys grow with time."""

    def __init__(self, name: str) -> None:
        """Raise `ValueError` for a name that is not lower-case ASCII letters."""
        table_of(name)
        self.name = name

    def put(self, key: int, scope: str, text: str) -> None:
        """Put a document in, in the place of the one with this key; part of the caller's transaction."""
        self.remove([key])
        self.add([(key, scope, text)])

    def add(self, documents: Iterable[tuple[int, str, str]]) -> None:
        """Put in (key, scope, text) that are not there yet."""
        rows = [
            ScopedRow(key, [_term(scope, stem) for stem in dict.fromkeys(analyser.terms_in(text))])
            for key, scope, text in documents
        ]
        scoped_engine_of(connection).write_scoped(connection, self.name, rows)

    def remove(self, keys: Iterable[int]) -> None:
        """Take `keys` out, whether there or not; part of the caller's transaction."""
        scoped_engine_of(connection).delete(connection, self.name, list(keys))

    def clear(self) -> None:
        """Empty the index."""
        scoped_engine_of(connection).clear(connection, self.name)

    def search(
        self, query: str, scopes: Sequence[str], *, most: int = 20, before: int | None = None
    ) -> ScopedHits:
        """Return what of `scopes` matches `query`: every word, else any.

        Where its last word as typed is nowhere, it may be the beginning of one. `before`: only keys under it,
        for the next page. Never raises; one query.
        """
        asked = self.asked(query, scopes)
        if asked is None:
            return ScopedHits()
        values = [(one, before or LAST, most + 1) for one in asked.expressions]
        with connection.cursor() as cursor:
            cursor.execute(self.newest_sql(), [value for three in values for value in three])
            keys = [key for (key,) in cursor.fetchall()]
        return ScopedHits(keys[:most], asked.terms, len(keys) > most)

    def asked(self, query: str, scopes: Sequence[str]) -> "ScopedQuery | None":
        """Return `query` as `newest_sql` takes it; None if it has no word, or no scope."""
        words = _asked(query)
        if not words or not scopes:
            return None
        whole: list[tuple[str, ...]] = [(word.stem,) for word in words]
        begun: list[tuple[str, ...]] = []
        if len(words[-1].beginning) >= SHORTEST_PREFIX:
            begun = [*whole[:-1], (words[-1].stem, f"{words[-1].beginning}*")]
        some = (begun or whole) if len(words) > 1 else []
        engine = scoped_engine_of(connection)
        tries = ((whole, "AND"), (begun, "AND"), (some, "OR"))
        return ScopedQuery(
            tuple(words), tuple(engine.expression(_scoped(one, scopes), operator) for one, operator in tries)
        )

    def newest_sql(self) -> str:
        """Return SQL whose one column is the keys found, for this query or inside another.

        Parameters: for each of the three expressions of a ScopedQuery, itself, the key that all stand before
        (`LAST` for none), and how many at most.
        """
        sql: str = scoped_engine_of(connection).newest_sql(self.name)
        return sql


class _Asked(NamedTuple):
    """One word of a query; `beginning` is what it may begin with, of the last word only."""

    stem: str
    beginning: str = ""

    def begins_one_of(self, stems: Iterable[str]) -> bool:
        return len(self.beginning) >= SHORTEST_PREFIX and any(
            stem.startswith(self.beginning) for stem in stems
        )


@dataclass(frozen=True, slots=True)
class ScopedQuery:
    """A query as the index asks it: each word whole, else the last one begun, else any of them."""

    words: tuple[_Asked, ...]
    expressions: tuple[str, ...]

    @property
    def terms(self) -> frozenset[str]:
        """Stems to highlight."""
        return frozenset(word.stem for word in self.words)

    def has_every_word(self, text: str) -> bool:
        """Tell whether a document of this text was found for all words, not for some of them."""
        stems = set(analyser.terms_in(text))
        return all(word.stem in stems or word.begins_one_of(stems) for word in self.words)


def _scoped(words: Iterable[tuple[str, ...]], scopes: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(_term(scope, one) for scope in scopes for one in word) for word in words]


def _asked(query: str) -> list[_Asked]:
    every = list(analyser.words(query[:LONGEST_QUERY]))
    last = every[-1] if every else None
    found: dict[str, _Asked] = {}
    for word in every:
        folded = analyser.fold(word.form)
        stem = word.stem or (folded if word is last and len(folded) >= SHORTEST_PREFIX else "")
        if stem:
            found[stem] = _Asked(stem, folded if word is last else "")
    return list(found.values())[:MOST_WORDS]


def _term(scope: str, word: str) -> str:
    """A term that no text gives: analysed words hold letters and figures alone."""
    return f"{scope}§{word}"


class CreateScopedIndex(Operation):
    """Create the table of the private index `name` (lower-case ASCII letters), on either database."""

    reversible = True

    def __init__(self, name: str) -> None:
        self.name = name

    def state_forwards(self, app_label, state) -> None:
        """Change no model: the table belongs to the engine."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state) -> None:
        for statement in scoped_engine_of(schema_editor.connection).create_scoped_sql(self.name):
            schema_editor.execute(statement)

    def database_backwards(self, app_label, schema_editor, from_state, to_state) -> None:
        for statement in scoped_engine_of(schema_editor.connection).drop_sql(self.name):
            schema_editor.execute(statement)

    def describe(self) -> str:
        return f"Create private search index {self.name}"
