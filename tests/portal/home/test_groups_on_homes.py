"""The homes tell of the groups: what to answer first, what is new in one’s own, within the same budget."""

import re

import pytest

from exchanges.discussions import actions as discussions
from exchanges.groups import actions as groups
from exchanges.moderation.actions import report
from tests.factories import (
    make_group,
    make_member,
    make_post,
    make_resource,
    make_school,
    make_topic,
    member,
)

pytestmark = pytest.mark.django_db
HOME, NEWS = "/ecoles/jean-moulin/", "/quoi-de-neuf/"


@pytest.fixture
def school():
    return make_school(classes=("CP A", "CE1 A"))


@pytest.fixture
def people(school):
    return {
        name: make_member(school, name, "parent", display_name=name.title()) for name in ("amina", "bilal")
    }


@pytest.fixture
def group(people):
    return make_group(people["bilal"], members=[people["amina"]], name="Parents du matin")


def page_of(sign_in, membership, path=HOME):
    answer = sign_in(membership.user).get(path)
    assert answer.status_code == 200
    return re.sub("[\u2068\u2069]", "", answer.content.decode())


def test_my_groups_stand_on_the_home_with_what_is_new(sign_in, group, people):
    make_group(people["amina"], members=[], name="Autre groupe")
    make_topic(group, people["bilal"])
    page = page_of(sign_in, people["amina"])
    _before, _found, section = page.partition('id="vos-groupes"')
    section = section.partition("</section>")[0]
    assert section.index("Parents du matin") < section.index("Autre groupe"), "what is new first"
    assert "1 nouvelle" in section
    assert "Autre groupe" in section
    assert 'href="/ecoles/jean-moulin/groupes/"' in section


def test_who_is_in_no_group_has_no_list_of_groups(sign_in, group, school):
    for name, kind in (("zoe", "parent"), ("yann", "proche"), ("xenia", "helper"), ("willy", "secretary")):
        assert 'id="vos-groupes"' not in page_of(sign_in, make_member(school, name, kind))


def test_an_invitation_comes_first_with_its_button(sign_in, group, people, school):
    david = make_member(school, "david", "parent")
    groups.invite(group, david, by=member(people["bilal"]))
    make_post(make_topic(group, people["amina"]), people["bilal"])
    answer = sign_in(david.user).get(HOME)
    assert [one.label for one in answer.context["concerns"]] == ["Voir le groupe"]
    assert answer.context["concerns"][0].url == f"/ecoles/jean-moulin/groupes/{group.key}/presentation/"


def test_to_moderate_is_the_first_item_of_the_direction(sign_in, group, people, school):
    director = make_member(school, "claire", "director", "parent")
    topic = make_topic(group, people["bilal"], "Un titre qui ne se lit pas ici")
    report(member(people["amina"]), topic.posts.get(), "rude", "")
    answer = sign_in(director.user).get(HOME)
    first = answer.context["concerns"][0]
    assert first.title == "1 point à modérer"
    assert "Un titre qui ne se lit pas ici" not in answer.content.decode()
    assert "Parents du matin" not in answer.content.decode()


def test_every_thing_told_on_a_home_opens(sign_in, group, people, school):
    make_post(make_topic(group, people["amina"]), people["bilal"])
    make_topic(group, people["bilal"], "Nouvelle")
    topic = make_topic(group, people["amina"], "Retenue")
    discussions.moderate_first(topic, True)
    make_post(topic, people["amina"], state="held")
    director = make_member(school, "claire", "director")
    groups.suggest_group(
        member(director), {"name": "Devoirs", "purpose": "S’entraider.", "charter": "Aimable."}
    )
    for person in (*people.values(), director):
        client = sign_in(person.user)
        told = [one for row in client.get(NEWS).context["rows"] for one in row["concerns"]]
        assert told
        for one in told:
            if one.url:
                assert client.get(one.url, follow=True).status_code == 200, one.title


def test_looking_as_a_parent_shows_nobodys_groups(sign_in, group, people, school):
    director = make_member(school, "claire", "director")
    team = make_group(director, circle="equipe", name="Équipe")
    client = sign_in(director.user)
    assert team.name in client.get(HOME).content.decode()
    room = school.rooms[0]
    client.post(f"{HOME}voir-comme/", {"classroom": room.pk})
    session = client.session
    session["seen_as"] = {"school": school.pk, "classroom": room.pk}
    session.save()
    page = client.get(HOME).content.decode()
    assert team.name not in page
    assert "Parents du matin" not in page


# Cost -----------------------------------------------------------------------------------------------------


def busy(school, membership, number):
    """One more group of the person with everything in it: new, answered, held, reported, asked."""
    other = make_member(school, f"autre-{school.pk}-{number}", "parent")
    asking = make_member(school, f"demande-{school.pk}-{number}", "parent")
    group = make_group(
        membership, circle="parents", members=[other], name=f"Groupe {'abcdef'[number]}", joining="request"
    )
    topic = make_topic(group, membership)
    make_post(topic, other)
    discussions.moderate_first(make_topic(group, other), True)
    report(member(membership), topic.posts.get(number=2), "rude", "")
    groups.ask_to_join(member(asking), group)


@pytest.mark.parametrize("kinds", [("parent",), ("parent", "elected"), ("teacher", "parent")])
def test_a_home_costs_the_same_with_no_group_and_with_many(
    sign_in, school, kinds, django_assert_max_num_queries
):
    make_resource("une-lecture")
    amina = make_member(school, "amina", *kinds, rooms=school.rooms)
    client = sign_in(amina.user)
    client.get(HOME)
    with django_assert_max_num_queries(8):
        client.get(HOME)
    for number in range(3):
        busy(school, amina, number)
    for path in (HOME, NEWS):
        client.get(path)
        with django_assert_max_num_queries(8):
            assert client.get(path).status_code == 200


@pytest.mark.parametrize("kinds", [("director",), ("director", "parent"), ("deputy", "parent")])
def test_the_directions_home_stays_within_the_budget_with_much_to_moderate(
    sign_in, school, kinds, django_assert_max_num_queries
):
    director = make_member(school, "claire", *kinds, rights=["members", "moderation"])
    for number in range(2):
        busy(school, make_member(school, f"lucie-{number}", "parent"), number)
    client = sign_in(director.user)
    for path in (HOME, NEWS):
        client.get(path)
        with django_assert_max_num_queries(8):
            client.get(path)
    assert client.get(HOME).context["concerns"][0].title == "4 points à modérer"


def test_several_schools_cost_as_one(sign_in, school, django_assert_max_num_queries):
    lea = make_member(school, "lea", "parent")
    for number in range(3):
        other = make_school(f"ecole-{number}")
        again = make_member(other, "lea", "teacher", "parent", user=lea.user)
        busy(other, again, 0)
    client = sign_in(lea.user)
    client.get(NEWS)
    with django_assert_max_num_queries(8):
        assert client.get(NEWS).status_code == 200
