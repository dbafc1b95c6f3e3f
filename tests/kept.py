"""A migrated database and a published style, made once and kept in `var/tests` until the tree changes.

Copied, they spare each worker, and each portal that a test starts, the same work: what follows, `migrate` and
the others, still runs and finds all done.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "var" / "tests"
# What these commands read: code, migrations and style of the apps, and the versions of packages.
SOURCES = ("portal", "exchanges", "resources", "accounts", "foundation", "static", "requirements")
DATABASE = "preau.sqlite3"
MIGRATE = (["migrate", "--verbosity", "0"], ["createcachetable"])


def give_database(place: Path) -> None:
    """Put a migrated SQLite database, with no rows but those of migrations, at `place`."""
    with _made("database", *MIGRATE) as made:
        shutil.copyfile(made / DATABASE, place)


def give(data: Path, *, sqlite: bool = not os.environ.get("DATABASE_URL")) -> None:
    """Fill a portal's folder with what is kept; the database where it is a file in it."""
    with _made("style", ["publish_static"]) as made:
        shutil.copytree(made / "static", data / "static", dirs_exist_ok=True)
    if sqlite:
        give_database(data / DATABASE)


def template() -> str:
    """The name of a migrated PostgreSQL database to copy others from, beside that of DATABASE_URL."""
    from django.db import connections

    name, url = f"kept_{_state()}", os.environ["DATABASE_URL"]
    KEPT.mkdir(parents=True, exist_ok=True)
    own = closing(connections.create_connection("default"))
    with (KEPT / "template.lock").open("w") as lock, own as connection, connection.cursor() as server:
        fcntl.flock(lock, fcntl.LOCK_EX)
        server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not server.fetchone():
            server.execute(f"CREATE DATABASE {name}_made")
            with tempfile.TemporaryDirectory(prefix="preau-template-") as data:
                for command in MIGRATE:
                    _manage(Path(data), *command, DATABASE_URL=f"{url.rpartition('/')[0]}/{name}_made")
            server.execute(f"ALTER DATABASE {name}_made RENAME TO {name}")
    return name


@contextmanager
def _made(name: str, *commands: list[str]) -> Iterator[Path]:
    """The folder that these commands filled, held while it is copied; who comes meanwhile waits."""
    KEPT.mkdir(parents=True, exist_ok=True)
    folder = KEPT / f"{name}-{_state()}"
    with (KEPT / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            with tempfile.TemporaryDirectory(dir=KEPT, prefix="making-") as made:
                for command in commands:
                    _manage(Path(made) / "data", *command)
                for old in KEPT.glob(f"{name}-*"):
                    shutil.rmtree(old, ignore_errors=True)
                (Path(made) / "data").rename(folder)
        yield folder


def _manage(data: Path, *command: str, **more: str) -> None:
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {
        "PORTAL_DATA": str(data),
        "PORTAL_PROFILE": "embedded",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        **more,
    }
    # A worker talks to its controller by its own input and output.
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    subprocess.run([sys.executable, "manage.py", *command], env=env, cwd=ROOT, check=True, **quiet)


def _state() -> str:
    state = hashlib.sha256(sys.version.encode())
    for source in SOURCES:
        for path in sorted((ROOT / source).rglob("*")):
            if path.is_file() and path.suffix not in {".pyc", ".md"}:
                state.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return state.hexdigest()[:16]
