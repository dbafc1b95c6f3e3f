"""Who opens what in the admin of a school, and what no door lets do."""

import pytest

from accounts.audit.models import AuditEntry
from accounts.schools.models import (
    Classroom,
    Document,
    Hat,
    Mandate,
    Membership,
    ParentList,
    Restriction,
    School,
    SchoolYear,
)
from tests.accounts.schools.admin_rows import MODELS, ids, rows_of, url
from tests.accounts.schools.reading import markup
from tests.factories import make_member, member, person_with_role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]


def test_a_class_with_people_stays_and_an_empty_one_goes(both, sign_in):
    moulin, _curie = both
    client = sign_in(moulin.director.user)
    full, empty = moulin.school.rooms
    client.post(url(Classroom, f"{full.pk}/delete/"), {"post": "yes"})
    client.post(url(Classroom, f"{empty.pk}/delete/"), {"post": "yes"})
    assert {room.pk for room in Classroom.objects.of_school(moulin.school)} == {full.pk}


def test_nobody_adds_or_deletes_people_and_acts(both, sign_in):
    moulin, _curie = both
    client = sign_in(moulin.director.user)
    for model in (Membership, AuditEntry, School, SchoolYear):
        pk = rows_of(model, moulin).first().pk
        assert client.post(url(model, f"{pk}/delete/"), {"post": "yes"}).status_code == 403
        assert client.post(url(model, "add/"), {}).status_code == 403
    entry = rows_of(AuditEntry, moulin).first()
    assert client.post(url(AuditEntry, f"{entry.pk}/change/"), {"verb": "left"}).status_code == 403


def test_a_secretary_opens_what_her_rights_open(both, sign_in):
    moulin, _curie = both
    client = sign_in(moulin.secretary.user)
    assert client.get(url(Membership)).status_code == 200
    for model in (Restriction, AuditEntry, Hat, Mandate, Document, ParentList):
        assert client.get(url(model)).status_code == 403, model
        pk = rows_of(model, moulin).first().pk
        assert client.get(url(model, f"{pk}/change/")).status_code in (403, 404)
    history = markup(client.get(url(Membership, f"{moulin.amina.pk}/history/")))
    assert "armoire" not in history
    told = markup(sign_in(moulin.director.user).get(url(Restriction)))
    assert "armoire" in told


def test_curators_create_schools_and_see_none_of_their_people(both, sign_in):
    curator = sign_in(person_with_role("claire", "curator"))
    values = {"name": "École des Lilas", "level": "primaire", "time_zone": "Europe/Paris"}
    assert curator.post(url(School, "add/"), values).status_code == 302
    made = School.objects.get(name="École des Lilas")
    assert (made.slug, made.opened, made.years.count()) == ("ecole-des-lilas", None, 1)
    assert ids(curator, School) == set(School.objects.values_list("pk", flat=True))
    page = curator.get(url(School, f"{made.pk}/change/"))
    assert page.status_code == 200
    assert curator.post(url(School, f"{made.pk}/change/"), {**values, "name": "X"}).status_code == 403
    for model in MODELS[2:]:
        assert curator.get(url(model)).status_code == 403, model


def test_a_director_changes_the_sheet_of_one_school(both, sign_in):
    moulin, curie = both
    client = sign_in(moulin.director.user)
    values = {"name": "Jean Moulin", "level": "elementaire", "time_zone": "Indian/Reunion", "town": "Le Port"}
    assert client.post(url(School, f"{moulin.school.pk}/change/"), values).status_code == 302
    assert client.post(url(School, f"{curie.school.pk}/change/"), values).status_code == 404
    moulin.school.refresh_from_db()
    assert (moulin.school.town, moulin.school.time_zone) == ("Le Port", "Indian/Reunion")


def test_the_last_director_cannot_go_by_the_admin_either(both, sign_in):
    moulin, _curie = both
    client = sign_in(moulin.director.user)
    hat = Hat.objects.get(membership=moulin.director, kind="director")
    client.post(url(Hat, f"{hat.pk}/delete/"), {"post": "yes"})
    assert member(moulin.director).is_director
    make_member(moulin.school, "denis", "director")
    client.post(url(Hat, f"{hat.pk}/delete/"), {"post": "yes"})
    assert member(moulin.director) is None


def test_an_interim_neither_makes_nor_unmakes_a_director(both, sign_in):
    moulin, _curie = both
    interim = make_member(moulin.school, "ines", "interim", rights=["members"])
    client = sign_in(interim.user)
    make_member(moulin.school, "denis", "director")
    hat = Hat.objects.get(membership=moulin.director, kind="director")
    assert client.post(url(Hat, f"{hat.pk}/delete/"), {"post": "yes"}).status_code == 403
    data = {"membership": moulin.paul.pk, "kind": "director"}
    assert client.post(url(Hat, "add/"), data).status_code == 403
    assert member(moulin.director).is_director
    assert not member(moulin.paul).is_director


@pytest.mark.parametrize("day", ["0001-01-01", "2026-01-01"])
def test_a_hat_that_would_end_before_it_begins_is_refused_in_words(both, sign_in, day):
    moulin, _curie = both
    client = sign_in(moulin.director.user)
    room = moulin.school.rooms[1]
    fields = {"membership": moulin.paul.pk, "kind": "parent", "classroom": room.pk, "until": day}
    page = client.post(url(Hat, "add/"), fields)
    assert page.status_code == 200
    assert "Ce jour est passé." in markup(page)
    last = moulin.school.today().isoformat()
    assert client.post(url(Hat, "add/"), fields | {"until": last}).status_code == 302
    worn = Hat.objects.filter(membership=moulin.paul, classroom=room).first()
    assert client.post(url(Hat, f"{worn.pk}/change/"), {"until": day}).status_code == 200
    assert Hat.objects.filter(membership=moulin.paul, classroom=room).first().until == worn.until
