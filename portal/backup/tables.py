"""Which tables a backup holds, and rows as lines of JSON that any database takes."""

import base64
import datetime
import decimal
import json
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps.registry import Apps
from django.db import connections, models

# What lives for a moment, opens a door or is made again: in no backup, and emptied by a restore.
LEFT_OUT = frozenset(
    [
        "accounts.ImportPlan",
        "accounts.KeptText",
        "django_tasks_database.DBTaskResult",
        "foundation.LimitCount",
        "foundation.SearchDocument",
        "foundation.SearchIndex",
        "foundation.SearchWord",
        "portal.ClockRun",
        "sessions.Session",
        "usersessions.UserSession",
    ]
)
ROWS_AT_ONCE = 500


def all_models(apps: Apps) -> list[Any]:
    """Every model with a table, many-to-many ones included, in a steady order."""
    found = apps.get_models(include_auto_created=True)
    real = [model for model in found if model._meta.managed and not model._meta.proxy]
    return sorted(real, key=lambda model: model._meta.label)


def kept_models(apps: Apps) -> list[Any]:
    return [model for model in all_models(apps) if model._meta.label not in LEFT_OUT]


def every_row(model: Any, alias: str) -> Any:
    """The rows of every school, whatever guards the model puts before its queries."""
    return models.QuerySet(model, using=alias)


def lines_of(model: Any, alias: str) -> Iterator[str]:
    """Yield the rows of a table as JSON, each an object of its columns, by key."""
    names = [field.attname for field in model._meta.concrete_fields]
    rows = every_row(model, alias).order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=ROWS_AT_ONCE * 4):
        yield json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=_plain)


def store_lines(model: Any, lines: Iterable[str], alias: str) -> int:
    """Insert rows as they were, keys and dates included; return how many."""
    fields = list(model._meta.concrete_fields)
    most = max(1, min(ROWS_AT_ONCE, connections[alias].ops.bulk_batch_size(fields, [None] * ROWS_AT_ONCE)))
    count, waiting = 0, []
    for line in lines:
        waiting.append(_row(model, fields, json.loads(line)))
        if len(waiting) == most:
            count += _insert(model, fields, waiting, alias)
            waiting = []
    return count + (_insert(model, fields, waiting, alias) if waiting else 0)


def copy_rows(model: Any, source: str, target: str) -> int:
    """Insert the rows of one database into the same table of another."""
    return store_lines(model, lines_of(model, source), target)


def empty(models_: Iterable[Any], alias: str) -> None:
    """Delete every row; what points from one table to another is checked at the commit."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        for model in models_:
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - a table of ours


def _insert(model: Any, fields: list[models.Field], rows: list[models.Model], alias: str) -> int:
    # Raw, as Django's own loading of fixtures: nothing is dated, signalled or checked anew.
    every_row(model, alias)._insert(rows, fields=fields, using=alias, raw=True)
    return len(rows)


def _row(model: Any, fields: list[models.Field], values: dict[str, Any]) -> models.Model:
    row = model()
    for field in fields:
        if field.attname in values:
            setattr(row, field.attname, field.to_python(values[field.attname]))
    return row


def _plain(value: object) -> str:
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, decimal.Decimal | uuid.UUID | datetime.timedelta):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no plain form")
