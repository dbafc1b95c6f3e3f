"""Erased: nothing anywhere holds the name or the address afterwards."""

import dataclasses
import json

import pytest
from django.conf import settings
from django.core import mail
from django_tasks_db.models import DBTaskResult

from accounts.audit.models import AuditEntry
from accounts.people.models import HostRole, User
from accounts.register.models import Erasure
from accounts.schools.models import Hat
from portal.privacy import actions, ledger, parts
from tests.factories import make_member, make_school, person_with_role
from tests.portal.privacy.people import ADDRESS, NAME, USERNAME, make_zenobie, prove
from tests.portal.privacy.traces import traces_of

pytestmark = pytest.mark.django_db
WORDS = (NAME, "Quintefeuille", ADDRESS, USERNAME)


@pytest.fixture(autouse=True)
def _no_ledger():
    ledger.ledger_path().unlink(missing_ok=True)
    yield
    ledger.ledger_path().unlink(missing_ok=True)


@pytest.fixture
def zenobie(sign_in):
    client = sign_in(make_zenobie())
    prove(client)
    return client


def erase(client, answer="go"):
    return client.post("/compte/mes-donnees/effacer/", {"contributions": answer})


def test_before_every_table_names_her_and_after_nothing_does(zenobie, sign_in):
    phone = sign_in(zenobie.user)
    session = phone.session
    session["words"] = f"pour {NAME}"
    session.save()
    before = traces_of(*WORDS)
    tables = {place.partition(".")[0] for place in before}
    assert {
        "accounts_user",
        "accounts_membership",
        "accounts_invitation",
        "accounts_importplan",
        "accounts_assistedentry",
        "accounts_delivery",
        "accounts_kepttext",
        "account_emailaddress",
        "django_admin_log",
        "django_tasks_database_dbtaskresult",
        "a session",
    } <= tables
    answer = erase(zenobie)
    assert answer.status_code == 302 and answer["Location"] == "/compte/efface/"
    assert traces_of(*WORDS) == []
    assert phone.get("/compte/").status_code == 302


def test_her_name_in_a_school_goes_from_sessions_and_tasks_too(zenobie, sign_in):
    in_school = "Maman de Capucine"
    zenobie.user.memberships.filter(school__slug="jean-moulin").update(name=in_school)
    other = sign_in(make_member(make_school("ailleurs"), "autre").user)
    session = other.session
    session["words"] = f"pour {in_school}"
    session.save()
    DBTaskResult.objects.create(
        task_path="accounts.people.tasks.send_account_mail",
        args_kwargs={"args": ["notice", {"name": in_school}], "kwargs": {}},
        backend_name="default",
        queue_name="default",
    )
    erase(zenobie)
    assert traces_of(in_school) == []


def test_she_is_signed_out_and_the_browser_forgets(zenobie):
    answer = erase(zenobie)
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert zenobie.get("/compte/efface/").status_code == 200
    assert zenobie.get("/compte/").status_code == 302


