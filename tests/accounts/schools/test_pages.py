"""Members by name, who does what, the shelf, seeing as a parent; what each page costs."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.schools.actions import documents
from accounts.schools.models import Classroom, Document
from tests.accounts.schools.reading import words
from tests.factories import make_member

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF"
DATED = datetime.date(2026, 11, 2)


# Members -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "status"),
    [("director", 200), ("secretary", 200), ("teacher", 403), ("amina", 403), ("elected", 403)],
)
def test_the_list_of_people_is_for_the_direction_and_members(moulin, sign_in, name, status):
    client = sign_in(getattr(moulin, name).user)
    assert client.get(f"{moulin.url}membres/").status_code == status
    assert client.get(f"{moulin.url}membres/{moulin.paul.key}/").status_code == status


def test_a_secretary_reads_and_decides_nothing(moulin, sign_in):
    client = sign_in(moulin.secretary.user)
    page = f"{moulin.url}membres/{moulin.paul.key}/"
    assert "/decision/" not in client.get(page).content.decode()
    for act in ("titre", "aide", "classes", "mandat", "fin", "suspension", "decision", "direction", "depart"):
        assert client.get(f"{page}{act}/").status_code == 403
        assert client.post(f"{page}{act}/").status_code == 403


def test_people_are_found_by_a_part_of_the_name_and_by_class(moulin, sign_in):
    make_member(
        moulin.school, "helene", "parent", display_name="Hélène Étoile", rooms=moulin.school.rooms[1:]
    )
    client = sign_in(moulin.director.user)
    page = f"{moulin.url}membres/"
    assert "Hélène Étoile" in words(client.get(page, {"q": "helene eto"}))
    assert "Hélène" not in words(client.get(page, {"q": "paul"}))
    second = words(client.get(page, {"classe": moulin.school.rooms[1].key}))
    assert "Hélène Étoile" in second
    assert "Paul" not in second
    assert client.get(page, {"q": "%\x00'\"<b>", "page": "zz"}).status_code == 200


def test_a_page_holds_fifty_people(moulin, sign_in):
    for number in range(60):
        make_member(moulin.school, f"p{number}", "parent", display_name=f"Parent Numéro {number}")
    client = sign_in(moulin.director.user)
    assert "Page 1" in words(client.get(f"{moulin.url}membres/"))
    second = client.get(f"{moulin.url}membres/?page=2")
    assert 'rel="prev"' in second.content.decode()


# Who does what -----------------------------------------------------------------------------------------


def test_who_does_what_gives_names_and_no_address(moulin, sign_in, visitor):
    make_member(moulin.school, "hugo", "helper")
    page = sign_in(moulin.amina.user).get(f"{moulin.url}equipe/")
    text = words(page)
    for name in ("Diane", "Sonia", "Tom", "Elsa", "Hugo"):
        assert name in text
    assert "Paul" not in text
    assert "@" not in page.content.decode()
    assert visitor.get(f"{moulin.url}equipe/").status_code == 302


# The shelf ---------------------------------------------------------------------------------------------


def shelf(moulin, readers: str, rooms=()) -> Document:
    values = {"title": f"Papier {readers}", "kind": "liste", "dated": DATED, "readers": readers}
    taken = documents.Taken(PDF, "règlement 2026.pdf", "application/pdf")
    return documents.add_document(moulin.school, values, list(rooms), taken, by=moulin.director.user)


READS = {
    "everyone": {"visitor", "stranger", "amina", "other_class", "teacher", "secretary", "director"},
    "members": {"amina", "other_class", "teacher", "secretary", "director"},
    "classes": {"amina", "teacher", "director"},
    "staff": {"teacher", "secretary", "director"},
}


@pytest.mark.parametrize("readers", READS)
def test_a_paper_opens_to_its_readers_alone(moulin, curie, sign_in, visitor, readers):
    room = moulin.school.rooms[0]
    paper = shelf(moulin, readers, [room] if readers == "classes" else [])
    other = make_member(moulin.school, "olga", "parent", rooms=moulin.school.rooms[1:])
    people = {
        "visitor": visitor,
        "stranger": sign_in(curie.parent.user),
        "other_class": sign_in(other.user),
        **{
            name: sign_in(getattr(moulin, name).user)
            for name in ("amina", "teacher", "secretary", "director")
        },
    }
    address = f"{moulin.url}documents/{paper.key}/lire/{paper.file_name}"
    for name, client in people.items():
        reads = name in READS[readers]
        assert client.get(address).status_code == (200 if reads else 404), name
        assert (paper.title in words(client.get(f"{moulin.url}documents/"))) is reads, name


def test_a_paper_is_served_as_a_file_that_runs_and_stays_nowhere(moulin, sign_in):
    paper = shelf(moulin, "members")
    answer = sign_in(moulin.amina.user).get(f"{moulin.url}documents/{paper.key}/lire/{paper.file_name}")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == PDF


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><script>alert(1)</script>", "page.pdf"),
        (b"PK\x03\x04", "archive.pdf"),
        (b"GIF89a", "anim.gif"),
        (b"<svg/>", "dessin.svg"),
        (b"", "vide.pdf"),
    ],
)
def test_other_kinds_are_refused_with_what_was_typed(moulin, sign_in, content, name):
    data = {"title": "Mon papier", "kind": "liste", "dated": "2026-11-02", "readers": "members"}
    file = SimpleUploadedFile(name, content, "application/pdf")
    answer = sign_in(moulin.director.user).post(f"{moulin.url}documents/ajouter/", {**data, "file": file})
    assert answer.status_code == 200
    assert "Mon papier" in answer.content.decode()
    assert not Document.objects.of_school(moulin.school).exists()


def test_too_heavy_a_file_is_refused_and_the_limit_is_told_before(moulin, sign_in, monkeypatch):
    monkeypatch.setattr(documents, "MAX_BYTES", 10)
    client = sign_in(moulin.director.user)
    assert "20" in words(client.get(f"{moulin.url}documents/ajouter/"))
    data = {"title": "X", "kind": "liste", "dated": "2026-11-02", "readers": "members"}
    file = SimpleUploadedFile("a.pdf", PDF, "application/pdf")
    assert client.post(f"{moulin.url}documents/ajouter/", {**data, "file": file}).status_code == 200
    assert not Document.objects.of_school(moulin.school).exists()


@pytest.mark.parametrize(("readers", "kept"), [("staff", 0), ("classes", 1)])
def test_classes_ticked_count_only_if_some_classes_are_chosen(moulin, sign_in, readers, kept):
    """The boxes stand in the page before that is known: no script hides them from the form."""
    file = SimpleUploadedFile("a.pdf", PDF, "application/pdf")
    fields = {"title": "Liste", "kind": "liste", "dated": "2026-11-02", "file": file, "readers": readers}
    fields["classrooms"] = [moulin.school.rooms[0].pk]
    assert sign_in(moulin.director.user).post(f"{moulin.url}documents/ajouter/", fields).status_code == 302
    assert Document.objects.of_school(moulin.school).get().classrooms.count() == kept


def test_the_shelf_is_kept_by_whoever_has_documents(moulin, sign_in):
    keeper = make_member(moulin.school, "nora", "deputy", rights=["documents"])
    paper = shelf(moulin, "members")
    data = {"title": "Corrigé", "kind": "liste", "dated": "2026-11-02", "readers": "staff"}
    for one, status in ((moulin.secretary, 403), (moulin.teacher, 403), (moulin.amina, 403), (keeper, 302)):
        client = sign_in(one.user)
        assert client.post(f"{moulin.url}documents/{paper.key}/", data).status_code == status
    paper.refresh_from_db()
    assert (paper.title, paper.readers) == ("Corrigé", "staff")
    for one, status in ((moulin.secretary, 403), (keeper, 302)):
        assert sign_in(one.user).post(f"{moulin.url}documents/{paper.key}/retirer/").status_code == status
    assert not Document.objects.of_school(moulin.school).exists()


# Seeing as a parent -------------------------------------------------------------------------------------


def test_the_direction_sees_as_a_parent_and_writes_nothing(moulin, sign_in):
    client = sign_in(moulin.director.user)
    room = moulin.school.rooms[0]
    shelf(moulin, "staff")
    assert "Papier staff" in words(client.get(f"{moulin.url}documents/"))
    assert client.post(f"{moulin.url}voir-comme/", {"classe": room.key}).status_code == 302
    assert "Papier staff" not in words(client.get(f"{moulin.url}documents/"))
    for path in ("reglages/", "membres/", "classes/", "documents/ajouter/"):
        assert client.get(moulin.url + path).status_code == 403, path
    refused = client.post(f"{moulin.url}classes/", {"names": "CP Z"})
    assert refused.status_code == 403
    assert not Classroom.objects.of_school(moulin.school).filter(name="CP Z").exists()
    assert client.post(f"{moulin.url}voir-comme/revenir/").status_code == 302
    assert client.post(f"{moulin.url}classes/", {"names": "CP Z"}).status_code == 302


def test_the_banner_stands_on_every_page_while_it_lasts(moulin, sign_in):
    client = sign_in(moulin.director.user)
    client.post(f"{moulin.url}voir-comme/", {"classe": moulin.school.rooms[0].key})
    for path in (moulin.url, f"{moulin.url}documents/", f"{moulin.url}equipe/"):
        assert "voir-comme/revenir/" in client.get(path).content.decode(), path
    client.post(f"{moulin.url}voir-comme/revenir/")
    assert "voir-comme/revenir/" not in client.get(moulin.url).content.decode()


def test_nobody_else_sees_as_a_parent_nor_of_another_school(moulin, curie, sign_in):
    room, foreign = moulin.school.rooms[0], curie.school.rooms[0]
    for one in (moulin.secretary, moulin.teacher, moulin.amina):
        client = sign_in(one.user)
        assert client.get(f"{moulin.url}voir-comme/").status_code == 403
        assert client.post(f"{moulin.url}voir-comme/", {"classe": room.key}).status_code == 403
    client = sign_in(moulin.director.user)
    assert client.post(f"{moulin.url}voir-comme/", {"classe": foreign.key}).status_code == 200
    assert client.get(f"{moulin.url}reglages/").status_code == 200
    assert client.post(f"{curie.url}voir-comme/", {"classe": foreign.key}).status_code == 404


def test_the_look_ends_with_the_class_and_with_the_direction(moulin, sign_in):
    client = sign_in(moulin.director.user)
    extra = Classroom.objects.of_school(moulin.school).get(name="CE1 A")
    client.post(f"{moulin.url}voir-comme/", {"classe": extra.key})
    assert client.get(f"{moulin.url}reglages/").status_code == 403
    extra.delete()
    assert client.get(f"{moulin.url}reglages/").status_code == 200


# Budgets -----------------------------------------------------------------------------------------------

BUDGET = {
    "equipe/": 8,
    "reglages/": 8,
    "reglages/fiche/": 8,
    "reglages/ouvrir/": 8,
    "reglages/listes/": 8,
    "classes/": 8,
    "membres/": 8,
    "documents/": 8,
    "documents/ajouter/": 8,
    "voir-comme/": 8,
    "membres/{key}/": 8,
    "membres/{key}/mandat/": 8,
    "membres/{key}/decision/": 8,
    "membres/{key}/fin/": 8,
}


def test_pages_cost_the_same_at_ten_and_a_hundred_members(moulin, sign_in):
    client = sign_in(moulin.director.user)

    def cost(path: str) -> int:
        page = moulin.url + path.format(key=moulin.paul.key)
        client.get(page)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(page).status_code == 200, path
        return len([one for one in seen if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))])

    shelf(moulin, "members")
    few = {path: cost(path) for path in BUDGET}
    for number in range(100):
        kind = ("parent", "teacher", "elected")[number % 3]
        make_member(moulin.school, f"m{number}", kind, display_name=f"Membre Numéro {number}")
        shelf(moulin, "members")
    assert {path: cost(path) for path in BUDGET} == few
    assert {path: most for path, most in few.items() if most > BUDGET[path]} == {}
