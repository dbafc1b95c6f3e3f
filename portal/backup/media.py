"""The uploads, through the storage that holds them: a folder or a bucket."""

from collections.abc import Iterator
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage

from portal.backup.archive import Writer

FOLDER = "media"


def names(folder: str = "") -> Iterator[str]:
    """Yield the name of every stored file."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        yield f"{folder}/{name}" if folder else name
    for name in sorted(folders):
        yield from names(f"{folder}/{name}" if folder else name)


def add_all(writer: Writer) -> int:
    """Add every file; one deleted meanwhile is passed over."""
    count = 0
    for name in names():
        try:
            with default_storage.open(name) as file:
                writer.add(f"{FOLDER}/{name}", file, file.size)
        except FileNotFoundError:
            continue
        count += 1
    return count


def store(folder: Path) -> int:
    """Store every file of `folder` under its own name."""
    found = _files(folder)
    for name, file in found.items():
        if default_storage.exists(name):
            default_storage.delete(name)
        with file.open("rb") as opened:
            default_storage.save(name, File(opened))
    return len(found)


def keep_only(folder: Path) -> None:
    """Take away the stored files that `folder` lacks."""
    wanted = _files(folder)
    for name in list(names()):
        if name not in wanted:
            default_storage.delete(name)


def _files(folder: Path) -> dict[str, Path]:
    return {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
