"""A backup made to harm whoever restores it: names that lead outside, links, files that fill the disk."""

import gzip
import hashlib
import io
import json
import tarfile

import pytest
from django.core.management import CommandError, call_command

from portal.backup import archive
from portal.backup.errors import Damaged, TooLarge


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "restored"
    folder.mkdir()
    return folder


@pytest.fixture
def file(tmp_path):
    return tmp_path / "backup.tar.gz"


def entry(name, content=b"{}", **fields):
    made = tarfile.TarInfo(name)
    made.size = len(content)
    for field, value in fields.items():
        setattr(made, field, value)
    return made, content


def packed(file, *entries, told=None):
    """Pack `entries` with a manifest whose sums are right, unless `told` says otherwise."""
    sums = {made.name: {"sha256": hashlib.sha256(content).hexdigest()} for made, content in entries}
    manifest = told if told is not None else {"format": archive.FORMAT, "files": sums}
    with tarfile.open(file, "w:gz") as opened:
        for made, content in (*entries, entry(archive.MANIFEST, json.dumps(manifest).encode())):
            opened.addfile(made, io.BytesIO(content))


def everything(tmp_path, file):
    return sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path != file)


def test_a_plain_archive_is_unpacked(file, place):
    """Twin of all that follows."""
    packed(file, entry("rows/a.jsonl"), entry("media/école/photo de l’été.jpg", b"\xff\xd8"))
    archive.unpack(file, place)
    assert (place / "media/école/photo de l’été.jpg").read_bytes() == b"\xff\xd8"


LINK = {"type": tarfile.SYMTYPE, "linkname": "/"}


@pytest.mark.parametrize(
    "hostile",
    [
        [entry("../outside.txt")],
        [entry("media/../../outside.txt")],
        [entry("/outside.txt")],
        [entry("media\\..\\outside.txt")],
        [entry("media", b"", **LINK)],
        [entry("media", b"", **LINK | {"linkname": ".."}), entry("media/outside.txt")],
        [entry("rows/a.jsonl"), entry("media/a", b"", type=tarfile.LNKTYPE, linkname="rows/a.jsonl")],
        [entry("media/pipe", b"", type=tarfile.FIFOTYPE)],
        [entry("media/disk", b"", type=tarfile.BLKTYPE)],
        [entry("rows/a.jsonl"), entry("rows/a.jsonl", b"other")],
    ],
    ids=[
        "up",
        "up within",
        "absolute",
        "backslash",
        "link",
        "through a link",
        "hard",
        "pipe",
        "disk",
        "twice",
    ],
)
def test_what_leads_outside_is_refused(tmp_path, file, place, hostile):
    packed(file, *hostile)
    with pytest.raises(Damaged):
        archive.unpack(file, place)
    assert set(everything(tmp_path, file)) <= {"restored", "restored/rows", "restored/rows/a.jsonl"}


@pytest.mark.parametrize(
    "told", [[], {}, {"format": 1}, {"format": 1, "files": ["a"]}, {"format": 1, "files": {"../a": {}}}]
)
def test_a_manifest_that_says_nothing_is_refused(file, place, told):
    packed(file, entry("rows/a.jsonl"), told=told)
    with pytest.raises(Damaged):
        archive.unpack(file, place)


def test_a_manifest_without_end_is_refused(file, place):
    with tarfile.open(file, "w:gz") as opened:
        made, content = entry(archive.MANIFEST, b"[" * 200_000)
        opened.addfile(made, io.BytesIO(content))
    with pytest.raises(Damaged):
        archive.unpack(file, place)


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(archive, "LEAST", 1 << 20)


def size_of(place):
    return sum(path.stat().st_size for path in place.rglob("*") if path.is_file())


def test_a_file_that_grows_a_thousand_times_stops_before_the_disk_is_full(file, place, small):
    packed(file, *(entry(f"media/{number}", bytes(1 << 18)) for number in range(40)))
    assert file.stat().st_size * archive.TIMES < 40 << 18
    with pytest.raises(TooLarge):
        archive.unpack(file, place)
    assert size_of(place) <= archive.most_unpacked(file, place)


def test_the_same_size_is_taken_from_a_file_that_did_not_shrink(file, place, small):
    """Twin: photos are as large in the archive as out of it."""
    import random

    photos = [random.Random(number).randbytes(1 << 18) for number in range(40)]
    packed(file, *(entry(f"media/{number}", photo) for number, photo in enumerate(photos)))
    archive.unpack(file, place)
    assert size_of(place) > 40 << 18


def test_a_file_with_holes_is_refused(file, place, small):
    """It is small on the disk, and reading it would not end."""
    holes = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.name": "media/holes"}
    holes["GNU.sparse.realsize"] = str(1 << 40)
    made, content = entry("media/holes", b"1\n0\n1\n".ljust(512, b"\0"), pax_headers=holes)
    with tarfile.open(file, "w:gz", format=tarfile.PAX_FORMAT) as opened:
        opened.addfile(made, io.BytesIO(content))
    with pytest.raises((Damaged, TooLarge)):
        archive.unpack(file, place)
    assert size_of(place) == 0


def test_a_name_of_a_gigabyte_is_not_read_into_memory(file, place, small):
    made = tarfile.TarInfo("././@LongLink")
    made.type, made.size = tarfile.GNUTYPE_LONGNAME, 1 << 30
    with gzip.open(file, "wb") as opened:
        opened.write(made.tobuf(tarfile.GNU_FORMAT))
        opened.write(b"a" * (4 << 20))
    with pytest.raises(TooLarge):
        archive.unpack(file, place)


def test_too_many_files_are_refused(tmp_path, file, place, monkeypatch):
    monkeypatch.setattr(archive, "MOST_FILES", 5)
    packed(file, *(entry(f"media/{number}") for number in range(6)))
    with pytest.raises(TooLarge):
        archive.unpack(file, place)
    fewer = tmp_path / "fewer"
    fewer.mkdir()
    packed(file, *(entry(f"media/{number}") for number in range(4)))
    archive.unpack(file, fewer)


@pytest.mark.django_db
def test_the_command_says_it_in_words(file, small):
    packed(file, *(entry(f"media/{number}", bytes(1 << 18)) for number in range(40)))
    with pytest.raises(CommandError) as refused:
        call_command("restore", str(file), "--no-input")
    assert str(TooLarge.message) in str(refused.value)
