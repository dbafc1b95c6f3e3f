"""A backup made while the portal runs, tried elsewhere, put back: whole, silent, its doors shut."""

import datetime
import hashlib
import io
import json
import sqlite3
import tarfile

import pytest
from django.conf import settings
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.audit.models import AuditEntry
from accounts.invitations.codes import make_code
from accounts.invitations.models import ClassCode, Invitation, MailToken, Slip
from accounts.outbox.actions import post
from accounts.outbox.models import Delivery, Sending
from accounts.people.models import User
from accounts.register.models import Erasure
from accounts.schools.models import Membership
from portal.backup import tables
from portal.privacy import ledger
from portal.privacy.actions import erase_account
from resources.catalogue.models import Resource
from tests.factories import make_member, make_resource
from tests.portal.privacy.people import ADDRESS, NAME, USERNAME, make_zenobie
from tests.portal.privacy.traces import traces_of
from tests.sending import send_now

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.serial]
WORDS = (NAME, "Quintefeuille", ADDRESS, USERNAME)


@pytest.fixture(autouse=True)
def _clean_place():
    def clean():
        for name in ("erasures.jsonl", "backup.json"):
            (settings.PORTAL_DATA / name).unlink(missing_ok=True)
        for name in list(default_storage.listdir("essai")[1]) if default_storage.exists("essai") else []:
            default_storage.delete(f"essai/{name}")

    clean()
    yield
    clean()


@pytest.fixture
def zenobie():
    return make_zenobie()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "preau.tar.gz"


def run(command, *args):
    out = io.StringIO()
    call_command(command, *args, stdout=out)
    return out.getvalue()


def repacked(file, change):
    """The archive with `change(name, content)` applied to each part, its sums left as they were."""
    parts = []
    with tarfile.open(file) as archive:
        for entry in archive:
            parts.append((entry.name, archive.extractfile(entry).read()))
    with tarfile.open(file, "w:gz") as archive:
        for name, content in parts:
            changed = change(name, content)
            entry = tarfile.TarInfo(name)
            entry.size = len(changed)
            archive.addfile(entry, io.BytesIO(changed))


def test_what_was_there_is_there_again(zenobie, file):
    make_resource("ecran-et-coucher", "Un écran avant le coucher ?")
    default_storage.save("essai/a.txt", ContentFile(b"avant"))
    stamp = User.objects.get(username=USERNAME).date_joined
    acts = AuditEntry.objects.count()
    run("backup", str(file))
    User.objects.filter(username=USERNAME).update(display_name="Autre")
    make_member(zenobie.memberships.get(school__slug="jean-moulin").school, "apres")
    Resource.objects.all().delete()
    default_storage.delete("essai/a.txt")
    default_storage.save("essai/b.txt", ContentFile(b"apres"))
    run("restore", str(file))
    back = User.objects.get(username=USERNAME)
    assert (back.display_name, back.date_joined) == (NAME, stamp)
    assert not User.objects.filter(username="apres").exists()
    assert AuditEntry.objects.count() == acts
    assert default_storage.open("essai/a.txt").read() == b"avant"
    assert not default_storage.exists("essai/b.txt")
    assert "coucher" in Client().get("/ressources/?q=ecran").content.decode()
    # The next row takes a key of its own.
    assert Membership.objects.unscoped().count() == 2
    make_member(back.memberships.get(school__slug="jean-moulin").school, "suivante")


def test_a_person_erased_after_the_backup_is_erased_again(zenobie, file):
    run("backup", str(file))
    erase_account(zenobie, keep_contributions=True)
    assert traces_of(*WORDS) == []
    said = run("restore", str(file))
    assert traces_of(*WORDS) == []
    assert "1" in said
    row = Erasure.objects.get()
    assert (row.person, row.keep_contributions) == (zenobie.key, True)
    assert set(ledger.read()) == {zenobie.key}


def test_without_the_ledger_the_person_would_be_back(zenobie, file):
    """Twin: it is the ledger that erases again."""
    run("backup", str(file))
    User.objects.filter(username=USERNAME).delete()
    run("restore", str(file))
    assert traces_of(*WORDS) != []


