"""Two schools: what belongs to the other answers exactly as what does not exist."""

import datetime

import pytest

from accounts.schools.actions import documents, give_title, restrict
from accounts.schools.actions.sheet import add_parent_list
from accounts.schools.models import Classroom, Document, Hat, Membership, ParentList, Restriction
from tests.accounts.schools.reading import markup
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PDF = documents.Taken(b"%PDF-1.4 secret", "proces-verbal.pdf", "application/pdf")
PAPER = {
    "title": "Secret de Curie",
    "kind": "proces-verbal",
    "dated": datetime.date(2026, 11, 2),
    "readers": "members",
}
NOBODY, ABSENT_SLUG = "bcdfghjk", "pas-une-ecole"
GET = [
    "membres/{member}/",
    "membres/{member}/titre/",
    "membres/{member}/mandat/",
    "membres/{member}/decision/",
    "classes/{room}/",
    "reglages/listes/{list}/",
    "documents/{paper}/",
    "documents/{paper}/lire/proces-verbal.pdf",
]
POST = [
    *GET[1:-1],
    "membres/{member}/suspension/",
    "membres/{member}/depart/",
    "classes/{room}/place/",
    "classes/{room}/retirer/",
    "reglages/listes/{list}/retirer/",
    "documents/{paper}/retirer/",
]
PAGES = (
    "",
    "equipe/",
    "reglages/",
    "reglages/fiche/",
    "reglages/ouvrir/",
    "reglages/listes/",
    "classes/",
    "membres/",
    "membres/?q=a",
    "documents/",
    "documents/ajouter/",
    "voir-comme/",
)


def keys(place) -> dict[str, str]:
    paper = documents.add_document(place.school, PAPER, [], PDF, by=None)
    row = add_parent_list(place.school, f"Liste {place.slug}", is_association=True, by=None)
    return {
        "member": (getattr(place, "amina", None) or place.parent).key,
        "room": place.school.rooms[0].key,
        "list": row.key,
        "paper": paper.key,
    }


ABSENT = dict.fromkeys(("member", "room", "list", "paper"), NOBODY)


def counts() -> list[int]:
    models = (Membership, Hat, Classroom, ParentList, Document, Restriction)
    return [model.objects.unscoped().count() for model in models]


def same(one, other, theirs: dict[str, str], absent: dict[str, str]) -> bool:
    """The same page, but for what was asked, which the page of a 404 may search for."""
    text = markup(one)
    for name, key in theirs.items():
        text = text.replace(key, absent[name])
    return (one.status_code, text) == (other.status_code, markup(other))


@pytest.mark.parametrize("path", GET)
def test_keys_of_the_other_school_answer_as_absent(moulin, curie, sign_in, path):
    own, theirs = keys(moulin), keys(curie)
    client = sign_in(moulin.director.user)
    swapped = client.get(moulin.url + path.format(**theirs))
    assert swapped.status_code == 404
    assert same(swapped, client.get(moulin.url + path.format(**ABSENT)), theirs, ABSENT)
    # The twin: one's own opens.
    assert client.get(moulin.url + path.format(**own)).status_code == 200


@pytest.mark.parametrize("path", POST)
def test_acts_on_the_other_schools_keys_change_nothing(moulin, curie, sign_in, path):
    theirs = keys(curie)
    before = counts()
    client = sign_in(moulin.director.user)
    data = {"name": "CP Z", "title": "X", "to": "up", "elected_on": "2026-10-09", "decided_on": "2026-10-09"}
    swapped = client.post(moulin.url + path.format(**theirs), data)
    assert swapped.status_code == 404
    assert same(swapped, client.post(moulin.url + path.format(**ABSENT), data), theirs, ABSENT)
    assert counts() == before
    curie.parent.refresh_from_db()
    assert (curie.parent.state, curie.parent.suspended_until) == ("active", None)


@pytest.mark.parametrize("path", [path for path in PAGES if path != "documents/" and path])
def test_a_closed_door_of_the_other_school_is_no_door(moulin, curie, sign_in, path):
    """A school one is nobody in, and one that does not exist."""
    client = sign_in(moulin.director.user)
    theirs, absent = client.get(curie.url + path), client.get(f"/ecoles/{ABSENT_SLUG}/{path}")
    assert theirs.status_code == absent.status_code == 404
    assert markup(theirs).replace(curie.slug, ABSENT_SLUG) == markup(absent)
    assert sign_in(curie.director.user).get(curie.url + path).status_code == 200


