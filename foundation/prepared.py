"""A queryset whose SQL is made once: for a question asked at every request (measured: 3.0 ms becomes 0.7)."""

import datetime
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

from django.db import connections, models
from django.db.models.query import get_related_populators

# Values that no row has: they mark, in the SQL's parameters, the places of the real ones.
_MARKS: Mapping[type, tuple[Any, ...]] = {
    int: tuple(-918_273_640 - number for number in range(4)),
    datetime.date: tuple(datetime.date(3, 2, 1 + number) for number in range(4)),
}


class Prepared:
    """Rows of `build(**values)`, a queryset of model instances whose SQL depends on no value but those given.

    `build` must hand each value to the database as it is (`until__gte=day`, not `day - 1`). Related rows of
    `select_related` and annotations come as they do in Django.
    """

    def __init__(self, build: Callable[..., models.QuerySet], **kinds: type) -> None:
        self._build = build
        marks = {kind: iter(values) for kind, values in _MARKS.items()}
        self._marks = {name: next(marks[kind]) for name, kind in kinds.items()}
        self._made: dict[str, _Statement] = {}
        self._lock = Lock()

    def rows(self, using: str = "default", **values: Any) -> list[Any]:
        """Ask the database; one query."""
        statement = self._made.get(using)
        if statement is None:
            with self._lock:
                statement = self._made[using] = _Statement(self._build(**self._marks), self._marks, using)
        return statement.rows(values)


class _Statement:
    """What a compiled queryset needs to run again: SQL, places of values, how rows become instances."""

    def __init__(self, queryset: models.QuerySet, marks: Mapping[str, Any], using: str) -> None:
        self.using = using
        compiler = queryset.query.get_compiler(using)
        self.sql, parameters = compiler.as_sql()
        names = {_adapted(using, mark): name for name, mark in marks.items()}
        # (name, or "" and the fixed value) of each parameter, in order.
        self.parameters = [(names.get(_hashable(value), ""), value) for value in parameters]
        missing = set(marks) - {name for name, _value in self.parameters}
        if missing:
            raise ValueError(f"values that the SQL does not hold as they are: {sorted(missing)}")
        info = compiler.klass_info
        select = compiler.select
        fields = info["select_fields"]
        self.model, self.first, self.last = info["model"], fields[0], fields[-1] + 1
        self.names = [select[place][0].target.attname for place in fields]
        self.related = get_related_populators(info, select, using)  # type: ignore[call-arg]
        self.annotations = tuple(compiler.annotation_col_map.items())
        self.converters = compiler.get_converters([column[0] for column in select])
        self.compiler = compiler

    def rows(self, values: Mapping[str, Any]) -> list[Any]:
        parameters = [
            _adapted(self.using, values[name]) if name else fixed for name, fixed in self.parameters
        ]
        with connections[self.using].cursor() as cursor:
            cursor.execute(self.sql, parameters)
            found: Any = cursor.fetchall()
        if self.converters:
            found = self.compiler.apply_converters(found, self.converters)
        return [self._instance(row) for row in found]

    def _instance(self, row: Any) -> Any:
        made = self.model.from_db(self.using, self.names, row[self.first : self.last])
        for populator in self.related:
            populator.populate(row, made)
        for name, place in self.annotations:
            setattr(made, name, row[place])
        return made


def _adapted(using: str, value: Any) -> Any:
    """A value as this database's driver takes it."""
    if isinstance(value, datetime.date):
        return connections[using].ops.adapt_datefield_value(value)
    return value


def _hashable(value: Any) -> Any:
    return value if isinstance(value, int | str | datetime.date) else None
