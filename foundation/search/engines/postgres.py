"""PostgreSQL's engine: weighted `tsvector`s of stems under a GIN index.

`vector` says which documents match: GIN answers without reading it. `head` ranks them: title, summary
and the words a body insists on, short enough to stay in the row, so that ranking 10,000 rows reads no
TOAST.
"""

# Names of tables come from `table_of`, which refuses all but letters; all else is a parameter.
# ruff: noqa: S608

from collections import Counter
from collections.abc import Iterable
from itertools import chain

from django.db.backends.base.base import BaseDatabaseWrapper

from foundation.search.engines.asked import Asked, Group, Ranked, Row, table_of

# ts_rank's weights for D, C, B, A: a word of the body, one it insists on, of the summary, of the title.
WEIGHTS = "{0.01, 0.05, 0.25, 1.0}"
INSISTED = 30
COUNT = """
    INSERT INTO foundation_searchword ("index", stem, form, documents)
    SELECT %s, * FROM unnest(%s::text[], %s::text[], %s::int[])
    ON CONFLICT ("index", stem, form)
    DO UPDATE SET documents = foundation_searchword.documents + excluded.documents
"""


def create_sql(name: str) -> list[str]:
    """Return the statements that make the tables of `name`."""
    table = table_of(name)
    return [
        f"CREATE TABLE {table} (key bigint PRIMARY KEY, head tsvector NOT NULL, vector tsvector NOT NULL)",
        f"CREATE INDEX {table}_vector ON {table} USING gin (vector) WITH (fastupdate = off)",
    ]


def drop_sql(name: str) -> list[str]:
    """Return the statements that undo `create_sql`."""
    return [f"DROP TABLE {table_of(name)}"]


def write(connection: BaseDatabaseWrapper, name: str, rows: list[Row]) -> None:
    """Put `rows` in; their keys must not be there."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table_of(name)} (key, head, vector) VALUES (%s, %s::tsvector, %s::tsvector)",
            [(row.key, _head(row), _vector(row)) for row in rows],
        )


def delete(connection: BaseDatabaseWrapper, name: str, keys: list[int]) -> None:
    """Take `keys` out, whether there or not."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table_of(name)} WHERE key = ANY(%s)", [keys])


def clear(connection: BaseDatabaseWrapper, name: str) -> None:
    """Empty the index."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table_of(name)}")


def count(connection: BaseDatabaseWrapper, name: str, rows: list[tuple[str, str, int]]) -> None:
    """Add to the word table what (stem, form, change) `rows` say, no spelling twice."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [name, *map(list, zip(*rows, strict=True))])


def ranked(connection: BaseDatabaseWrapper, name: str, asked: Asked) -> Ranked:
    """Return every key that holds all groups of `asked.strict`, else one of `asked.loose`, best first.

    Sorting 10,000 scores costs as much as all the rest, and ranks mean little for words that are
    everywhere: where many rows are expected they are ordered by where they match, the newest first.
    """
    if asked.many:
        found = _by_place(connection, name, asked.strict)
        if found.keys:
            return found
    table = table_of(name)
    with connection.cursor() as cursor:
        # The planner must not see the words: for a frequent one it would read every `vector`
        # through, seven times slower than the index.
        cursor.execute(
            f"""
            WITH every AS MATERIALIZED (
                     SELECT key, ts_rank(%s, head, %s::tsquery) AS score
                     FROM {table} WHERE vector @@ (SELECT %s::tsquery)),
                 hits AS (
                     SELECT key, score FROM every UNION ALL
                     SELECT key, ts_rank(%s, head, %s::tsquery) FROM {table}
                     WHERE vector @@ (SELECT %s::tsquery) AND NOT EXISTS (SELECT 1 FROM every))
            SELECT (SELECT stamp FROM foundation_searchindex WHERE name = %s),
                   EXISTS (SELECT 1 FROM every),
                   (SELECT array_agg(key ORDER BY score DESC, key DESC) FROM hits)
            """,
            [
                *(WEIGHTS, _expression(asked.strict, "|"), _expression(asked.strict, "&")),
                *(WEIGHTS, _expression(asked.loose, "|"), _expression(asked.loose, "|")),
                name,
            ],
        )
        stamp, every, keys = cursor.fetchone()
    return Ranked(stamp, every, keys or [])


def _by_place(connection: BaseDatabaseWrapper, name: str, groups: list[Group]) -> Ranked:
    places = "array_agg(key) FILTER (WHERE head @@ %s::tsquery)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT (SELECT stamp FROM foundation_searchindex WHERE name = %s),
                   {places}, {places}, array_agg(key)
            FROM {table_of(name)} WHERE vector @@ (SELECT %s::tsquery)
            """,
            [name, *(_expression(groups, "&", weights) for weights in (":A", ":AB", ""))],
        )
        stamp, *keys = cursor.fetchone()
    newest_first = (sorted(some or (), reverse=True) for some in keys)
    return Ranked(stamp, True, list(dict.fromkeys(chain.from_iterable(newest_first))))


def _vector(row: Row) -> str:
    return " ".join(_quoted(stem) for stem in {*row.title, *row.summary, *row.body})


def _head(row: Row) -> str:
    counts = Counter(row.body)
    insisted = [stem for stem, count in counts.most_common(INSISTED) if count > 1]
    return " ".join([*_weighted(row.title, "A"), *_weighted(row.summary, "B"), *_weighted(insisted, "C")])


def _weighted(stems: Iterable[str], weight: str) -> list[str]:
    place = {"A": 1, "B": 101, "C": 301}[weight]
    return [f"{_quoted(stem)}:{place + i}{weight}" for i, stem in enumerate(list(stems)[:200])]


def _expression(groups: list[Group], operator: str, weights: str = "") -> str:
    """Return a `tsquery`; stems hold letters and digits alone, quotes are doubled all the same."""
    quoted = [[_quoted(stem) + weights for stem in group] for group in groups]
    return f" {operator} ".join(f"({' | '.join(group)})" for group in quoted)


def _quoted(stem: str) -> str:
    return "'" + stem.replace("\\", "\\\\").replace("'", "''") + "'"