def test_a_school_that_is_closed_is_shown_to_its_people_only(moulin, curie, sign_in, visitor):
    curie.school.opened = None
    curie.school.save()
    for client in (visitor, sign_in(moulin.director.user)):
        for path in ("", "documents/", "logo.webp"):
            assert client.get(curie.url + path).status_code == 404
    assert sign_in(curie.parent.user).get(curie.url).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_no_page_names_a_person_or_class_of_the_other(moulin, curie, sign_in, path):
    keys(curie)
    text = markup(sign_in(moulin.director.user).get(moulin.url + path))
    for secret in ("Quark", "Neutrino", "Photon", "Sixième Étoile", "Comète", "Liste marie-curie", "Curie"):
        assert secret not in text, (path, secret)
    # The twin: at home they are told.
    if path == "membres/":
        assert "Yvan Neutrino" in markup(sign_in(curie.director.user).get(curie.url + path))


@pytest.mark.parametrize(
    ("act", "field"),
    [("classes", "classrooms"), ("decision", "classroom"), ("fin", "hat"), ("decision-levee", "restriction")],
)
def test_ids_of_the_other_school_are_no_choice(moulin, curie, sign_in, act, field):
    row = restrict(
        curie.parent,
        by=curie.director.user,
        classroom=None,
        decided_on=datetime.date(2026, 11, 2),
        reference="x",
    )
    foreign = {
        "classes": curie.school.rooms[0].pk,
        "decision": curie.school.rooms[0].pk,
        "fin": Hat.objects.filter(membership=curie.parent).get().pk,
        "decision-levee": row.pk,
    }[act]
    page = f"{moulin.url}membres/{moulin.teacher.key}/{act}/"
    client = sign_in(moulin.director.user)
    before = counts()
    data = {field: foreign, "decided_on": "2026-11-02", "reference": "x"}
    theirs = client.post(page, data)
    absent = client.post(page, {**data, field: 999_999})
    assert theirs.status_code == absent.status_code == 200
    assert markup(theirs).replace(str(foreign), "") == markup(absent).replace("999999", "").replace(
        str(foreign), ""
    )
    assert counts() == before


def test_a_document_for_classes_takes_no_class_of_the_other(moulin, curie, sign_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = sign_in(moulin.director.user)
    data = {**PAPER, "readers": "classes", "dated": "2026-11-02"}

    def send(room):
        file = SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF", "application/pdf")
        return client.post(f"{moulin.url}documents/ajouter/", {**data, "classrooms": [room.pk], "file": file})

    assert send(curie.school.rooms[0]).status_code == 200
    assert not Document.objects.of_school(moulin.school).exists()
    assert send(moulin.school.rooms[0]).status_code == 302


def test_search_does_not_reach_over(moulin, curie, sign_in):
    client = sign_in(moulin.director.user)
    page = f"{moulin.url}membres/"
    assert "Neutrino" not in markup(client.get(page, {"q": "yvan"}))
    absent = markup(client.get(page, {"q": "yvan"}))
    assert absent == markup(client.get(page, {"q": "yvex"})).replace("yvex", "yvan")
    key = curie.school.rooms[0].key
    foreign = markup(client.get(page, {"classe": key})).replace(key, NOBODY)
    assert foreign == markup(client.get(page, {"classe": NOBODY}))


def test_somebody_of_both_is_in_each_what_they_are_there(moulin, curie, sign_in):
    from tests.factories import make_member

    both = UserFactory(username="bo", display_name="Bo Proton")
    make_member(moulin.school, "bo", "parent", user=both)
    one = make_member(curie.school, "bo", "teacher", user=both)
    give_title(one, "secretary", by=curie.director.user, until=curie.school.today(), rights=["members"])
    client = sign_in(both)
    assert client.get(f"{curie.url}membres/").status_code == 200
    assert client.get(f"{moulin.url}membres/").status_code == 403
    # A key of one school under the other's address is nobody, though the reader knows both.
    assert client.get(f"{curie.url}membres/{moulin.amina.key}/").status_code == 404
