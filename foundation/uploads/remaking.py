"""Images made anew: decoded in a child process with limits, turned upright, made smaller, written as WebP.

Nothing of the file sent is kept but its picture: no place, no date, no hidden second file.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from foundation.uploads.errors import (
    AnimatedImage,
    KindNotAccepted,
    TooManyBytes,
    TooManyPixels,
    UnreadableFile,
)
from foundation.uploads.headers import MAX_PIXELS, Header, Kind, inspect_header

MAX_FILE_BYTES = 15_000_000
# 50 million points: 200 MB decoded, as much again while transparency is added, and the interpreter.
MEMORY_MEGABYTES = 768
CPU_SECONDS = 20
WALL_SECONDS = 30

_WORKER = Path(__file__).with_name("worker.py")
_TALLEST = 4  # times its width
_PASSED_ON = ("PATH", "LANG", "LD_LIBRARY_PATH", "SYSTEMROOT")


@dataclass(frozen=True, slots=True)
class Remade:
    """A WebP picture of ours: content, size in pixels."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Target:
    width: int
    height: int
    bytes: int


RENDITIONS = (_Target(480, 480 * _TALLEST, 60_000), _Target(960, 960 * _TALLEST, 160_000))


def remake_image(
    file: IO[bytes], *, max_side: int, max_bytes: int, max_file_bytes: int = MAX_FILE_BYTES
) -> Remade:
    """Give `file`'s picture at most `max_side` either way, never enlarged, within `max_bytes` if it can be.

    Raises KindNotAccepted, UnreadableFile, TooManyBytes, TooManyPixels, AnimatedImage (all UploadError).
    """
    return _remake(file, [_Target(max_side, max_side, max_bytes)], max_file_bytes)[0]


def remake_renditions(file: IO[bytes], *, max_file_bytes: int = MAX_FILE_BYTES) -> tuple[Remade, ...]:
    """Give the library's copies, narrow first: 480 wide in 60 kB, 960 wide in 160 kB; one if it is no wider.

    Raises as `remake_image` does.
    """
    return _remake(file, RENDITIONS, max_file_bytes)


def _remake(file: IO[bytes], targets: Sequence[_Target], max_file_bytes: int) -> tuple[Remade, ...]:
    # A file too heavy to be received has a size and no content.
    if getattr(file, "size", 0) > max_file_bytes:
        raise TooManyBytes(limit=max_file_bytes // 1_000_000)
    header = inspect_header(file)
    if header.kind is Kind.PDF:
        raise KindNotAccepted
    data = file.read(max_file_bytes + 1)
    file.seek(0)
    if len(data) > max_file_bytes:
        raise TooManyBytes(limit=max_file_bytes // 1_000_000)
    order = {
        "format": header.kind.value,
        "max_pixels": MAX_PIXELS,
        "megabytes": MEMORY_MEGABYTES,
        "seconds": CPU_SECONDS,
        "targets": [{"width": t.width, "height": t.height, "bytes": t.bytes} for t in targets],
    }
    answer, _, files = _ask_child(json.dumps(order).encode() + b"\n" + data).partition(b"\n")
    return tuple(_remade(json.loads(answer or b"{}"), files, header))


def _ask_child(question: bytes) -> bytes:
    """Run the worker once, without our environment: it holds secrets. A bad end is UnreadableFile."""
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    try:
        child = subprocess.run(  # noqa: S603 (our interpreter, our file)
            [sys.executable, "-I", str(_WORKER)],
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


def _remade(answer: dict, files: bytes, header: Header) -> list[Remade]:
    match answer:
        case {"sizes": [_, *_] as sizes}:
            remade, position = [], 0
            for width, height, length in sizes:
                remade.append(Remade(files[position : position + length], width, height))
                position += length
            return remade
        case {"error": "animated"}:
            raise AnimatedImage
        case {"error": "pixels" | "memory"}:
            raise TooManyPixels(width=header.width, height=header.height, limit=MAX_PIXELS // 1_000_000)
        case _:
            raise UnreadableFile
