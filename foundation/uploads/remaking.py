"""Images made anew: decoded in a child process with limits, turned upright, made smaller, written as WebP.

Nothing of the file sent is kept but its picture: no place, no date, no hidden second file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from foundation.uploads import children
from foundation.uploads.errors import AnimatedImage, KindNotAccepted, TooManyPixels, UnreadableFile
from foundation.uploads.headers import MAX_PIXELS, Header, Kind, whole

MAX_FILE_BYTES = 15_000_000
_WORKER = Path(__file__).with_name("worker.py")
_TALLEST = 4  # times its width


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
    data, header = whole(file, max_file_bytes)
    if header.kind is Kind.PDF:
        raise KindNotAccepted
    order = {
        "format": header.kind.value,
        "max_pixels": MAX_PIXELS[header.kind],
        "targets": [{"width": t.width, "height": t.height, "bytes": t.bytes} for t in targets],
    }
    answer, files = children.ask(_WORKER, order, data)
    return tuple(_remade(answer, files, header))


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
            limit = MAX_PIXELS[header.kind] // 1_000_000
            raise TooManyPixels(width=header.width, height=header.height, limit=limit)
        case _:
            raise UnreadableFile