def test_mails_written_to_files_go_too(zenobie, settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(settings.PORTAL_DATA / "mail")
    folder = settings.PORTAL_DATA / "mail"
    folder.mkdir(exist_ok=True)
    (folder / "a.log").write_text(f"To: {ADDRESS}\n\nBonjour")
    (folder / "b.log").write_text("To: autre@famille.example\n\nBonjour")
    try:
        erase(zenobie)
        assert [file.name for file in folder.iterdir()] == ["b.log"]
    finally:
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()


def test_the_ledger_keeps_the_key_in_the_database_and_beside_it(zenobie):
    key = zenobie.user.key
    erase(zenobie, "stay")
    row = Erasure.objects.get()
    assert (row.person, row.keep_contributions) == (key, True)
    lines = (settings.PORTAL_DATA / "erasures.jsonl").read_text().splitlines()
    assert json.loads(lines[0])["person"] == key and json.loads(lines[0])["keep_contributions"] is True
    assert AuditEntry.objects.about_person(key).exists()


def test_a_last_mail_says_goodbye_and_is_kept_nowhere(zenobie, settings):
    if hasattr(settings, "EMAIL_FILE_PATH"):
        del settings.EMAIL_FILE_PATH
    mail.outbox.clear()
    erase(zenobie, "stay")
    assert [message.to for message in mail.outbox] == [[ADDRESS]]
    assert ADDRESS not in mail.outbox[0].body
    mail.outbox.clear()
    assert traces_of(*WORDS) == []


def test_a_mail_server_that_is_away_stops_nothing(zenobie, settings):
    if hasattr(settings, "EMAIL_FILE_PATH"):
        del settings.EMAIL_FILE_PATH
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert erase(zenobie).status_code == 302
    assert not User.objects.filter(username=USERNAME).exists()


def test_the_choice_on_contributions_reaches_each_part(zenobie, monkeypatch):
    asked = []
    probe = dataclasses.replace(
        parts.PARTS[0],
        held=lambda user: [("probe", [("contribution", "une question")])],
        export=lambda user: {"probe": [{"text": "une question"}]},
        erase=lambda user, *, keep_contributions: asked.append((user.username, keep_contributions)),
    )
    monkeypatch.setattr(parts, "PARTS", (*parts.PARTS, probe))
    erase(zenobie, "stay")
    assert asked == [(USERNAME, True)]


def test_without_an_answer_nothing_goes(zenobie):
    page = zenobie.post("/compte/mes-donnees/effacer/", {})
    assert page.status_code == 200 and "error-summary" in page.content.decode()
    assert User.objects.filter(username=USERNAME).exists()


def test_erasing_wants_a_fresh_proof(zenobie):
    session = zenobie.session
    del session["fresh_proof"]
    session.save()
    assert "/compte/preuve/" in erase(zenobie)["Location"]
    assert User.objects.filter(username=USERNAME).exists()


def test_a_failure_in_the_middle_leaves_all_as_it_was(zenobie, monkeypatch):
    def broken(user, *, keep_contributions):
        raise RuntimeError("broken")

    before = traces_of(*WORDS)
    first = dataclasses.replace(parts.PARTS[0], erase=broken)
    monkeypatch.setattr(parts, "PARTS", (first, *parts.PARTS[1:]))
    with pytest.raises(RuntimeError):
        actions.erase_account(zenobie.user, keep_contributions=False)
    assert traces_of(*WORDS) == before
    assert not Erasure.objects.exists() and not ledger.ledger_path().exists()


def test_the_last_director_hands_over_first(sign_in):
    school = make_school()
    director = make_member(school, "solange", "director")
    client = sign_in(director.user)
    prove(client)
    page = client.get("/compte/mes-donnees/effacer/").content.decode()
    assert "Jean Moulin" in page and "contributions" not in page
    assert erase(client).status_code == 200
    assert User.objects.filter(pk=director.user.pk).exists()
    make_member(school, "mireille", "director")
    assert erase(client).status_code == 302
    assert not User.objects.filter(pk=director.user.pk).exists()
    assert Hat.objects.of_school(school).filter(kind="director").count() == 1


def test_the_last_operator_hands_over_first(sign_in):
    client = sign_in(person_with_role("odile", "operator"))
    prove(client)
    assert erase(client).status_code == 200
    person_with_role("olga", "operator")
    assert erase(client).status_code == 302
    assert HostRole.objects.count() == 1


def test_another_of_the_same_school_keeps_everything(zenobie):
    school = zenobie.user.memberships.get(school__slug="jean-moulin").school
    other = make_member(school, "autre", display_name="Autre Personne")
    before = traces_of("Autre Personne", "autre@famille.example")
    erase(zenobie)
    assert traces_of("Autre Personne", "autre@famille.example") == before != []
    assert User.objects.filter(pk=other.user.pk).exists()


def test_a_line_cut_by_a_crash_hides_no_other():
    ledger.append([ledger.Line("abc", False, "2026-11-24")])
    with ledger.ledger_path().open("a") as file:
        file.write('{"person": "de')
    ledger.append([ledger.Line("ghi", True, "2026-11-25")])
    assert set(ledger.read()) == {"abc", "ghi"}
    ledger.append([ledger.Line("abc", False, "2026-11-26")])
    assert ledger.ledger_path().read_text().count("abc") == 1


def test_what_a_crash_kept_from_the_file_is_caught_up():
    Erasure.objects.create(person="xyz")
    assert ledger.read() == {}
    ledger.catch_up()
    assert set(ledger.read()) == {"xyz"}
