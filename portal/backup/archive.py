"""The file of a backup: a .tar.gz with a manifest that holds the sum of each part."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from portal.backup.errors import Damaged

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1 << 20


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
    """Unpack into `folder` what the manifest names, and check every sum. Raises Damaged."""
    try:
        with tarfile.open(path, "r:gz") as archive:
            for entry in archive:
                if not entry.isfile() or not _is_safe(entry.name):
                    raise Damaged(entry.name)
                archive.extract(entry, folder, filter="data")
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        raise Damaged(type(error).__name__) from error
    if manifest.get("format") != FORMAT:
        raise Damaged(MANIFEST)
    for name, told in manifest["files"].items():
        file = folder / name
        if not _is_safe(name) or not file.is_file() or _sum(file) != told["sha256"]:
            raise Damaged(name)
    unknown = {str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file()}
    if unknown - set(manifest["files"]) - {MANIFEST}:
        raise Damaged(sorted(unknown - set(manifest["files"]))[0])
    return manifest


def _is_safe(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _sum(file: Path) -> str:
    found = hashlib.sha256()
    with file.open("rb") as opened:
        while block := opened.read(CHUNK):
            found.update(block)
    return found.hexdigest()
