"""A whole portal on a free port, full of its library and demo people, and a Chromium to visit it."""

import contextlib
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
PREPARATION = (
    ["migrate", "--verbosity", "0"],
    ["createcachetable"],
    ["load_library", "resources/starter"],
    ["seed_demo"],
    ["publish_static"],
)


@contextmanager
def running_portal(data: Path) -> Iterator[str]:
    """Prepare the folder `data` as `make run` does, serve it, and give its address without final slash."""
    port = free_port()
    with own_database() as database:
        env = {
            **os.environ,
            **database,
            "PORTAL_DATA": str(data),
            "PORTAL_PROFILE": "demo",
            "PORT": str(port),
            "DJANGO_SETTINGS_MODULE": "portal.settings",
        }
        for command in PREPARATION:
            subprocess.run(
                [sys.executable, "manage.py", *command],
                env=env,
                cwd=ROOT,
                check=True,
                stdout=subprocess.DEVNULL,
            )
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
