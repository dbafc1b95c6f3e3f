"""A queryset whose SQL is made once: for a question asked at every request (measured: 3.0 ms becomes 0.7)."""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count
from threading import Lock
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models.query import ValuesIterable, ValuesListIterable, get_related_populators

# SQL is kept for lists of these lengths, the others filled up by their last id: IN asks nothing more by an id
# said twice. A list longer than the last is compiled each time.
LENGTHS_KEPT = (0, 1, 2, 3, 4, 6, 8, 12, 25, 50)

# What may stand between quotes in SQL as it is; a % doubled, as the driver reads parameters beside it.
_PLAIN = re.compile(r'[A-Za-z0-9_ .:"%-]{0,60}')


class Prepared:
    """Rows of `build(**values)`, a queryset whose SQL depends on no value but those given, and on how many.

    `build` must hand each value to the database as it is (`until__gte=day`, not `day - 1`); the kind `list`
    is a list of ids for `__in`, `str` a text for `=`. Rows are model instances, with their `select_related`
    and annotations, dicts after `values()` or tuples after `values_list()`, as they come in Django.
    """

    def __init__(self, build: Callable[..., models.QuerySet], **kinds: type) -> None:
        self._build = build
        self._kinds = kinds
        self._made: dict[tuple, _Statement] = {}
        self._lock = Lock()

    def rows(self, using: str = "default", **values: Any) -> list[Any]:
        """Ask the database; one query."""
        lists = [name for name, kind in self._kinds.items() if kind is list]
        values |= {name: _filled(values[name]) for name in lists}
        sizes = {name: len(values[name]) for name in lists}
        key = (using, *sizes.values())
        statement = self._made.get(key)
        if statement is None:
            marks = _marks(self._kinds, sizes)
            try:
                statement = _Statement(_guarded(self._build(**marks)), _flat(marks), using)
            except EmptyResultSet:
                # Of an empty list: no row can be meant.
                return []
            if all(size in LENGTHS_KEPT for size in sizes.values()):
                with self._lock:
                    self._made[key] = statement
        return statement.rows(dict(_flat(values)))


def _guarded(queryset: Any) -> Any:
    """A queryset that demands a condition before it is read does so here too, once."""
    getattr(queryset, "require_scope", lambda: None)()
    return queryset


def _filled(ids: Sequence[int]) -> list[int]:
    """The same ids in a list of a length that is kept, if there is one so long."""
    length = next((kept for kept in LENGTHS_KEPT if kept >= len(ids)), len(ids))
    return [*ids, *[ids[-1]] * (length - len(ids))] if ids else []


def _marks(kinds: Mapping[str, type], sizes: Mapping[str, int]) -> dict[str, Any]:
    """Values that no row has: they mark, in the SQL's parameters, the places of the real ones."""
    ids = (-918_273_640 - number for number in count())
    days = (datetime.date(3, 2, 1) + datetime.timedelta(number) for number in count())
    marks: dict[str, Any] = {}
    for name, kind in kinds.items():
        if kind is list:
            marks[name] = [next(ids) for _ in range(sizes[name])]
        elif kind is str:
            marks[name] = f"\ue000{next(ids)}"
        elif kind is datetime.datetime:
            midnight = datetime.time(tzinfo=datetime.UTC)
            marks[name] = datetime.datetime.combine(next(days), midnight)
        else:
            marks[name] = next(days) if kind is datetime.date else next(ids)
    return marks


def _flat(values: Mapping[str, Any]) -> Iterator[tuple[Any, Any]]:
    """(name, value), and ((name, place), value) for each of a list."""
    for name, value in values.items():
        if isinstance(value, list | tuple):
            yield from (((name, place), one) for place, one in enumerate(value))
        else:
            yield name, value


