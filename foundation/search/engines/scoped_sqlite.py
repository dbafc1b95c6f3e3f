"""SQLite's engine of private indexes: an FTS5 table of terms without places, read from its newest row."""

# Names of tables come from `table_of`, which refuses all but letters; all else is a parameter.
# ruff: noqa: S608

from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

from foundation.search.engines.asked import Group, table_of
from foundation.search.engines.sqlite import clear, delete, drop_sql

__all__ = ["clear", "create_scoped_sql", "delete", "drop_sql", "expression", "newest_sql", "write_scoped"]


def create_scoped_sql(name: str) -> list[str]:
    """Return the statement that makes the table: ASCII's tokenizer takes any other sign for a letter."""
    return [f"CREATE VIRTUAL TABLE {table_of(name)} USING fts5(terms, tokenize='ascii', detail='none')"]


def write_scoped(connection: BaseDatabaseWrapper, name: str, rows: Sequence[tuple[int, list[str]]]) -> None:
    """Put rows of (key, terms) in; their keys must not be there."""
    with connection.cursor() as cursor:
        statement = f"INSERT INTO {table_of(name)} (rowid, terms) VALUES (%s, %s)"
        cursor.executemany(statement, [(key, " ".join(terms)) for key, terms in rows])


def newest_sql(name: str) -> str:
    """Return SQL for the newest keys of one expression; of the next where none has it; of the third likewise.

    Parameters: expression, key that all stand before, and how many at most; thrice. What has no rows to give
    has LIMIT 0: a condition would be asked of each row that matches.
    """
    table = table_of(name)
    matches = f"SELECT rowid AS key FROM {table} WHERE {table} MATCH %s AND rowid < %s ORDER BY rowid DESC"
    return f"""
        WITH first AS MATERIALIZED ({matches} LIMIT %s),
             second AS MATERIALIZED ({matches} LIMIT iif(EXISTS (SELECT 1 FROM first), 0, %s)),
             third AS MATERIALIZED ({matches} LIMIT iif(
                 EXISTS (SELECT 1 FROM first) OR EXISTS (SELECT 1 FROM second), 0, %s))
        SELECT key FROM first UNION ALL SELECT key FROM second UNION ALL SELECT key FROM third
    """


def expression(groups: Sequence[Group], operator: str) -> str:
    """Return what finds documents of the groups joined by `operator`; of no group, what finds nothing."""
    return f" {operator} ".join(f"({_any(group)})" for group in groups) or '""'


def _any(terms: Sequence[str]) -> str:
    return " OR ".join(_quoted(term) for term in terms)


def _quoted(term: str) -> str:
    """Return a term; what ends in * is the beginning of one."""
    bare = term.rstrip("*").replace('"', '""')
    return f'"{bare}"*' if term.endswith("*") else f'"{bare}"'
