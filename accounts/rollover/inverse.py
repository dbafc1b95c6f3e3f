"""What undoes a change: the rows it made, and the values that others had before (DESIGN §6, Rollover).

It is kept as JSON on the rollover: {"made": [[model, [pk]]], "changed": {model: {pk: {column: value}}},
"deleted": [[model, [{column: value}]]]}, both lists in the order of the acts. Models are those of this app,
by their lower-case name.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.contrib.admin.utils import NestedObjects
from django.db import models, router

CHUNK = 500


class Inverse:
    """Write rows and note how to take it back; `as_json()` is what `Rollover.inverse` keeps."""

    def __init__(self) -> None:
        self.made: list[tuple[str, list[int]]] = []
        self.changed: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        self.deleted: list[tuple[str, list[dict[str, Any]]]] = []

    def create(self, rows: Sequence[Any]) -> None:
        """Store new rows, of one model."""
        if rows:
            model = type(rows[0])
            stored = model._base_manager.bulk_create(rows, batch_size=CHUNK)
            self.made.append((_name(model), [row.pk for row in stored]))

    def change(self, rows: Sequence[Any], **values: Any) -> None:
        """Set the same `values`, by column, on rows of one model."""
        if not rows:
            return
        model = type(rows[0])
        noted = self.changed[_name(model)]
        for row in rows:
            before = noted.setdefault(str(row.pk), {})
            for column in values:
                before.setdefault(column, _plain(getattr(row, column)))
        for pks in _chunks([row.pk for row in rows]):
            model._base_manager.filter(pk__in=pks).update(**values)

    def delete(self, rows: Sequence[Any]) -> None:
        """Take rows away, with all that hangs on them."""
        if not rows:
            return
        tree = NestedObjects(using=router.db_for_write(type(rows[0])))
        tree.collect(list(rows))
        for model, found in tree.data.items():
            self.deleted.append((_name(model), [_noted(row) for row in found]))
        for model in reversed(list(tree.data)):
            for pks in _chunks([row.pk for row in tree.data[model]]):
                model._base_manager.filter(pk__in=pks).delete()

    def as_json(self) -> dict[str, Any]:
        return {"made": self.made, "changed": dict(self.changed), "deleted": self.deleted}


def take_away_made(kept: dict[str, Any]) -> None:
    """Delete the rows that a change made, those made last first."""
    for name, pks in reversed(kept.get("made", [])):
        for some in _chunks(pks):
            _model(name)._base_manager.filter(pk__in=some).delete()


def put_back_deleted(kept: dict[str, Any]) -> None:
    """Store again the rows that a change took away, but those whose owner is gone since."""
    for name, noted in kept.get("deleted", []):
        model = _model(name)
        rows = [model(**_values(model, columns)) for columns in noted]
        model._base_manager.bulk_create(_still_owned(rows), batch_size=CHUNK, ignore_conflicts=True)


def put_back_changed(kept: dict[str, Any], name: str, *, but: Iterable[int] = ()) -> None:
    """Give rows of model `name` the values they had; those that are gone, and those of `but`, are left."""
    model = _model(name)
    left_out = {str(pk) for pk in but}
    together: dict[tuple, list[str]] = defaultdict(list)
    for pk, columns in kept.get("changed", {}).get(name, {}).items():
        if pk not in left_out:
            together[tuple(sorted(columns.items()))].append(pk)
    for values, pks in together.items():
        for some in _chunks(pks):
            model._base_manager.filter(pk__in=some).update(**_values(model, dict(values)))


def changed_pks(kept: dict[str, Any], name: str) -> list[int]:
    """Return the rows of model `name` that a change gave other values."""
    return [int(pk) for pk in kept.get("changed", {}).get(name, {})]


def _model(name: str) -> type[models.Model]:
    return apps.get_model("accounts", name)


def _name(model: type[models.Model]) -> str:
    return model._meta.model_name or ""


def _columns(model: type[models.Model]) -> Iterable[Any]:
    return model._meta.concrete_fields


def _noted(row: Any) -> dict[str, Any]:
    return {field.attname: _plain(getattr(row, field.attname)) for field in _columns(type(row))}


def _still_owned(rows: list[Any]) -> list[Any]:
    """Leave out rows whose owner was erased since; what may be empty is emptied."""
    for field in _columns(type(rows[0])) if rows else ():
        if not field.is_relation:
            continue
        wanted = {getattr(row, field.attname) for row in rows} - {None}
        living = set(field.related_model._base_manager.filter(pk__in=wanted).values_list("pk", flat=True))
        for row in rows:
            if getattr(row, field.attname) not in living and field.null:
                setattr(row, field.attname, None)
        rows = [row for row in rows if field.null or getattr(row, field.attname) in living]
    return rows


def _values(model: type[models.Model], columns: dict[str, Any]) -> dict[str, Any]:
    fields = {field.attname: field for field in _columns(model)}
    return {name: fields[name].to_python(value) for name, value in columns.items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _chunks(pks: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(pks), CHUNK):
        yield pks[start : start + CHUNK]
