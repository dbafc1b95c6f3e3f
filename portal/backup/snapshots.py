"""One moment of the database, read while others write; and databases made for a while, beside it."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper

DEFAULT = "default"


@contextmanager
def snapshot() -> Iterator[str]:
    """Give the alias of a database that no longer changes: nobody's write waits for it."""
    if connections[DEFAULT].vendor == "sqlite":
        with tempfile.TemporaryDirectory(prefix="preau-") as folder:
            file = Path(folder) / "snapshot.sqlite3"
            _copy_sqlite(file)
            with beside(file) as alias:
                yield alias
        return
    with transaction.atomic():
        if connections[DEFAULT].vendor == "postgresql":
            with connections[DEFAULT].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield DEFAULT


@contextmanager
def beside(file: Path) -> Iterator[str]:
    """Give the alias of a SQLite database in `file`, known to this thread alone and forgotten at the end."""
    alias = f"beside_{file.stem}"
    # A power cut would take the throwaway database along anyway: no waiting for the disk.
    quick = {"init_command": "PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY; PRAGMA foreign_keys=ON;"}
    engine = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file), "OPTIONS": quick}
    known = connections.configure_settings({DEFAULT: {}, alias: engine})
    connections[alias] = DatabaseWrapper(known[alias], alias)
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]


def _copy_sqlite(file: Path) -> None:
    """Copy by SQLite's own backup: consistent, in one go, whatever is being written."""
    connection = connections[DEFAULT]
    connection.ensure_connection()
    source = sqlite3.connect(f"file:{connection.settings_dict['NAME']}?mode=ro", uri=True, timeout=20)
    target = sqlite3.connect(file)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()
