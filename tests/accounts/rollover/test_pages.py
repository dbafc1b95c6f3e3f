"""The pages of the change of year, from the first class written to the year that came back."""

import re

import pytest

from accounts.models import Membership, NextClass, Restriction, Rollover
from accounts.schools.years import current_year, prepared_year
from tests.accounts.rollover.year_of_tests import make_awaited, make_year_end
from tests.factories import make_member, make_school

pytestmark = pytest.mark.django_db
PAGES = ("", "classes/", "passages/", "enseignants/", "essai/")


def at(page: str = "", slug: str = "jean-moulin") -> str:
    return f"/ecoles/{slug}/reglages/annee/{page}"


def read(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def button(answer) -> dict[str, str]:
    """The hidden fields of the page that changes the year."""
    found = re.findall(r'name="(year|mark)" value="([^"]*)"', answer.content.decode())
    assert len(found) == 2
    return dict(found)


def test_a_direction_goes_from_nothing_to_the_next_year_and_back(sign_in):
    school = make_school(classes=("CP A", "CE1 A", "CM2"))
    anne = make_member(school, "anne", "director")
    make_member(school, "amina", "parent")
    client = sign_in(anne.user)
    assert client.get(at()).status_code == 200
    assert client.get(at("passages/")).status_code == 404
    assert client.get(at("essai/")).url == at("classes/")

    client.post(at("classes/"), {"classes": "CP A\nCE1 A\n\nCE2  A\nCM2"})
    assert prepared_year(school).classrooms.count() == 4

    page = client.get(at("passages/"))
    form = page.context["form"]
    chosen = {form[name].label: form[name].value() for name in form.fields}
    coming = {room.name: room.key for room in prepared_year(school).classrooms.all()}
    assert chosen == {"CP A": coming["CE1 A"], "CE1 A": coming["CE2 A"], "CM2": "leaves"}
    client.post(at("passages/"), {name: form[name].value() for name in form.fields})

    page = client.get(at("essai/"))
    answer = client.post(at("essai/"), button(page))
    assert answer.url == at()
    assert current_year(school).classrooms.count() == 4
    assert client.get(at("annuler/")).status_code == 200
    client.post(at("annuler/"))
    assert current_year(school).classrooms.count() == 3
    assert client.get(at("annuler/")).status_code == 404


def test_a_page_read_before_somebody_came_in_is_shown_again(sign_in):
    school = make_year_end()
    client = sign_in(school.director.user)
    page = client.get(at("essai/"))
    make_member(school, "tard", "parent")
    answer = client.post(at("essai/"), button(page))
    assert answer.status_code == 409
    assert not Rollover.objects.of_school(school).exists()
    assert client.post(at("essai/"), button(answer)).status_code == 302


def test_a_post_without_what_was_read_does_nothing(sign_in):
    school = make_year_end()
    client = sign_in(school.director.user)
    assert client.post(at("essai/")).status_code == 409
    assert client.post(at("essai/"), {"year": current_year(school).name}).status_code == 409
    assert not Rollover.objects.of_school(school).exists()


def test_one_person_is_placed_apart_from_the_class(sign_in):
    school = make_year_end()
    amina = make_member(school, "amina", "parent")
    client = sign_in(school.director.user)
    room = school.rooms[0]
    field = f"to-{amina.key}-{room.key}"
    assert field in client.get(at(f"passages/{room.key}/")).context["form"].fields
    client.post(at(f"passages/{room.key}/"), {field: school.next[0].key})
    said = NextClass.objects.get(membership=amina)
    assert (said.classroom, said.by_school) == (school.next[0], True)


def test_a_class_that_people_are_placed_in_is_not_taken_away(sign_in):
    school = make_year_end()
    client = sign_in(school.director.user)
    answer = client.post(at("classes/"), {"classes": "CP A\nCE2 A\nCM2"})
    assert answer.status_code == 200
    assert "CE1 A" in answer.context["form"].errors["classes"][0]
    assert school.year.classrooms.count() == 4


@pytest.mark.parametrize("typed", ["", "\n \n", "CP A\ncp a", "x" * 41])
def test_classes_that_cannot_be_are_told_and_what_was_typed_is_kept(sign_in, typed):
    school = make_year_end()
    answer = sign_in(school.director.user).post(at("classes/"), {"classes": typed})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert answer.context["form"]["classes"].value() == typed


@pytest.mark.parametrize("page", [*PAGES, "annuler/", "passages/xxxxxxxx/"])
def test_only_the_direction_opens_them(sign_in, visitor, page):
    school = make_year_end()
    other = make_year_end("marie-curie")
    assert visitor.get(at(page)).status_code == 302
    assert sign_in(other.director.user).get(at(page)).status_code == 404
    for name, kind in enumerate(("parent", "teacher", "helper", "deputy", "secretary")):
        someone = make_member(school, f"personne{name}", kind, rights=["members"])
        assert sign_in(someone.user).get(at(page)).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_the_direction_opens_them(sign_in, page):
    """Twin."""
    assert sign_in(make_year_end().director.user).get(at(page)).status_code == 200


def test_a_class_of_another_school_does_not_exist(sign_in):
    school, other = make_year_end(), make_year_end("marie-curie")
    client = sign_in(school.director.user)
    assert client.get(at(f"passages/{other.rooms[0].key}/")).status_code == 404
    assert client.get(at(f"passages/{school.rooms[0].key}/")).status_code == 200


@pytest.mark.parametrize("page", [*PAGES, "passages/{room}/", "annuler/"])
def test_queries_stay_few_whatever_the_size_of_the_school(sign_in, django_assert_max_num_queries, page):
    school = make_year_end()
    for number in range(12):
        make_member(school, f"parent{number}", "parent", rooms=school.rooms[:2])
        make_awaited(school, f"Attendu{number}", school.rooms[0], slip=False)
    client = sign_in(school.director.user)
    if page == "annuler/":
        client.post(at("essai/"), button(client.get(at("essai/"))))
    client.get(at())
    with django_assert_max_num_queries(8):
        answer = client.get(at(page.format(room=school.rooms[0].key)))
    assert answer.status_code == 200


# The parents' own page ---------------------------------------------------------------------------------

OWN = "/compte/annee-prochaine/"


def test_a_parent_says_where_each_link_goes(sign_in):
    school = make_year_end()
    amina = make_member(school, "amina", "parent", rooms=school.rooms[:2])
    cp, ce1, _cm2 = school.rooms
    client = sign_in(amina.user)
    assert set(client.get(OWN).context["forms"][0][1].fields) == {f"to-{cp.key}", f"to-{ce1.key}"}
    client.post(OWN, {"school": "jean-moulin", f"to-{cp.key}": school.next[1].key, f"to-{ce1.key}": "leaves"})
    said = {row.old: row.classroom for row in NextClass.objects.filter(membership=amina)}
    assert said == {cp: school.next[1], ce1: None}
    client.post(OWN, {"school": "jean-moulin", f"to-{cp.key}": "unsaid", f"to-{ce1.key}": "leaves"})
    assert {row.old for row in NextClass.objects.filter(membership=amina)} == {ce1}


def test_nobody_says_it_for_a_class_that_is_not_theirs_or_of_another_school(sign_in):
    school, other = make_year_end(), make_year_end("marie-curie")
    amina = make_member(school, "amina", "parent")
    cp, ce1, _cm2 = school.rooms
    client = sign_in(amina.user)
    for post in (
        {"school": "jean-moulin", f"to-{ce1.key}": school.next[1].key},
        {"school": "jean-moulin", f"to-{cp.key}": other.next[1].key},
        {"school": "marie-curie", f"to-{other.rooms[0].key}": other.next[1].key},
    ):
        assert client.post(OWN, post).status_code == 200
    assert not NextClass.objects.filter(membership__user=amina.user).exists()
    client.post(OWN, {"school": "jean-moulin", f"to-{cp.key}": school.next[1].key})
    assert NextClass.objects.filter(membership__user=amina.user).exists()


def test_what_the_school_placed_is_told_and_no_longer_asked(sign_in):
    school = make_year_end()
    amina = make_member(school, "amina", "parent")
    NextClass.objects.create(membership=amina, old=school.rooms[0], classroom=school.next[0], by_school=True)
    links, form = sign_in(amina.user).get(OWN).context["forms"][0]
    assert not form.fields
    assert len(links.settled) == 1


def test_a_closed_class_is_not_asked_about(sign_in):
    """Restricted: as if never linked; with the twin who sees it."""
    school = make_year_end()
    amina = make_member(school, "amina", "parent", rooms=school.rooms[:2])
    karim = make_member(school, "karim", "parent", rooms=school.rooms[:2])
    Restriction.objects.create(
        membership=amina, classroom=school.rooms[0], decided_on=school.today(), reference="coffre"
    )
    assert list(sign_in(amina.user).get(OWN).context["forms"][0][1].fields) == [f"to-{school.rooms[1].key}"]
    assert len(sign_in(karim.user).get(OWN).context["forms"][0][1].fields) == 2


def test_without_a_year_prepared_the_page_says_so(sign_in):
    school = make_school()
    answer = sign_in(make_member(school, "amina", "parent").user).get(OWN)
    assert answer.context["forms"] == []


def test_the_own_page_costs_few_queries(sign_in, django_assert_max_num_queries):
    school = make_year_end()
    client = sign_in(make_member(school, "amina", "parent", rooms=school.rooms).user)
    client.get(OWN)
    with django_assert_max_num_queries(8):
        client.get(OWN)


def test_a_leaver_is_out_at_once_in_an_open_page(sign_in):
    school = make_year_end()
    sonia = make_member(school, "sonia", "parent", rooms=school.rooms[2:])
    open_page = sign_in(sonia.user)
    assert open_page.get(OWN).context["forms"]
    director = sign_in(school.director.user)
    director.post(at("essai/"), button(director.get(at("essai/"))))
    assert open_page.get(OWN).context["forms"] == []
    sonia.refresh_from_db()
    assert sonia.state == Membership.State.LEFT
