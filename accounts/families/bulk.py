"""Insert thousands of rows in a short transaction: values are made ready before, so that others hardly wait.

`bulk_create` makes its statements inside the transaction: for 20,000 rows, five times as long as this.
PostgreSQL takes all rows at once, by COPY and by arrays: row by row, the transaction is three times as long.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


class Rows:
    """Rows of one model ready to be inserted; defaults and conversions are those of its fields."""

    def __init__(self, model: type[models.Model], objects: Sequence[Any]) -> None:
        fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        self._columns = [str(field.column) for field in fields]
        self._model = model
        self._values = [
            tuple(field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields)
            for row in objects
        ]

    def insert(self) -> None:
        if connection.vendor == "postgresql":
            _copy(f"COPY {_table(self._model, self._columns)} FROM STDIN", self._values)
        else:
            _run(_statement(self._model, self._columns), self._values)


def link(through: type[models.Model], columns: Sequence[str], pairs: Iterable[tuple[int, int]]) -> None:
    """Insert pairs of keys in the table of a many-to-many field; a pair that is there is left alone."""
    if connection.vendor == "postgresql":
        rows = "SELECT * FROM UNNEST(%s::bigint[], %s::bigint[])"
        _run_once(f"INSERT INTO {_table(through, columns)} {rows} ON CONFLICT DO NOTHING", pairs)
    else:
        _run(f"{_statement(through, columns)} ON CONFLICT DO NOTHING", list(pairs))


def set_values(model: type[models.Model], column: str, values: Iterable[tuple[str, int]]) -> None:
    """Set one column of text, row by row: pairs of value and primary key."""
    quote = connection.ops.quote_name
    table, name = quote(model._meta.db_table), quote(column)
    key = quote(str(model._meta.pk.column))  # type: ignore[union-attr]
    if connection.vendor == "postgresql":
        rows = "UNNEST(%s::text[], %s::bigint[]) AS given (value, key)"
        statement = f"UPDATE {table} SET {name} = given.value FROM {rows} WHERE {table}.{key} = given.key"  # noqa: S608
        _run_once(statement, values)
    else:
        _run(f"UPDATE {table} SET {name} = %s WHERE {key} = %s", list(values))  # noqa: S608


def _table(model: type[models.Model], columns: Sequence[str]) -> str:
    quote = connection.ops.quote_name
    return f"{quote(model._meta.db_table)} ({', '.join(map(quote, columns))})"


def _statement(model: type[models.Model], columns: Sequence[str]) -> str:
    places = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {_table(model, columns)} VALUES ({places})"  # noqa: S608


def _run(statement: str, values: list[tuple]) -> None:
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(statement, values)


def _run_once(statement: str, pairs: Iterable[tuple[Any, int]]) -> None:
    """Run `statement` for all pairs at once: its parameters are two arrays."""
    firsts, seconds = zip(*pairs, strict=True) if (pairs := list(pairs)) else ((), ())
    if firsts:
        with connection.cursor() as cursor:
            cursor.execute(statement, [list(firsts), list(seconds)])


def _copy(statement: str, values: list[tuple]) -> None:
    if values:
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in values:
                copy.write_row(row)
