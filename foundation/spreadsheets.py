"""Rows as files that a spreadsheet opens without obeying: a cell that begins like a formula is quoted."""

import csv
import datetime
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import models
from django.utils.text import slugify

Row = Mapping[str, Any]
# What makes a spreadsheet run a cell, whatever its language or keyboard; spaces before it are passed over.
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
BLANK_STARTS = ("\t", "\r", "\n")


def safe_cell(value: object) -> str:
    """Return a value as the text of a cell; a quote before what would be a formula."""
    text = "" if value is None else str(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return text
    runs = text.startswith(BLANK_STARTS) or text.lstrip().startswith(FORMULA_STARTS)
    return f"'{text}" if runs else text


def as_csv(rows: Sequence[Row]) -> str:
    """Return rows of the same columns as CSV: semicolons, as French spreadsheets read; a mark for UTF-8."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    columns = list(dict.fromkeys(name for row in rows for name in row))
    writer.writerow([safe_cell(name) for name in columns])
    writer.writerows([safe_cell(row.get(name)) for name in columns] for row in rows)
    return f"\ufeff{file.getvalue()}"


def as_json(rows: Sequence[Row]) -> str:
    """Return rows as JSON; what is no text or number is written as text."""
    return json.dumps([dict(row) for row in rows], ensure_ascii=False, indent=1, default=str)


def file_stem(name: str) -> str:
    """Return a name that every system takes for a file: letters, digits and dashes."""
    return slugify(name)[:60].strip("-") or "liste"


def row_of(obj: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """Return fields of a row under the words the pages have for them."""
    row: dict[str, Any] = {}
    for name in names:
        field: Any = obj._meta.get_field(name)
        value = getattr(obj, f"get_{name}_display")() if field.choices else getattr(obj, field.attname)
        if isinstance(value, datetime.datetime):
            value = value.isoformat(timespec="seconds")
        row[str(field.verbose_name)] = value
    return row
