"""Rows of a backup in a database of their own, at the schema of its day, then brought up to today's."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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
        targets = _targets(executor, manifest["schema"])
        executor.migrate(targets)
        _store(executor, targets, folder, manifest["counts"], alias)
        latest = MigrationExecutor(connections[alias])
        latest.migrate(latest.loader.graph.leaf_nodes())
        _check(alias)
        yield alias


def _targets(executor: MigrationExecutor, schema: dict[str, list[str]]) -> list[tuple[str, str]]:
    """The last migrations the backup had had; one that we do not know was made by a newer portal."""
    had = {(app, name) for app, names in schema.items() for name in names}
    # Replaced ones (squashed) are known too, though no longer in the graph.
    known = set(executor.loader.disk_migrations)
    for app, name in sorted(had - known):
        if app in executor.loader.migrated_apps:
            raise Newer(f"{app} {name}")
    graph = executor.loader.graph
    there = {node for node in graph.nodes if node in had}
    return sorted(
        node for node in there if not any(child.key in there for child in graph.node_map[node].children)
    )


def _store(
    executor: MigrationExecutor,
    targets: list[tuple[str, str]],
    folder: Path,
    counts: dict[str, int],
    alias: str,
) -> None:
    """Put the rows in, under the models of that day; what migrations put there themselves makes room."""
    apps = executor.loader.project_state(targets).apps
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
