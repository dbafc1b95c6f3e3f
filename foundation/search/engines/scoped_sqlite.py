"""SQLite's engine of private indexes: an FTS5 table of terms without places, read from its newest row."""

# Names of tables come from `table_of`, which refuses all but letters; all else is a parameter.
# ruff: noqa: S608

from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

from foundation.search.engines.asked import Group, table_of
from foundation.search.engines.sqlite import clear, delete, drop_sql

__all__ = ["clear", "create_scoped_sql", "delete", "drop_sql", "newest", "write_scoped"]


def create_scoped_sql(name: str) -> list[str]:
    """Return the statement that makes the table: ASCII's tokenizer takes any other sign for a letter."""
    return [f"CREATE VIRTUAL TABLE {table_of(name)} USING fts5(terms, tokenize='ascii', detail='none')"]


def write_scoped(connection: BaseDatabaseWrapper, name: str, rows: Sequence[tuple[int, list[str]]]) -> None:
    """Put rows of (key, terms) in; their keys must not be there."""
    with connection.cursor() as cursor:
        statement = f"INSERT INTO {table_of(name)} (rowid, terms) VALUES (%s, %s)"
        cursor.executemany(statement, [(key, " ".join(terms)) for key, terms in rows])


def newest(
    connection: BaseDatabaseWrapper,
    name: str,
    groups: Sequence[Group],
    operator: str,
    most: int,
    before: int | None,
) -> list[int]:
    """Return at most `most` keys that hold the groups joined by `operator`, newest first."""
    table = table_of(name)
    expression = f" {operator} ".join(f"({_any(group)})" for group in groups)
    sql = f"SELECT rowid FROM {table} WHERE {table} MATCH %s"
    parameters: list[str | int] = [expression]
    if before is not None:
        sql += " AND rowid < %s"
        parameters.append(before)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} ORDER BY rowid DESC LIMIT %s", [*parameters, most])
        return [key for (key,) in cursor.fetchall()]


def _any(terms: Sequence[str]) -> str:
    return " OR ".join(_quoted(term) for term in terms)


def _quoted(term: str) -> str:
    """Return a term; what ends in * is the beginning of one."""
    bare = term.rstrip("*").replace('"', '""')
    return f'"{bare}"*' if term.endswith("*") else f'"{bare}"'
