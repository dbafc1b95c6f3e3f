"""Nothing of a child is kept anywhere: not its name, not its address, not a telephone (DESIGN §6)."""

import logging
import os
import sys
import tempfile
from pathlib import Path

import pytest
from django.conf import global_settings, settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.families.models import ImportPlan
from accounts.people.models import KeptText
from tests.accounts.families.lists import CHILD_VALUES, as_bytes, ent, onde, parent
from tests.factories import make_school

CHILD = [value.casefold() for value in CHILD_VALUES]
ADULT = "vercingétorix"


def stored_text() -> str:
    """All that the database holds, the cache's and the sessions' tables too, sessions opened."""
    from django.contrib.sessions.models import Session

    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [str(value) for row in cursor.fetchall() for value in row]
    found += [str(session.get_decoded()) for session in Session.objects.all()]
    return "\n".join(found).encode().decode("unicode_escape", "ignore") + "\n".join(found)


def files_with(words: list[str], *folders: Path) -> list[Path]:
    """Every file of `folders` that holds one of `words`, in UTF-8, Windows-1252 or UTF-16.

    What another process takes away meanwhile, in the folder of all tests, holds nothing any more.
    """
    found = []
    for path in (
        Path(where) / name for folder in folders for where, _, names in os.walk(folder) for name in names
    ):
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            continue
        text = "".join(content.decode(code, "ignore") for code in ("utf-8", "cp1252", "utf-16-le")).casefold()
        if any(word in text for word in words):
            found.append(path)
    return found


@pytest.fixture
def own_temp(tmp_path, monkeypatch):
    """A temporary folder of the test's own, where nothing else writes."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


_opened: list[str] | None = None


def _hear(event: str, arguments: tuple) -> None:
    """Note each file that Python opens to write, while somebody listens."""
    if _opened is not None and event == "open":
        path, _mode, flags = arguments
        if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            _opened.append(str(path))


sys.addaudithook(_hear)


@pytest.fixture
def written():
    """The files opened to write during the test; the database's own are opened by its library, unheard."""
    global _opened
    _opened = []
    yield _opened
    _opened = None


FILES = {
    "onde": as_bytes(onde(parent("VERCINGÉTORIX", "Anna", "CP A", "CE2"))),
    "a class that is none": as_bytes(
        onde(parent("VERCINGÉTORIX", "Anna", "CP A", "Wilhelmine"), parent("B", "C", "ZÉPHYRIN"))
    ),
    "windows": as_bytes(onde(parent("VERCINGÉTORIX", "Anna", "CP A", "CE2")), encoding="cp1252"),
    "utf-16": as_bytes(onde(parent("VERCINGÉTORIX", "Anna", "CP A", "CE2")), encoding="utf-16"),
    "ent": as_bytes(
        ent("VERCINGÉTORIX/Anna/17 venelle des Oubliettes/////0199887766/ZÉPHYRIN/Wilhelmine/CP A".split("/"))
    ),
}
SLIPPED = [parent("VERCINGÉTORIX", "Anna", "CP A")]
for _place in (0, 3, 5, 8, 11, 12, 14):
    _row = parent("VERCINGETORIX", f"Slip{'abcdefghijklmnop'[_place]}", "CP A", "CE2")
    SLIPPED += [_row[:_place] + _row[_place + 1 :], [*_row[:_place], "", *_row[_place:]]]
    SLIPPED.append([*_row[:_place], '"' + _row[_place], *_row[_place + 1 :]])
FILES["slipped"] = b"".join(
    ";".join(row).encode() + b"\r\n" for row in [*onde(), *SLIPPED, parent("FIN", "Zoe", "CP A")]
)
FILES["heavy"] = as_bytes(onde(*[parent("VERCINGÉTORIX", "Anna", "CP A", "CE2")] * 25_000))


