"""A whole portal on a free port, full of its library and demo people, and a Chromium to visit it."""

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from tests.bench.server import ROOT, free_port, wait_for

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PREPARING = [sys.executable, "-m", "tests.browser.preparing"]


@contextmanager
def running_portal(data: Path, ahead: Path | None = None) -> Iterator[str]:
    """Prepare the folder `data` as `make run` does, serve it, and give its address without final slash.

    What `prepare_ahead` made in the folder `ahead` is copied.
    """
    port = free_port()
    with own_database() as database:
        env = surroundings(data) | database | {"PORT": str(port)}
        if ahead:
            copy_prepared(ahead, data)
        else:
            subprocess.run(PREPARING, env=env, cwd=ROOT, check=True)
        web = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", "127.0.0.1"]
        web += [
            "--port",
            str(port),
            "--workers",
            "1",
            "--blocking-threads",
            "1",
            "--no-ws",
            "--log-level",
            "error",
        ]
        process = subprocess.Popen([*web, "portal.wsgi:application"], env=env, cwd=ROOT)
        # Without it no code would leave: mails go out of the outbox into the folder's `mail`.
        background = subprocess.Popen([sys.executable, "manage.py", "background"], env=env, cwd=ROOT)
        try:
            wait_for(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            for running in (process, background):
                running.terminate()
            for running in (process, background):
                running.wait(15)


def surroundings(data: Path) -> dict[str, str]:
    """The environment of a process that serves the folder `data`."""
    return {
        **os.environ,
        "PORTAL_DATA": str(data),
        "PORTAL_PROFILE": "demo",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }


def prepare_ahead(ahead: Path) -> None:
    """Begin to prepare a folder beside the tests, unless another worker did; its process holds the lock."""
    ahead.mkdir(exist_ok=True)
    with (ahead / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            (ahead / "data").mkdir()
        except (BlockingIOError, FileExistsError):
            return
        subprocess.Popen(
            PREPARING,
            env=surroundings(ahead / "data"),
            cwd=ROOT,
            pass_fds=[lock.fileno()],
            # A worker talks to its controller by these.
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )


def copy_prepared(ahead: Path, data: Path) -> None:
    """Copy what was prepared ahead, once it is whole."""
    with (ahead / "lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
    if not (ahead / "data" / "whole").exists():
        raise RuntimeError("The portal could not be prepared: its process ended before the last command.")
    shutil.copytree(ahead / "data", data, dirs_exist_ok=True)


@contextmanager
def own_database() -> Iterator[dict[str, str]]:
    """On PostgreSQL, a database of its own, dropped after; nothing on SQLite, whose file is in the folder."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield {}
        return
    import environ
    import psycopg

    known = environ.Env.db_url_config(url)
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    reach = {name: str(known[key]) for name, key in names.items() if known.get(key)}
    name = f"preau_browser_{uuid.uuid4().hex[:10]}"
    base, _, query = url.partition("?")
    with psycopg.connect(**reach, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    try:
        yield {"DATABASE_URL": f"{base.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")}
    finally:
        with contextlib.suppress(psycopg.Error), psycopg.connect(**reach, autocommit=True) as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def press(page: Page, selector: str) -> None:
    """Click what leads to another page, and be there: on a busy machine a click returns before it leaves."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def letters() -> str:
    """A few letters that make a name new."""
    return uuid.uuid4().hex[:6].translate(str.maketrans("0123456789", "ghijkmnpqr"))


def sign_in(page: Page, person: str) -> None:
    """Sign in as a demo person, by the demo page's own button."""
    page.goto("/demo/")
    press(page, f'button[name="person"][value="{person}"]')
