"""PostgreSQL's engine of private indexes: `tsvector`s without places under a GIN index."""

# Names of tables come from `table_of`, which refuses all but letters; all else is a parameter.
# ruff: noqa: S608

from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

from foundation.search.engines.asked import Group, table_of
from foundation.search.engines.postgres import clear, delete, drop_sql

__all__ = ["clear", "create_scoped_sql", "delete", "drop_sql", "expression", "newest_sql", "write_scoped"]


def create_scoped_sql(name: str) -> list[str]:
    """Return the statements that make the table."""
    table = table_of(name)
    return [
        f"CREATE TABLE {table} (key bigint PRIMARY KEY, vector tsvector NOT NULL)",
        f"CREATE INDEX {table}_vector ON {table} USING gin (vector)",
    ]


def write_scoped(connection: BaseDatabaseWrapper, name: str, rows: Sequence[tuple[int, list[str]]]) -> None:
    """Put rows of (key, terms) in; their keys must not be there."""
    with connection.cursor() as cursor:
        statement = f"INSERT INTO {table_of(name)} (key, vector) VALUES (%s, %s::tsvector)"
        cursor.executemany(statement, [(key, " ".join(map(_quoted, terms))) for key, terms in rows])


def newest_sql(name: str) -> str:
    """Return SQL for the newest keys of one expression; of the next where none has it; of the third likewise.

    Parameters: expression, key that all stand before, and how many at most; thrice. The planner sees the
    words: for a frequent one it reads the newest rows through, for a rare one the index.
    """
    matches = f"SELECT key FROM {table_of(name)} WHERE vector @@ %s::tsquery AND key < %s"
    newest = "ORDER BY key DESC LIMIT %s"
    return f"""
        WITH first AS MATERIALIZED ({matches} {newest}),
             second AS MATERIALIZED ({matches} AND NOT EXISTS (SELECT 1 FROM first) {newest}),
             third AS MATERIALIZED ({matches} AND NOT EXISTS (SELECT 1 FROM first)
                 AND NOT EXISTS (SELECT 1 FROM second) {newest})
        SELECT key FROM first UNION ALL SELECT key FROM second UNION ALL SELECT key FROM third
    """


def expression(groups: Sequence[Group], operator: str) -> str:
    """Return what finds documents of the groups joined by `operator`; of no group, what finds nothing."""
    sign = {"AND": " & ", "OR": " | "}[operator]
    return sign.join(f"({_any(group)})" for group in groups)


def _any(group: Group) -> str:
    return " | ".join(
        f"{_quoted(term.rstrip('*'))}:*" if term.endswith("*") else _quoted(term) for term in group
    )


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