@pytest.mark.parametrize("name", FILES)
def test_an_import_keeps_nothing_of_a_child(send, confirm, own_temp, caplog, capfd, written, name):
    caplog.set_level(logging.DEBUG)
    # What pytest opened to capture.
    written.clear()
    page = send(FILES[name])
    plans = stored_text().casefold()
    confirm()
    kept = stored_text().casefold()
    out = capfd.readouterr()
    logs = (caplog.text + out.out + out.err).casefold()
    cached = str(cache.get_many(["import"])).casefold()
    for value in CHILD:
        assert value not in plans
        assert value not in kept
        assert value not in logs
        assert value not in cached
        assert value not in page.content.decode().casefold()
    assert files_with(CHILD, own_temp, Path(settings.PORTAL_DATA)) == []
    assert written == []
    # The twin: what may be kept is found by the same search.
    assert ADULT in plans
    assert ADULT in kept
    assert files_with([ADULT], own_temp) == []


def test_a_refused_file_leaves_no_trace_either(send, own_temp, caplog, capfd, written):
    caplog.set_level(logging.DEBUG)
    # What pytest opened to capture.
    written.clear()
    send("Nom élève;Prénom élève\r\nZÉPHYRIN;Wilhelmine\r\n".encode())
    send(FILES["heavy"] * 3)
    out = capfd.readouterr()
    for value in CHILD:
        assert value not in stored_text().casefold()
        assert value not in (caplog.text + out.out + out.err).casefold()
    assert files_with(CHILD, own_temp, Path(settings.PORTAL_DATA)) == []
    assert written == []


def test_the_search_finds_what_a_careless_upload_leaves(own_temp, written, rf):
    """The defence off: Django's own handler writes a file of this weight to the disk."""
    request = rf.post("/", {"list": upload(FILES["heavy"])})
    request.upload_handlers = [TemporaryFileUploadHandler(request)]
    kept = request.FILES["list"]
    assert files_with(CHILD, own_temp) != []
    assert [path for path in written if path.startswith(str(own_temp))]
    kept.close()


TOKEN = "a" * 32


@pytest.fixture
def post_list(school, director):
    """Send the heaviest list with a token, or without one, to an address, in one of many ways that fail."""

    def act(way: str):
        client, token = director, TOKEN
        url = reverse("import_families", args=[school.slug])
        if way == "to a wrong address":
            url += "nulle-part/colonnes/"
        elif way == "to another school":
            url = reverse("import_families", args=[make_school("voltaire").slug])
        elif way == "to a page that takes no file":
            url = school.get_absolute_url()
        elif way == "to the admin":
            url = reverse("admin:index")
        elif way == "without a token":
            token = "b" * 32
        elif way == "signed out":
            client = Client()
        elif way == "after the session has ended":
            session = client.session
            session["seen"] = 1
            session.save()
        client.handler.enforce_csrf_checks = True
        client.cookies["csrftoken"] = TOKEN
        fields = {"who": "parent", "list": upload(FILES["heavy"]), "csrfmiddlewaretoken": token}
        return client.post(url, fields)

    return act


# Where the form is read: a wrong address is answered before.
READ = {
    "to another school": 404,
    "to a page that takes no file": 405,
    "to the admin": 302,
    "without a token": 403,
    "signed out": 302,
    "after the session has ended": 302,
}


@pytest.mark.parametrize(("way", "status"), [*READ.items(), ("to a wrong address", 404)])
def test_a_list_sent_astray_never_touches_the_disk(post_list, own_temp, written, way, status):
    written.clear()
    answer = post_list(way)
    assert answer.status_code == status
    assert written == []
    assert not ImportPlan.objects.unscoped().exists()
    kept = stored_text().casefold()
    assert not [value for value in CHILD if value in kept]
    assert files_with(CHILD, own_temp, Path(settings.PORTAL_DATA)) == []


@pytest.mark.parametrize("way", READ)
def test_with_the_usual_handlers_each_of_these_ways_writes_it(post_list, own_temp, written, settings, way):
    """The defence off."""
    settings.FILE_UPLOAD_HANDLERS = global_settings.FILE_UPLOAD_HANDLERS
    post_list(way)
    assert [path for path in written if path.startswith(str(own_temp))]


def test_who_comes_back_after_an_ended_session_is_told_that_the_file_is_to_be_chosen_again(post_list):
    post_list("after the session has ended")
    kept = KeptText.objects.get()
    assert kept.had_files
    assert kept.fields == [["who", "parent"]]


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("responsables.csv", content, content_type="text/csv")
