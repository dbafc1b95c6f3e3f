"""What anybody may know of a school: its page, and the list of schools."""

import datetime

import pytest

from accounts.schools.models import Document
from tests.factories import make_member, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_school(
        hours="8 h 30 – 16 h 30", gate="Sonnez à la loge.", absence="Appelez avant 9 h.", street="12, rue X"
    )


def add_document(school, title, readers):
    return Document.objects.create(
        school=school,
        title=title,
        dated=datetime.date(2026, 10, 1),
        readers=readers,
        stored="x",
        file_name="x.pdf",
        size=1000,
        content_type="application/pdf",
    )


def test_a_visitor_reads_hours_gate_absence_and_the_telephone_as_a_link(visitor, school):
    page = visitor.get("/ecoles/jean-moulin/").content.decode()
    for words in (
        "16\u00a0h\u00a030",
        "Sonnez à la loge.",
        "Appelez avant 9\u00a0h.",
        'href="tel:0199001234"',
    ):
        assert words in page
    assert 'href="/rejoindre/"' in page


def test_no_name_stands_on_the_public_page(visitor, sign_in, school):
    for kind in ("director", "teacher", "helper"):
        make_member(school, kind, kind, display_name=f"Cherchez Moi {kind[:2]}")
    make_member(school, "elue", "parent", "elected", display_name="Cherchez Moi Ee")
    assert "Cherchez Moi" not in visitor.get("/ecoles/jean-moulin/").content.decode()
    elsewhere = make_member(make_school("marie-curie"), "sofia", "parent")
    assert "Cherchez Moi" not in sign_in(elsewhere.user).get("/ecoles/jean-moulin/").content.decode()


def test_only_documents_open_to_everyone_are_named(visitor, sign_in, school):
    for title, readers in (("Règlement", "everyone"), ("Compte rendu", "members"), ("Protocole", "staff")):
        add_document(school, title, readers)
    page = visitor.get("/ecoles/jean-moulin/").content.decode()
    assert "Règlement" in page
    assert "Compte rendu" not in page and "Protocole" not in page


def test_what_the_school_has_not_said_leaves_no_empty_row(visitor):
    make_school("nue", telephone="", town="")
    answer = visitor.get("/ecoles/nue/")
    assert answer.context["facts"] == []
    assert "tel:" not in answer.content.decode()


def test_a_closed_school_is_absent_for_all_but_its_people(visitor, sign_in, school):
    closed = make_school("fermee", is_open=False)
    own = sign_in(make_member(closed, "claire", "director").user)
    other = sign_in(make_member(school, "amina", "parent").user)
    assert own.get("/ecoles/fermee/").status_code == 200
    for client in (visitor, other):
        answer, absent = client.get("/ecoles/fermee/"), client.get("/ecoles/n-existe-pas/")
        assert answer.status_code == absent.status_code == 404
        assert answer.content.replace(b"fermee", b"") == absent.content.replace(b"n-existe-pas", b"").replace(
            b"n existe pas", b"fermee"
        ).replace(b"fermee", b"")
        assert "Fermee" not in client.get("/ecoles/").content.decode()


def test_the_list_finds_a_name_or_a_town_without_accents(visitor, school):
    make_school("marie-curie", town="Saint-Étienne")
    rows = lambda q: [row["url"] for row in visitor.get("/ecoles/", {"q": q}).context["entries"]]  # noqa: E731
    assert rows("curie") == ["/ecoles/marie-curie/"]
    assert rows("saint etienne") == ["/ecoles/marie-curie/"]
    assert rows("VAULX") == ["/ecoles/jean-moulin/"]
    assert rows("nulle part") == []
    assert "Aucune école ne porte ces mots" in visitor.get("/ecoles/?q=zzz").content.decode()


def test_the_list_is_paged_and_keeps_the_words(visitor, django_assert_max_num_queries):
    for number in range(25):
        make_school(f"ecole-{number:02}", classes=())
    with django_assert_max_num_queries(3):
        first = visitor.get("/ecoles/", {"q": "ecole"})
    assert len(first.context["entries"]) == 20
    assert first.context["searchable"]
    assert first.context["pager"]["next"]["url"] == "?q=ecole&page=2"
    last = visitor.get("/ecoles/?q=ecole&page=2")
    assert len(last.context["entries"]) == 5
    assert visitor.get("/ecoles/?page=zzz").status_code == 200


def test_without_a_school_the_list_says_so(visitor):
    assert "Aucune école n’est encore ouverte ici" in visitor.get("/ecoles/").content.decode()


def test_help_tells_a_member_whom_to_call_and_a_visitor_nothing(visitor, sign_in, school):
    amina = sign_in(make_member(school, "amina", "parent").user)
    for _ in range(2):
        page = amina.get("/besoin-daide/").content.decode()
        assert 'href="tel:0199001234"' in page
        assert "/ecoles/jean-moulin/equipe/" in page
    assert "tel:0199001234" not in visitor.get("/besoin-daide/").content.decode()
    elsewhere = sign_in(
        make_member(make_school("marie-curie", telephone="01 99 00 99 99"), "s", "parent").user
    )
    page = elsewhere.get("/besoin-daide/").content.decode()
    assert "tel:0199009999" in page and "tel:0199001234" not in page
