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


class ScopedRow(NamedTuple):
    """A document as terms, each of its scope."""

    key: int
    terms: list[str]


@dataclass(frozen=True, slots=True)
class ScopedHits:
    """Keys found, newest first; stems to highlight; whether each holds every word; whether more follow."""

    keys: Sequence[int] = ()
    terms: frozenset[str] = frozenset()
    every_word: bool = True
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
        for the next page. Never raises; one query, three where no document holds every word.
        """
        asked = _asked(query)
        if not asked or not scopes:
            return ScopedHits()
        terms = frozenset(word.stem for word in asked)
        whole: list[tuple[str, ...]] = [(word.stem,) for word in asked]
        tries = [(whole, "AND")]
        if len(asked[-1].beginning) >= SHORTEST_PREFIX:
            tries.append(([*whole[:-1], (asked[-1].stem, f"{asked[-1].beginning}*")], "AND"))
        if len(asked) > 1:
            tries.append((tries[-1][0], "OR"))
        for words, operator in tries:
            groups = [tuple(_term(scope, one) for scope in scopes for one in word) for word in words]
            engine = scoped_engine_of(connection)
            keys = engine.newest(connection, self.name, groups, operator, most + 1, before)
            if keys:
                return ScopedHits(keys[:most], terms, operator == "AND", len(keys) > most)
        return ScopedHits(terms=terms)


class _Asked(NamedTuple):
    """One word of a query; `beginning` is what it may begin with, of the last word only."""

    stem: str
    beginning: str = ""


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
