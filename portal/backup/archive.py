"""The file of a backup: a .tar.gz with a manifest that holds the sum of each part."""

import gzip
import hashlib
import io
import json
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from portal.backup.errors import Damaged, TooLarge

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1 << 20
# Rows of text shrink 10 to 30 times in a .gz; a file made to fill a disk, a thousand times.
TIMES = 100
LEAST = 1 << 28
MOST_FILES = 500_000
SHARE_OF_DISK = 0.9


class Writer:
    """Adds parts to an open archive, and remembers the sum of each."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self.archive = archive
        self.sums: dict[str, dict[str, Any]] = {}

    def add_file(self, name: str, path: Path) -> None:
        with path.open("rb") as file:
            self.add(name, file, path.stat().st_size)

    def add_bytes(self, name: str, content: bytes) -> None:
        self.add(name, io.BytesIO(content), len(content))

    def add(self, name: str, file: IO[bytes], size: int) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, 0o600
        reader = _Summing(file)
        self.archive.addfile(entry, reader)  # type: ignore[arg-type]
        self.sums[name] = {"size": size, "sha256": reader.sum.hexdigest()}


class _Summing:
    """Reads through, and sums what passes."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.sum = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.file.read(size)
        self.sum.update(block)
        return block


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """Write aside, for its owner alone, then give the file its name at once: none is ever half there."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    try:
        with tarfile.open(draft, "w:gz", compresslevel=6) as archive:
            yield Writer(archive)
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def close_with(writer: Writer, facts: dict[str, Any]) -> None:
    """Add the manifest, last."""
    text = json.dumps({"format": FORMAT, **facts, "files": writer.sums}, ensure_ascii=False, indent=1)
    writer.add_bytes(MANIFEST, text.encode())


def unpack(path: Path, folder: Path) -> dict[str, Any]:
    """Unpack into `folder` what the manifest names, and check every sum. Raises Damaged, TooLarge."""
    try:
        _extract(path, folder)
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        _check(manifest, folder)
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError, RecursionError) as error:
        raise Damaged(type(error).__name__) from error
    except (AttributeError, KeyError, TypeError) as error:
        raise Damaged(MANIFEST) from error
    return manifest


def most_unpacked(path: Path, folder: Path) -> int:
    """How many bytes `path` may hold: what rows could give, and what the disk of `folder` has room for."""
    likely = max(LEAST, TIMES * path.stat().st_size)
    return min(likely, int(shutil.disk_usage(folder).free * SHARE_OF_DISK))


def _extract(path: Path, folder: Path) -> None:
    """Write plain files only, each once, within `folder`, and stop as soon as they are too many."""
    seen: set[str] = set()
    most, total = most_unpacked(path, folder), 0
    with gzip.open(path) as unpacked:
        measured: Any = _Measured(unpacked, most)
        archive = tarfile.TarFile(fileobj=measured)
        for entry in archive:
            total += max(entry.size, 0)
            if total > most or len(seen) >= MOST_FILES:
                raise TooLarge
            if not _is_plain(entry) or entry.name in seen or not _is_safe(entry.name):
                raise Damaged(entry.name)
            seen.add(entry.name)
            archive.extract(entry, folder, filter="data")


class _Measured:
    """The unpacked bytes of an archive, counted as they come. Raises TooLarge."""

    def __init__(self, file: gzip.GzipFile, most: int) -> None:
        # Beside the parts themselves, what tar writes around them.
        self.file, self.most = file, 2 * most

    def read(self, size: int = -1) -> bytes:
        # A file is read by small pieces; only the head of an entry is asked for whole.
        if not 0 <= size <= CHUNK:
            raise TooLarge
        self._refuse_beyond(self.file.tell() + size)
        return self.file.read(size)

    def seek(self, place: int) -> int:
        self._refuse_beyond(place)
        return self.file.seek(place)

    def tell(self) -> int:
        return self.file.tell()

    def _refuse_beyond(self, place: int) -> None:
        if place > self.most:
            raise TooLarge


def _check(manifest: dict[str, Any], folder: Path) -> None:
    """See that each part is there with its sum, and nothing else. Raises Damaged."""
    if manifest.get("format") != FORMAT:
        raise Damaged(MANIFEST)
    for name, told in manifest["files"].items():
        file = folder / name
        if not _is_safe(name) or not file.is_file() or _sum(file) != told["sha256"]:
            raise Damaged(name)
    unknown = {str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file()}
    if unknown - set(manifest["files"]) - {MANIFEST}:
        raise Damaged(sorted(unknown - set(manifest["files"]))[0])


def _is_plain(entry: tarfile.TarInfo) -> bool:
    """No link, device or folder, nor a file with holes, which is larger than what is written of it."""
    return entry.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and not entry.issparse()


def _is_safe(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _sum(file: Path) -> str:
    found = hashlib.sha256()
    with file.open("rb") as opened:
        while block := opened.read(CHUNK):
            found.update(block)
    return found.hexdigest()
