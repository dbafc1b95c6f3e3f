"""SQLite's engine: an FTS5 table a search index, fed with stems, ranked by bm25."""

# Names of tables come from `table_of`, which refuses all but letters; all else is a parameter.
# ruff: noqa: S608

import json
from itertools import chain

from django.db.backends.base.base import BaseDatabaseWrapper

from foundation.search.engines.asked import Asked, Group, Ranked, Row, table_of

# bm25 saturates: with these weights one match in a title passes any number in a body.
WEIGHTS = "1000.0, 60.0, 1.0"
COUNT = """
    INSERT INTO foundation_searchword ("index", stem, form, documents) VALUES (%s, %s, %s, %s)
    ON CONFLICT ("index", stem, form)
    DO UPDATE SET documents = foundation_searchword.documents + excluded.documents
"""
STAMP = "SELECT stamp FROM foundation_searchindex WHERE name = %s"


def create_sql(name: str) -> list[str]:
    """Return the statements that make the tables of `name`. Stems need no more than ASCII's tokenizer."""
    return [f"CREATE VIRTUAL TABLE {table_of(name)} USING fts5(title, summary, body, tokenize='ascii')"]


def drop_sql(name: str) -> list[str]:
    """Return the statements that undo `create_sql`."""
    return [f"DROP TABLE {table_of(name)}"]


def write(connection: BaseDatabaseWrapper, name: str, rows: list[Row]) -> None:
    """Put `rows` in; their keys must not be there."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table_of(name)} (rowid, title, summary, body) VALUES (%s, %s, %s, %s)",
            [(row.key, " ".join(row.title), " ".join(row.summary), " ".join(row.body)) for row in rows],
        )


def delete(connection: BaseDatabaseWrapper, name: str, keys: list[int]) -> None:
    """Take `keys` out, whether there or not."""
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {table_of(name)} WHERE rowid = %s", [(key,) for key in keys])


def clear(connection: BaseDatabaseWrapper, name: str) -> None:
    """Empty the index."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table_of(name)}")


def count(connection: BaseDatabaseWrapper, name: str, rows: list[tuple[str, str, int]]) -> None:
    """Add to the word table what (stem, form, change) `rows` say."""
    with connection.cursor() as cursor:
        cursor.executemany(COUNT, [(name, *row) for row in rows])


def ranked(connection: BaseDatabaseWrapper, name: str, asked: Asked) -> Ranked:
    """Return every key that holds all groups of `asked.strict`, else one of `asked.loose`, best first.

    bm25 costs 1.5 ms a thousand rows, and means little for words that are everywhere: where many
    rows are expected the matches are ordered by where they match, the newest first.
    """
    if asked.many:
        found = _by_place(connection, name, _expression(asked.strict, "AND"))
        if found.keys:
            return found
    table = table_of(name)
    matches = f"SELECT rowid AS key, bm25({table}, {WEIGHTS}) AS score FROM {table} WHERE {table} MATCH %s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH every AS MATERIALIZED ({matches}),
                 hits AS (SELECT key, score FROM every UNION ALL
                          SELECT * FROM ({matches}) WHERE NOT EXISTS (SELECT 1 FROM every))
            SELECT ({STAMP}), EXISTS (SELECT 1 FROM every),
                   (SELECT json_group_array(key) FROM (SELECT key FROM hits ORDER BY score, key DESC))
            """,
            [_expression(asked.strict, "AND"), _expression(asked.loose, "OR"), name],
        )
        stamp, every, keys = cursor.fetchone()
    return Ranked(stamp, bool(every), json.loads(keys))


def _by_place(connection: BaseDatabaseWrapper, name: str, expression: str) -> Ranked:
    table = table_of(name)
    matches = (
        f"(SELECT json_group_array(rowid) FROM "
        f"(SELECT rowid FROM {table} WHERE {table} MATCH %s ORDER BY rowid DESC))"
    )
    places = [f"title : {expression}", f"{{title summary}} : {expression}", expression]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({STAMP}), {matches}, {matches}, {matches}", [name, *places])
        stamp, *keys = cursor.fetchone()
    return Ranked(stamp, True, list(dict.fromkeys(chain.from_iterable(map(json.loads, keys)))))


def _expression(groups: list[Group], operator: str) -> str:
    """Return an FTS5 expression; stems hold letters and digits alone, quotes are doubled all the same."""
    quoted = [[f'"{stem.replace(chr(34), chr(34) * 2)}"' for stem in group] for group in groups]
    return "(" + (f" {operator} ".join(f"({' OR '.join(group)})" for group in quoted) or '""') + ")"
