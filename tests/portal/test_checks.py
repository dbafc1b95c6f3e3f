"""A start on an SQLite database that could lose or refuse a write is refused."""

import copy

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from portal.checks import sqlite_keeps_every_write

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a check of SQLite"),
]


def found() -> set[str]:
    return {error.id for error in sqlite_keeps_every_write(databases=["default"])}


@pytest.fixture
def bent(tmp_path):
    """A database of its own, to bend: another connection to the tests' file would hold it back."""
    options = copy.deepcopy(connection.settings_dict["OPTIONS"])
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(tmp_path / "bent.sqlite3")
    yield connection
    connection.close()
    connection.settings_dict["NAME"] = name
    connection.settings_dict["OPTIONS"] = options


def test_our_settings_pass_on_the_open_file():
    assert not found()
    call_command("check", databases=["default"])


@pytest.mark.parametrize(
    ("option", "value", "fault"),
    [
        ("transaction_mode", "DEFERRED", "portal.E001"),
        ("transaction_mode", None, "portal.E001"),
        ("timeout", 5, "portal.E002"),
    ],
)
def test_an_option_that_refuses_writers_is_refused(bent, option, value, fault):
    bent.settings_dict["OPTIONS"][option] = value
    assert found() == {fault}
    with pytest.raises(SystemCheckError):
        call_command("check")


@pytest.mark.parametrize(
    ("pragma", "fault"),
    [
        ("journal_mode=DELETE", "portal.E003"),
        ("synchronous=NORMAL", "portal.E004"),
        ("synchronous=OFF", "portal.E004"),
        ("foreign_keys=OFF", "portal.E005"),
    ],
)
def test_a_file_that_could_lose_a_write_is_refused(bent, pragma, fault):
    with bent.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
    assert found() == {fault}
    with pytest.raises(SystemCheckError):
        call_command("check", databases=["default"])


@pytest.mark.parametrize("command", ["start", "background"])
def test_what_runs_the_portal_asks_first(bent, command, tmp_path, settings, monkeypatch):
    from portal.management.commands import background, start

    def never(*args, **kwargs):
        raise AssertionError("it was started")

    (tmp_path / "staticfiles.json").write_text("{}")
    settings.STATIC_ROOT = tmp_path
    monkeypatch.setattr(start, "Supervisor", never)
    monkeypatch.setattr(background, "call_command", never)
    monkeypatch.setattr(background, "keep_time", lambda *args: None)
    with pytest.raises(AssertionError, match="started"):  # twin
        call_command(command)
    with bent.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    with pytest.raises(SystemCheckError):
        call_command(command)
