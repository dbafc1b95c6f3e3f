"""The ledger of erasures beside the database: whom to erase again after a restore (docs/retention.md)."""

import datetime
import fcntl
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from accounts.register.models import Erasure


@dataclass(frozen=True)
class Line:
    """One erased account: the random key that stood for it, and nothing else of it."""

    person: str
    keep_contributions: bool
    at: str


def ledger_path() -> Path:
    return Path(settings.PORTAL_DATA) / "erasures.jsonl"


def line_of(erasure: Erasure) -> Line:
    at = erasure.at.astimezone(datetime.UTC).isoformat(timespec="seconds")
    return Line(erasure.person, erasure.keep_contributions, at)


def read(path: Path | None = None) -> dict[str, Line]:
    """Return the lines by person; a line cut short by a crash is passed over."""
    file = path or ledger_path()
    if not file.exists():
        return {}
    return parse(file.read_text(encoding="utf-8"))


def parse(text: str) -> dict[str, Line]:
    """Read the lines of a ledger."""
    lines = {}
    for raw in text.splitlines():
        try:
            line = Line(**json.loads(raw))
        except (ValueError, TypeError):
            continue
        lines[line.person] = line
    return lines


def append(lines: Iterable[Line]) -> None:
    """Add lines, on the disk before it returns: the file outlives the database."""
    path = ledger_path()
    path.touch(mode=0o600)
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        text = file.read()
        # After a crash within a line, the next begins on its own.
        start = b"\n" if text and not text.endswith(b"\n") else b""
        known = parse(text.decode("utf-8", "replace"))
        new = [json.dumps(asdict(line)) + "\n" for line in lines if line.person not in known]
        if new:
            file.write(start + "".join(new).encode())
            file.flush()
            os.fsync(file.fileno())


def catch_up() -> None:
    """Write the erasures that the database knows and the file lacks: a crash between the two."""
    append(line_of(erasure) for erasure in Erasure.objects.all())