def test_the_file_beside_outlives_the_database(zenobie, file):
    run("backup", str(file))
    erase_account(zenobie, keep_contributions=False)
    Erasure.objects.all().delete()
    run("restore", str(file))
    assert traces_of(*WORDS) == []


def test_the_ledger_of_the_backup_counts_on_another_machine(zenobie, file, tmp_path):
    older = tmp_path / "older.tar.gz"
    run("backup", str(older))
    erase_account(zenobie, keep_contributions=False)
    run("backup", str(file))
    ledger.ledger_path().unlink()
    run("restore", str(file))
    assert set(ledger.read()) == {zenobie.key}
    run("restore", str(older))
    assert traces_of(*WORDS) == []


def test_a_restore_sends_nothing(zenobie, file):
    run("backup", str(file))
    mail.outbox.clear()
    run("restore", str(file))
    assert Sending.current().is_on is False
    assert not Delivery.objects.filter(state__in=["due", "claimed"]).exists()
    assert not DBTaskResult.objects.exists()
    send_now(timezone.now() + datetime.timedelta(days=1))
    assert mail.outbox == []
    call_command("sending", "on", stdout=io.StringIO())
    post("let_in", "zzzzzzzz", person=User.objects.get(username=USERNAME))
    assert Delivery.objects.filter(state="due").exists()


def test_old_sessions_and_links_are_dead_and_papers_live(zenobie, file):
    member = zenobie.memberships.get(school__slug="jean-moulin")
    waiting = Invitation.objects.unscoped().get(school__slug="marie-curie")
    joining, poster = make_code(), make_code()
    later = timezone.now() + datetime.timedelta(days=60)

    def stored(code):
        values = {"selector": code.selector, "salt": code.salt, "verifier": code.verifier}
        return {**values, "expires": later}

    Slip.objects.create(invitation=waiting, **stored(joining))
    Slip.objects.filter(invitation__membership=member).update(gives_back=True)
    ClassCode.objects.create(classroom=member.school.classrooms.first(), **stored(poster))
    client = Client()
    client.force_login(zenobie)
    assert client.get("/compte/").status_code == 200
    run("backup", str(file))
    run("restore", str(file))
    assert client.get("/compte/").status_code == 302
    assert not MailToken.objects.exists() and not ClassCode.objects.exists()
    living = Slip.objects.living()
    assert [slip.selector for slip in living] == [joining.selector]


def test_the_test_of_a_backup_changes_nothing_and_is_noted(zenobie, file):
    run("backup", str(file))
    noted = json.loads((settings.PORTAL_DATA / "backup.json").read_text())
    assert noted["made"] and noted["tested"] is None
    before = traces_of(*WORDS)
    said = run("backup", "--test", str(file))
    assert str(file) in said
    assert json.loads((settings.PORTAL_DATA / "backup.json").read_text())["tested"]
    assert traces_of(*WORDS) == before and Sending.current().is_on


def test_the_file_is_for_its_owner_alone_and_holds_no_open_door(zenobie, file):
    Client().force_login(zenobie)
    run("backup", str(file))
    assert file.stat().st_mode & 0o077 == 0
    with tarfile.open(file) as archive:
        names = archive.getnames()
        manifest = json.loads(archive.extractfile("manifest.json").read())
        rows = archive.extractfile("rows/accounts.User.jsonl").read()
    assert not [name for name in names if any(label in name for label in tables.LEFT_OUT)]
    assert not [name for name in names if "secret_key" in name]
    assert manifest["files"]["rows/accounts.User.jsonl"]["sha256"] == hashlib.sha256(rows).hexdigest()


