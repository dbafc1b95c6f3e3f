"""What a file is, by its first bytes and before anything decodes it: kind, and size of an image."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import IO

from foundation.uploads.errors import (
    HeicNotAccepted,
    KindNotAccepted,
    TooManyBytes,
    TooManyPixels,
    UnreadableFile,
)

_HEAD = 1 << 20  # a photograph's colour profile and preview may stand before its size
_TAIL = 1 << 16
_SNIFFED = 1024
# What a reader of another kind would find: a page or a PDF at the start, an archive from the end.
_PAGE = re.compile(rb"<(?:!doctype|html|script|svg|body|iframe|\?xml)", re.IGNORECASE)
# What newer telephones write unless they are told to be compatible.
_HEIC = re.compile(rb"....ftyp(?:hei[cfmsx]|hev[cmsx]|mif1|msf1|avif)", re.DOTALL)
_ARCHIVE_END = b"PK\x05\x06"


class Kind(StrEnum):
    """The kinds taken, named as Pillow names its formats."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    PDF = "PDF"


# RULES §2. A JPEG is decoded at a reduced scale; 24 million points of the others are 96 MB with transparency.
MAX_PIXELS = {Kind.JPEG: 40_000_000, Kind.PNG: 24_000_000, Kind.WEBP: 24_000_000}


@dataclass(frozen=True, slots=True)
class Header:
    """What the first bytes say. Size in pixels as stored, before orientation; 0 × 0 for a PDF."""

    kind: Kind
    width: int = 0
    height: int = 0


def inspect_header(file: IO[bytes]) -> Header:
    """Tell what `file` (seekable, left at its start) is, reading 1.1 MB at most.

    Raises KindNotAccepted (SVG, HTML, GIF, two kinds in one…), UnreadableFile, TooManyPixels.
    """
    head, tail = _ends(file)
    if _HEIC.match(head):
        raise HeicNotAccepted
    kind = next((kind for kind, magic in _MAGIC.items() if magic.match(head)), None)
    if kind is None or _is_two_kinds(kind, head, tail):
        raise KindNotAccepted
    width, height = _SIZE[kind](head) if kind in _SIZE else (0, 0)
    if kind in _SIZE and not (width and height):
        raise UnreadableFile
    if width * height > MAX_PIXELS.get(kind, 0):
        raise TooManyPixels(width=width, height=height, limit=MAX_PIXELS[kind] // 1_000_000)
    return Header(kind, width, height)


def whole(file: IO[bytes], most_bytes: int) -> tuple[bytes, Header]:
    """Read `file`, left at its start, once its header has passed. Raises as `inspect_header` does."""
    # A file too heavy to be received has a size and no content.
    if getattr(file, "size", 0) > most_bytes:
        raise TooManyBytes(limit=most_bytes // 1_000_000)
    header = inspect_header(file)
    data = file.read(most_bytes + 1)
    file.seek(0)
    if len(data) > most_bytes:
        raise TooManyBytes(limit=most_bytes // 1_000_000)
    return data, header


def _ends(file: IO[bytes]) -> tuple[bytes, bytes]:
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    file.seek(0)
    return head, tail


def _is_two_kinds(kind: Kind, head: bytes, tail: bytes) -> bool:
    start = head[:_SNIFFED]
    return bool(_PAGE.search(start)) or _ARCHIVE_END in tail or (kind is not Kind.PDF and b"%PDF-" in start)


def _size_of_png(head: bytes) -> tuple[int, int]:
    return _number(head[16:20]), _number(head[20:24])


def _size_of_webp(head: bytes) -> tuple[int, int]:
    form, data = head[12:16], head[20:30]
    if form == b"VP8X":
        return _little(data[4:7]) + 1, _little(data[7:10]) + 1
    if form == b"VP8L" and data[:1] == b"\x2f":
        bits = _little(data[1:5])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if form == b"VP8 " and data[3:6] == b"\x9d\x01\x2a":
        return _little(data[6:8]) & 0x3FFF, _little(data[8:10]) & 0x3FFF
    return 0, 0


def _size_of_jpeg(head: bytes) -> tuple[int, int]:
    for marker, segment in _jpeg_segments(head):
        # SOF0 to SOF15, but the Huffman tables, the reserved and the arithmetic marker among them.
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return _number(segment[3:5]), _number(segment[1:3])
    return 0, 0


def _jpeg_segments(head: bytes) -> Iterator[tuple[int, bytes]]:
    position = 2
    while position + 4 <= len(head) and head[position] == 0xFF:
        marker = head[position + 1]
        if marker == 0xFF:  # filling
            position += 1
            continue
        length = _number(head[position + 2 : position + 4])
        yield marker, head[position + 4 : position + 2 + length]
        position += 2 + max(length, 2)


def _number(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")


_MAGIC = {
    Kind.JPEG: re.compile(rb"\xff\xd8\xff"),
    Kind.PNG: re.compile(rb"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"),
    Kind.WEBP: re.compile(rb"RIFF....WEBPVP8[ LX]", re.DOTALL),
    Kind.PDF: re.compile(rb"%PDF-[12]\.\d"),
}
_SIZE = {Kind.JPEG: _size_of_jpeg, Kind.PNG: _size_of_png, Kind.WEBP: _size_of_webp}