class _Statement:
    """What a compiled queryset needs to run again: SQL, places of values, how rows become instances."""

    def __init__(self, queryset: models.QuerySet, marks: Iterable[tuple[Any, Any]], using: str) -> None:
        self.using = using
        compiler = queryset.query.get_compiler(using)
        sql, parameters = compiler.as_sql()
        names = {_adapted(using, mark): name for name, mark in marks}
        # (name, or None and the fixed value) of each parameter, in order.
        named = [(names.get(_hashable(value)), value) for value in parameters]
        self.sql, kept = _with_literals(sql, named)
        # What the driver takes as each value, by its name in the SQL; and the values that never change.
        self.asked = {name: place for place, (name, _fixed) in kept.items() if name is not None}
        self.fixed = {place: fixed for place, (name, fixed) in kept.items() if name is None}
        missing = set(names.values()) - set(self.asked)
        if missing:
            raise ValueError(f"values that the SQL does not hold as they are: {sorted(map(str, missing))}")
        select = compiler.select
        self.converters = compiler.get_converters([column[0] for column in select])
        self.compiler = compiler
        self.made = _maker(queryset, compiler, using)

    def rows(self, values: Mapping[Any, Any]) -> list[Any]:
        asked = {place: _adapted(self.using, values[name]) for name, place in self.asked.items()}
        with connections[self.using].cursor() as cursor:
            cursor.execute(self.sql, self.fixed | asked)
            found: Any = cursor.fetchall()
        if self.converters:
            found = self.compiler.apply_converters(found, self.converters)
        return [self.made(row) for row in found]


def _with_literals(sql: str, parameters: Sequence[tuple[Any, Any]]) -> tuple[str, dict[str, tuple[Any, Any]]]:
    """Write short words and numbers that never change into the SQL itself; the others stay parameters.

    SQLite plans a statement anew at each run if a parameter may decide which partial index serves it
    (measured: 240 µs a run become 7), or how LIKE is answered (1.4 ms of a group's 1.7). These bear a name:
    for SQLite, Django looks for each nameless %s letter by letter at each run (5,000 letters take 67 µs).
    A value asked for in many places bears one name: a day, forty times in the question of a group.
    """
    left = iter(parameters)
    pieces: list[str] = []
    kept: dict[str, tuple[Any, Any]] = {}
    places: dict[Any, str] = {}
    for piece in re.split("(%%|%s)", sql):
        if piece == "%s":
            name, value = next(left)
            piece = _literal(value) if name is None else ""
            if not piece:
                place = f"v{len(kept)}" if name is None else places.setdefault(name, f"v{len(kept)}")
                kept[place] = (name, value)
                piece = f"%({place})s"
        pieces.append(piece)
    return "".join(pieces), kept


def _literal(value: Any) -> str:
    """A number or a plain word as SQL writes it; "" for all else, which the driver knows best."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, str) and _PLAIN.fullmatch(str(value)):
        return "'" + str(value).replace("%", "%%") + "'"
    return ""


def _maker(queryset: Any, compiler: Any, using: str) -> Callable[[Any], Any]:
    """How a row of the cursor becomes what the queryset gives."""
    if queryset._iterable_class is ValuesListIterable:
        return tuple
    if queryset._iterable_class is ValuesIterable:
        return _dicts(list(queryset.query.selected or ()))
    return _instances(compiler, using)


def _dicts(names: list[str]) -> Callable[[Any], Any]:
    return lambda row: dict(zip(names, row, strict=True))


def _instances(compiler: Any, using: str) -> Callable[[Any], Any]:
    info, select = compiler.klass_info, compiler.select
    fields = info["select_fields"]
    model, first, last = info["model"], fields[0], fields[-1] + 1
    names = [select[place][0].target.attname for place in fields]
    related = get_related_populators(info, select, using)  # type: ignore[call-arg]
    annotations = tuple(compiler.annotation_col_map.items())

    def instance(row: Any) -> Any:
        made = model.from_db(using, names, row[first:last])
        for populator in related:
            populator.populate(row, made)
        for name, place in annotations:
            setattr(made, name, row[place])
        return made

    return instance


def _adapted(using: str, value: Any) -> Any:
    """A value as this database's driver takes it."""
    if isinstance(value, datetime.datetime):
        return connections[using].ops.adapt_datetimefield_value(value)
    if isinstance(value, datetime.date):
        return connections[using].ops.adapt_datefield_value(value)
    return value


def _hashable(value: Any) -> Any:
    return value if isinstance(value, int | str | datetime.date) else None
