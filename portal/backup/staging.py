"""Rows of a backup in a database of their own, at the schema of its day, then brought up to today's."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps as current_apps
from django.apps.registry import Apps
from django.db import DatabaseError, IntegrityError, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from portal.backup.errors import Newer, WrongRows
from portal.backup.snapshots import beside
from portal.backup.tables import all_models, empty, store_lines


@contextmanager
def staged(folder: Path, manifest: dict[str, Any], file: Path) -> Iterator[str]:
    """Give the alias of a database that holds the rows of `folder`, checked. Raises Newer or WrongRows."""
    with beside(file) as alias:
        executor = MigrationExecutor(connections[alias])
        had = {(app, name) for app, names in manifest["schema"].items() for name in names}
        _refuse_newer(executor, had)
        if set(executor.loader.disk_migrations) <= had:
            _make_tables(alias)
            _store(current_apps, folder, manifest["counts"], alias)
        else:
            targets = _targets(executor, had)
            executor.migrate(targets)
            _store(executor.loader.project_state(targets).apps, folder, manifest["counts"], alias)
            latest = MigrationExecutor(connections[alias])
            latest.migrate(latest.loader.graph.leaf_nodes())
        _check(alias)
        yield alias


def _make_tables(alias: str) -> None:
    """Today's tables, as today's migrations would make them one after the other."""
    with connections[alias].schema_editor() as editor:
        for model in all_models(current_apps):
            if not model._meta.auto_created:
                editor.create_model(model)


def _refuse_newer(executor: MigrationExecutor, had: set[tuple[str, str]]) -> None:
    """A migration that we do not know was made by a newer portal; squashed ones are known."""
    for app, name in sorted(had - set(executor.loader.disk_migrations)):
        if app in executor.loader.migrated_apps:
            raise Newer(f"{app} {name}")


def _targets(executor: MigrationExecutor, had: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """The last migrations that the backup had had: none of their children is among them."""
    graph = executor.loader.graph
    there = {node for node in graph.nodes if node in had}
    return sorted(
        node for node in there if not any(child.key in there for child in graph.node_map[node].children)
    )


def _store(apps: Apps, folder: Path, counts: dict[str, int], alias: str) -> None:
    """Put the rows in, under the models of that day; what migrations put there themselves makes room."""
    models = {model._meta.label: model for model in all_models(apps)}
    if set(counts) - set(models):
        raise WrongRows(sorted(set(counts) - set(models))[0])
    try:
        with transaction.atomic(using=alias):
            empty(models.values(), alias)
            for label, count in counts.items():
                with (folder / f"{label}.jsonl").open(encoding="utf-8") as lines:
                    stored = store_lines(models[label], lines, alias)
                if stored != count:
                    raise WrongRows(label)
    except (IntegrityError, DatabaseError, ValueError, OSError) as error:
        raise WrongRows(type(error).__name__) from error


def _check(alias: str) -> None:
    """Ask the database itself whether it is whole."""
    connection = connections[alias]
    try:
        connection.check_constraints()
    except IntegrityError as error:
        raise WrongRows("IntegrityError") from error
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        if cursor.fetchone()[0] != "ok":
            raise WrongRows("integrity_check")
