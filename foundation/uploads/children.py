"""Child processes that read what somebody sent: alone, with limits, without our environment."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from foundation.uploads.errors import UnreadableFile

# Measured: a WebP of 24 million points takes 393 MB while it is read, a JPEG of 40 million from 83 to 367.
MEMORY_MEGABYTES = 768
CPU_SECONDS = 20
WALL_SECONDS = 30
_PASSED_ON = ("PATH", "LANG", "LD_LIBRARY_PATH", "SYSTEMROOT")


def ask(worker: Path, order: Mapping[str, object], data: bytes) -> tuple[dict[str, Any], bytes]:
    """Run `worker` once on `data`; return its JSON and the bytes after. A bad end is UnreadableFile."""
    limits = {"megabytes": MEMORY_MEGABYTES, "seconds": CPU_SECONDS}
    question = json.dumps({**order, **limits}).encode() + b"\n" + data
    answer, _, files = _run(worker, question).partition(b"\n")
    return json.loads(answer or b"{}"), files


def _run(worker: Path, question: bytes) -> bytes:
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    try:
        child = subprocess.run(  # noqa: S603 (our interpreter, our file)
            [sys.executable, "-I", str(worker)],
            input=question,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=WALL_SECONDS,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise UnreadableFile from error
    return child.stdout
