"""Refuse to start on an SQLite database that could lose or refuse a write (DESIGN §12)."""

from collections.abc import Iterable, Sequence

from django.apps import AppConfig
from django.core.checks import Error
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# Seconds a writer waits for another one before it is refused.
BUSY_TIMEOUT = 20
# Values SQLite gives for `PRAGMA synchronous` that write through to the disk: FULL and EXTRA.
DURABLE = {2, 3}


def sqlite_keeps_every_write(
    app_configs: Sequence[AppConfig] | None = None,
    databases: Iterable[str] | None = None,
    **kwargs: object,
) -> list[Error]:
    """Read the options of each SQLite database; where `databases` names it, ask the open file itself too."""
    asked = set(databases or ())
    found: list[Error] = []
    for alias in connections:
        connection = connections[alias]
        if connection.vendor == "sqlite":
            found += _by_options(connection)
            if alias in asked:
                found += _by_pragmas(connection)
    return found


def _by_options(connection: BaseDatabaseWrapper) -> list[Error]:
    options = connection.settings_dict.get("OPTIONS", {})
    found = []
    if str(options.get("transaction_mode", "")).upper() != "IMMEDIATE":
        words = "SQLite transactions must begin IMMEDIATE: otherwise two writers refuse each other."
        found.append(Error(words, hint='OPTIONS["transaction_mode"] = "IMMEDIATE"', id="portal.E001"))
    if float(options.get("timeout", 5)) < BUSY_TIMEOUT:
        words = f"SQLite must wait {BUSY_TIMEOUT} seconds for another writer before it refuses."
        found.append(Error(words, hint=f'OPTIONS["timeout"] = {BUSY_TIMEOUT}', id="portal.E002"))
    return found


def _by_pragmas(connection: BaseDatabaseWrapper) -> list[Error]:
    with connection.cursor() as cursor:
        values = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    found = []
    if str(values["journal_mode"]).lower() != "wal":
        words = f"The journal of the SQLite database is “{values['journal_mode']}”, not “wal”."
        hint = "The data folder must stand on a local disk."
        found.append(Error(words, hint=hint, id="portal.E003"))
    if values["synchronous"] not in DURABLE:
        words = "SQLite does not wait for the disk: an acknowledged write could be lost."
        found.append(Error(words, hint="PRAGMA synchronous=FULL", id="portal.E004"))
    if values["foreign_keys"] != 1:
        words = "SQLite does not hold foreign keys."
        found.append(Error(words, hint="PRAGMA foreign_keys=ON", id="portal.E005"))
    return found
