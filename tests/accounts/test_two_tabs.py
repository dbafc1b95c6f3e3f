"""The same form sent twice, or opened before an act in another tab: no doubles, plain words, nothing lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.invitations.models import Invitation
from accounts.schools.models import Classroom, Document, Hat, Mandate, ParentList
from tests.factories import make_member, make_school

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def place(settings, sign_in):
    settings.IS_DEMO = True
    school = make_school()
    director = make_member(school, "diane", "director")
    return school, sign_in(director.user), f"/ecoles/{school.slug}/"


def twice(client, page: str, data: dict):
    return [client.post(page, dict(data)) for _tab in range(2)]


def test_an_adult_awaited_twice_is_awaited_once(place):
    school, client, root = place
    data = {"kind": "parent", "first_name": "Awa", "last_name": "Diallo", "classrooms": [school.rooms[0].key]}
    _first, again = twice(client, f"{root}membres/inviter/", data)
    assert Invitation.objects.of_school(school).count() == 1
    assert again.status_code == 200 and 'value="Diallo"' in again.content.decode()


def test_a_mandate_recorded_twice_is_one(place):
    school, client, root = place
    parent = make_member(school, "amina", "parent")
    first, again = twice(
        client, f"{root}membres/{parent.key}/mandat/", {"elected_on": "2026-10-09", "title": "titulaire"}
    )
    assert first.status_code == again.status_code == 302
    assert Mandate.objects.filter(hat__membership=parent).count() == 1
    assert Hat.objects.filter(membership=parent, kind="elected").count() == 1


def test_classes_and_lists_sent_twice_are_there_once(place):
    school, client, root = place
    twice(client, f"{root}classes/", {"names": "CM1, CM2"})
    _first, again = twice(client, f"{root}reglages/listes/", {"name": "Les Tilleuls"})
    assert Classroom.objects.of_school(school).filter(name__in=["CM1", "CM2"]).count() == 2
    assert ParentList.objects.of_school(school).count() == 1
    assert again.status_code == 200 and 'value="Les Tilleuls"' in again.content.decode()


def test_a_class_taken_away_in_another_tab_is_said_to_be_gone(place):
    school, client, root = place
    room = school.rooms[1]
    first, again = twice(client, f"{root}classes/{room.key}/retirer/", {})
    assert first.status_code == 302 and again.status_code == 404


def test_a_paper_sent_twice_stands_once_on_the_shelf(place):
    school, client, root = place
    data = {"title": "Règlement", "kind": "reglement", "dated": "2026-11-02", "readers": "members"}
    for _tab in range(2):
        file = SimpleUploadedFile("r.pdf", PDF, content_type="application/pdf")
        client.post(f"{root}documents/ajouter/", data | {"file": file})
    assert Document.objects.of_school(school).count() == 1