@pytest.mark.parametrize("command", [["backup", "--test"], ["restore"]])
@pytest.mark.parametrize("harm", ["changed", "cut", "missing", "stranger", "escaping", "no archive"])
def test_a_damaged_file_is_refused_and_changes_nothing(zenobie, file, command, harm):
    run("backup", str(file))
    if harm == "changed":
        repacked(file, lambda name, content: content.replace(b"Quinte", b"Trente"))
    elif harm == "cut":
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    elif harm == "missing":
        file.unlink()
    elif harm == "no archive":
        file.write_bytes(b"nothing of the kind")
    else:
        _add(file, "rows/more.jsonl" if harm == "stranger" else "../outside.txt")
    before = traces_of(*WORDS)
    with pytest.raises(CommandError):
        run(*command, str(file))
    assert traces_of(*WORDS) == before and Sending.current().is_on
    assert not (file.parent / "outside.txt").exists() and not (file.parent.parent / "outside.txt").exists()


def _add(file, name):
    with tarfile.open(file) as archive:
        parts = [(entry.name, archive.extractfile(entry).read()) for entry in archive]
    with tarfile.open(file, "w:gz") as archive:
        for each, content in [*parts, (name, b"{}")]:
            entry = tarfile.TarInfo(each)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))


def _with_manifest(file, change):
    def edited(name, content):
        if name != "manifest.json":
            return content
        manifest = json.loads(content)
        change(manifest)
        return json.dumps(manifest).encode()

    repacked(file, edited)


def test_a_backup_of_a_newer_portal_is_refused(zenobie, file):
    run("backup", str(file))
    _with_manifest(file, lambda manifest: manifest["schema"]["accounts"].append("9999_the_future"))
    with pytest.raises(CommandError, match="9999_the_future"):
        run("restore", str(file))
    assert User.objects.filter(username=USERNAME).exists() and Sending.current().is_on


def test_a_backup_of_an_older_portal_is_brought_up_to_date(zenobie, file):
    run("backup", str(file))
    _with_manifest(file, lambda manifest: manifest["schema"]["foundation"].remove("0002_limits"))
    User.objects.filter(username=USERNAME).delete()
    run("restore", str(file))
    assert User.objects.get(username=USERNAME).display_name == NAME


def test_rows_that_do_not_hold_together_are_refused(zenobie, file):
    run("backup", str(file))
    _with_manifest(file, lambda manifest: manifest["counts"].update({"accounts.User": 99}))
    with pytest.raises(CommandError):
        run("restore", str(file))
    assert User.objects.filter(username=USERNAME).exists()


def test_a_failure_while_restoring_leaves_all_as_it_was(zenobie, file, monkeypatch):
    run("backup", str(file))
    make_member(zenobie.memberships.get(school__slug="jean-moulin").school, "apres")

    def broken():
        raise RuntimeError("broken")

    monkeypatch.setattr("portal.backup.doors.shut", broken)
    with pytest.raises(RuntimeError):
        run("restore", str(file))
    assert User.objects.filter(username="apres").exists() and Sending.current().is_on


def test_a_write_during_the_backup_is_not_refused_and_not_half_there(zenobie, file, monkeypatch):
    """A person who comes while rows are read is in the backup whole, or not at all."""
    school = zenobie.memberships.get(school__slug="jean-moulin").school
    original = tables.lines_of
    written = []

    def slow(model, alias):
        if model._meta.label == "accounts.Membership" and not written:
            written.append(_in_another_connection(school))
        return original(model, alias)

    monkeypatch.setattr("portal.backup.actions.lines_of", slow)
    run("backup", str(file))
    assert User.objects.filter(username="pendant").exists()
    run("backup", "--test", str(file))
    run("restore", str(file))
    assert not User.objects.filter(username="pendant").exists()
    assert not Membership.objects.unscoped().filter(name="Pendant").exists()


def _in_another_connection(school):
    import threading

    from django.db import connection

    def write():
        make_member(school, "pendant", display_name="Pendant")
        connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    thread.join()
    return True


def test_sqlite_itself_finds_the_copy_whole(zenobie, tmp_path):
    from django.db import connection

    from portal.backup.snapshots import _copy_sqlite

    if connection.vendor != "sqlite":
        pytest.skip("the snapshot of PostgreSQL is a transaction")
    _copy_sqlite(tmp_path / "copy.sqlite3")
    copy = sqlite3.connect(tmp_path / "copy.sqlite3")
    assert copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert copy.execute("SELECT count(*) FROM accounts_user").fetchone()[0] == User.objects.count()
    copy.close()
