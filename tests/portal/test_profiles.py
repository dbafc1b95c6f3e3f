"""The settings refuse the unsafe by themselves: a web server runs no checks."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

BASE_DIR = Path(__file__).resolve().parent.parent.parent
PRODUCTION = {
    "PORTAL_PROFILE": "production",
    "SECRET_KEY": "made-up-for-a-test-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "preau.example",
    "SITE_URL": "https://preau.example",
    "EMAIL_URL": "smtp://localhost:25",
    "DEFAULT_FROM_EMAIL": "Préau <preau@preau.example>",
    "TRUSTED_PROXIES": "1",
}
SHOW = """
import json, pathlib, portal.settings as s
names = [n for n in dir(s) if n.isupper()]
plain = lambda value: str(value) if isinstance(value, pathlib.Path) else type(value).__name__
print(json.dumps({n: getattr(s, n) for n in names}, default=plain))
"""


def start(folder, **environment) -> subprocess.CompletedProcess:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", SHOW],
        cwd=BASE_DIR,
        env=kept | {"PORTAL_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "portal.settings"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def settings_of(folder, **environment) -> dict:
    done = start(folder, **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", [name for name in PRODUCTION if name != "PORTAL_PROFILE"])
def test_production_refuses_a_missing_setting(tmp_path, name):
    done = start(tmp_path, **{key: value for key, value in PRODUCTION.items() if key != name})
    assert done.returncode != 0
    assert f"{name} is required" in done.stderr


def test_production_starts_with_all_of_them_and_is_closed(tmp_path):
    """Twin."""
    found = settings_of(tmp_path, **PRODUCTION)
    assert found["DEBUG"] is False
    assert found["ALLOWED_HOSTS"] == ["preau.example"]
    assert found["SESSION_COOKIE_SECURE"]
    assert found["CSRF_COOKIE_SECURE"]
    assert found["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert found["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert found["SECURE_SSL_REDIRECT"]
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert found["PORTAL_TIMING"] is False
    assert found["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] is False
    assert not (tmp_path / "secret_key").exists()


def test_production_has_no_demo(tmp_path):
    code = (
        "import django; django.setup(); from django.urls import get_resolver;"
        "print([str(p.pattern) for p in get_resolver().url_patterns])"
    )
    for profile, expected in ((PRODUCTION, False), ({"PORTAL_PROFILE": "demo"}, True)):
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=BASE_DIR,
            env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "portal.settings"}
            | {"PORTAL_DATA": str(tmp_path)}
            | profile,
            capture_output=True,
            text=True,
            check=True,
        )
        assert ("demo/" in done.stdout) == expected


def test_the_demo_is_for_this_machine_only_whatever_is_asked(tmp_path):
    found = settings_of(tmp_path, PORTAL_PROFILE="demo", ALLOWED_HOSTS="preau.example,*")
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert found["PORTAL_TIMING"] is True


def test_embedded_is_the_default_and_needs_nothing(tmp_path):
    found = settings_of(tmp_path)
    assert found["PORTAL_PROFILE"] == "embedded"
    assert found["IS_DEMO"] is False
    assert found["DEBUG"] is False
    assert found["PORTAL_TIMING"] is False
    assert found["DATABASES"]["default"]["ENGINE"].endswith("sqlite3")
    assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / "preau.sqlite3")
    assert found["EMAIL_FILE_PATH"] == str(tmp_path / "mail")


def test_an_unknown_profile_is_refused(tmp_path):
    assert start(tmp_path, PORTAL_PROFILE="prod").returncode != 0


def test_the_secret_key_is_made_once_and_read_by_its_owner_only(tmp_path):
    first, second = settings_of(tmp_path)["SECRET_KEY"], settings_of(tmp_path)["SECRET_KEY"]
    assert first == second
    assert len(first) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_grown_settings_come_from_addresses(tmp_path):
    found = settings_of(
        tmp_path,
        **PRODUCTION,
        DATABASE_URL="postgres://preau:x@db.example/preau",
        REDIS_URL="redis://cache.example/1",
        S3_BUCKET="preau",
    )
    assert found["DATABASES"]["default"]["ENGINE"].endswith("postgresql")
    assert found["SESSION_ENGINE"].endswith("cached_db")
    assert found["STORAGES"]["default"]["BACKEND"].startswith("storages.")
    assert found["CACHES"]["default"]["BACKEND"].endswith("RedisCache")


def test_limits_never_live_in_a_process(tmp_path):
    found = settings_of(tmp_path)
    assert "locmem" not in found["CACHES"]["default"]["BACKEND"].lower()
    assert found["SESSION_ENGINE"].endswith("backends.db")


@pytest.mark.parametrize("many", ["-1", "many"])
def test_a_number_of_proxies_that_is_none_is_refused(tmp_path, many):
    assert start(tmp_path, TRUSTED_PROXIES=many).returncode != 0
    assert start(tmp_path, TRUSTED_PROXIES="2").returncode == 0


def test_the_data_folder_is_read_by_its_owner_alone(tmp_path):
    settings_of(tmp_path / "var")
    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700
