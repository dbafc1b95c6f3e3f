"""Make a backup while the portal runs; try one in a throwaway place; put one back."""

import datetime
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from portal.backup import archive, media, staging
from portal.backup.snapshots import snapshot
from portal.backup.tables import every_row, kept_models, lines_of
from portal.privacy.ledger import catch_up, ledger_path

ROWS = "rows"
LEDGER = "erasures.jsonl"


@dataclass(frozen=True)
class Made:
    """What a backup holds."""

    rows: int
    files: int
    size: int


def make_backup(path: Path) -> Made:
    """Write database, uploads and the ledger of erasures to `path`, as they are at one moment."""
    catch_up()
    with archive.writing(path) as writer:
        with snapshot() as alias, tempfile.TemporaryDirectory(prefix="preau-") as folder:
            facts = {"made": timezone.now().isoformat(timespec="seconds"), "schema": schema_of(alias)}
            counts = _add_rows(writer, alias, Path(folder))
        # After the rows: a file is stored before the row that names it.
        files = media.add_all(writer)
        if ledger_path().exists():
            writer.add_bytes(LEDGER, ledger_path().read_bytes())
        archive.close_with(writer, {**facts, "counts": counts})
    note("made")
    return Made(sum(counts.values()), files, path.stat().st_size)


def try_backup(path: Path) -> dict[str, int]:
    """Restore into a throwaway place and check: sums, rows that hold together, counts. Raises BackupError."""
    with tempfile.TemporaryDirectory(prefix="preau-") as folder:
        place = Path(folder)
        manifest = archive.unpack(path, place)
        with staging.staged(place / ROWS, manifest, place / "trial.sqlite3") as alias:
            counts = {model._meta.label: every_row(model, alias).count() for model in kept_models(apps)}
    note("tested")
    return counts


def schema_of(alias: str) -> dict[str, list[str]]:
    """The migrations a database has had, by app."""
    done: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connections[alias]).applied_migrations()):
        done.setdefault(app, []).append(name)
    return done


def note(what: str, now: datetime.datetime | None = None) -> None:
    """Tell the operator's page when a backup was last "made" or "tested"."""
    path = Path(settings.PORTAL_DATA) / "backup.json"
    try:
        known: dict[str, Any] = json.loads(path.read_text())
    except (OSError, ValueError):
        known = {"made": None, "tested": None}
    known[what] = (now or timezone.now()).isoformat(timespec="seconds")
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(known))
    draft.replace(path)


def _add_rows(writer: archive.Writer, alias: str, folder: Path) -> dict[str, int]:
    counts = {}
    for model in kept_models(apps):
        file = folder / f"{model._meta.label}.jsonl"
        count = 0
        with file.open("w", encoding="utf-8") as opened:
            for line in lines_of(model, alias):
                opened.write(f"{line}\n")
                count += 1
        writer.add_file(f"{ROWS}/{file.name}", file)
        file.unlink()
        counts[model._meta.label] = count
    return counts
