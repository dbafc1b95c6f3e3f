"""A file's name as somebody sent it, made fit for a page, a header and a disk."""

import re
import unicodedata
from pathlib import PurePosixPath

MAX_CHARACTERS = 80
# A disk takes 255 bytes, and a storage adds a few characters of its own.
MAX_BYTES = 200
_LONGEST_SUFFIX = 10
_FORBIDDEN = re.compile(r'[<>:"|?*;%`$&\\/]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)


def safe_name(name: str, fallback: str = "document") -> str:
    """Give the last part of `name` without path, control, format or bidi characters, 80 characters at most.

    The suffix is kept; it promises nothing of the content (`inspect_header` tells).
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    spaced = "".join(" " if unicodedata.category(letter)[0] == "Z" else letter for letter in last)
    printable = "".join(letter for letter in spaced if unicodedata.category(letter)[0] != "C")
    tidy = " ".join(_FORBIDDEN.sub("-", printable).split()).strip(". ")
    if not tidy:
        return fallback
    return _shortened(f"_{tidy}" if _RESERVED.match(tidy) else tidy)


def _shortened(name: str) -> str:
    suffix = PurePosixPath(name).suffix
    if len(suffix) > _LONGEST_SUFFIX:
        suffix = ""
    stem = name[: len(name) - len(suffix)][: MAX_CHARACTERS - len(suffix)]
    while len((stem + suffix).encode()) > MAX_BYTES:
        stem = stem[:-1]
    return stem.rstrip(". ") + suffix
