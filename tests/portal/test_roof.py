"""The main menu of each role: JOURNEYS §1, its words, its order, where each entry leads."""

import html
import re

import pytest

from tests.factories import UserFactory, make_member, make_school, person_with_role

pytestmark = pytest.mark.django_db
WITH_GROUPS = {"parent", "elected", "teacher", "director", "deputy"}
ENTRY = re.compile(r'<li><a href="([^"]*)"( aria-current="page")?>([^<]*)</a></li>')


def menu_of(client, path="/besoin-daide/"):
    """[(label, address, current)] of the roof of `path`."""
    page = client.get(path, follow=True).content.decode()
    nav = page.split('<header class="roof">')[1].split("</nav>")[0]
    return [(html.unescape(label), url, bool(current)) for url, current, label in ENTRY.findall(nav)]


def labels(client, path="/besoin-daide/"):
    return [label for label, _url, _current in menu_of(client, path)]


def test_a_visitor_has_the_library_the_schools_a_code_and_help(visitor):
    assert [(label, url) for label, url, _ in menu_of(visitor)] == [
        ("Bibliothèque", "/"),
        ("Écoles", "/ecoles/"),
        ("J’ai un code", "/rejoindre/"),
        ("Aide", "/besoin-daide/"),
    ]


@pytest.mark.parametrize(
    "kind", ["parent", "proche", "elected", "teacher", "director", "deputy", "secretary", "helper", "relay"]
)
def test_everybody_of_a_school_has_the_same_words_at_the_same_place(sign_in, kind):
    kinds = ("parent", "elected") if kind == "elected" else (kind,)
    membership = make_member(make_school(), "quelqu-un", *kinds)
    groups = [("Groupes", "/ecoles/jean-moulin/groupes/")]
    assert [(label, url) for label, url, _ in menu_of(sign_in(membership.user))] == [
        ("École", "/ecoles/jean-moulin/"),
        *(groups if kind in WITH_GROUPS else []),
        ("Bibliothèque", "/bibliotheque/"),
        ("Aide", "/besoin-daide/"),
    ]


def test_groups_lead_to_those_of_the_school_one_is_in_or_to_all_that_is_new(sign_in):
    membership = make_member(make_school(), "lea", "parent")
    make_member(make_school("marie-curie"), "lea", "parent", user=membership.user)
    client = sign_in(membership.user)
    assert menu_of(client)[1][:2] == ("Groupes", "/quoi-de-neuf/")
    assert menu_of(client, "/ecoles/marie-curie/")[1][:2] == ("Groupes", "/ecoles/marie-curie/groupes/")


def test_with_groups_in_one_of_two_schools_they_are_one_tap_away(sign_in):
    membership = make_member(make_school(), "lea", "proche")
    make_member(make_school("marie-curie"), "lea", "teacher", user=membership.user)
    assert menu_of(sign_in(membership.user))[1][:2] == ("Groupes", "/ecoles/marie-curie/groupes/")


def test_with_several_schools_the_school_entry_leads_to_what_is_new(sign_in):
    membership = make_member(make_school(), "lea", "parent")
    make_member(make_school("marie-curie"), "lea", "parent", user=membership.user)
    client = sign_in(membership.user)
    assert menu_of(client)[0][:2] == ("École", "/quoi-de-neuf/")
    for path in ("/quoi-de-neuf/", "/ecoles/jean-moulin/", "/ecoles/marie-curie/"):
        assert menu_of(client, path)[0][2], path


def test_somebody_without_a_school_keeps_the_visitors_menu(parent):
    assert labels(parent) == ["Bibliothèque", "Écoles", "J’ai un code", "Aide"]


def test_the_hosts_people_have_their_own(curator, operator, sign_in):
    assert labels(curator) == ["Bibliothèque", "À relire", "Écoles", "Aide"]
    assert labels(operator) == ["Santé", "Écoles", "Aide"]
    both = person_with_role("lea", "curator")
    make_member(make_school(), "lea", "parent", user=both)
    assert labels(sign_in(both)) == ["École", "Groupes", "Bibliothèque", "À relire", "Aide"]


@pytest.mark.parametrize("role", ["curator", "operator", "host_moderator"])
def test_every_entry_of_the_hosts_people_opens(sign_in, role, settings):
    settings.IS_DEMO = True  # no second factor is asked
    client = sign_in(person_with_role("odile", role))
    for label, url, _current in menu_of(client):
        assert client.get(url).status_code == 200, label


def test_no_menu_has_more_than_five_entries(sign_in):
    person = person_with_role("odile", "operator")
    from accounts.people.models import HostRole

    HostRole.objects.create(user=person, role="curator")
    assert len(menu_of(sign_in(person))) <= 5
    make_member(make_school(), "odile", "director", user=person)
    assert len(menu_of(sign_in(person))) <= 5


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/ecoles/jean-moulin/", "École"),
        ("/ecoles/jean-moulin/documents/", "École"),
        ("/ecoles/jean-moulin/groupes/", "Groupes"),
        ("/bibliotheque/", "Bibliothèque"),
        ("/ressources/", "Bibliothèque"),
        ("/glossaire/", "Bibliothèque"),
        ("/besoin-daide/", "Aide"),
        ("/aide/parents/", "Aide"),
    ],
)
def test_the_entry_of_the_page_is_marked(sign_in, path, label):
    client = sign_in(make_member(make_school(), "amina", "parent").user)
    assert [name for name, _url, current in menu_of(client, path) if current] == [label]


def test_another_school_is_not_marked_as_mine(sign_in):
    client = sign_in(make_member(make_school(), "amina", "parent").user)
    make_school("jean-moulin-2")
    assert not any(current for _label, _url, current in menu_of(client, "/ecoles/jean-moulin-2/"))


def test_my_account_bears_my_first_name_only(sign_in):
    client = sign_in(UserFactory(username="amina", display_name="Amina Belkacem"))
    page = client.get("/besoin-daide/").content.decode()
    assert "Mon compte (<bdi>Amina</bdi>)" in page
    assert "Belkacem" not in page


def test_the_home_leads_to_the_only_school_or_to_what_is_new_or_stays(sign_in, visitor, parent):
    amina = make_member(make_school(), "amina-b", "parent").user
    assert (sign_in(amina).get("/").status_code, sign_in(amina).get("/").url) == (302, "/ecoles/jean-moulin/")
    make_member(make_school("marie-curie"), "amina-b", "parent", user=amina)
    assert sign_in(amina).get("/").url == "/quoi-de-neuf/"
    for client in (visitor, parent):
        assert client.get("/").status_code == 200


def test_a_leaver_keeps_the_library(sign_in):
    from accounts.schools.actions import leave

    membership = make_member(make_school(), "amina", "parent")
    client = sign_in(membership.user)
    assert client.get("/").status_code == 302
    leave(membership, by=membership.user)
    assert client.get("/").status_code == 200
    assert client.get("/quoi-de-neuf/").url == "/bibliotheque/"
    assert labels(client) == ["Bibliothèque", "Écoles", "J’ai un code", "Aide"]


def test_the_visitors_home_still_comes_from_memory(visitor, sign_in, django_assert_num_queries):
    visitor.get("/")
    with django_assert_num_queries(1):
        visitor.get("/")
    amina = sign_in(make_member(make_school(), "amina", "parent").user)
    assert amina.get("/").status_code == 302
    assert visitor.get("/").status_code == 200


def test_the_librarys_home_has_an_address_of_its_own_for_members(sign_in, visitor):
    amina = sign_in(make_member(make_school(), "amina", "parent").user)
    assert amina.get("/bibliotheque/").status_code == 200
    assert visitor.get("/bibliotheque/").status_code == 200


def test_a_page_of_the_library_costs_a_member_one_query_more_than_its_sign_in(
    sign_in, django_assert_max_num_queries
):
    amina = sign_in(make_member(make_school(), "amina", "parent").user)
    amina.get("/bibliotheque/")
    with django_assert_max_num_queries(5):
        amina.get("/bibliotheque/")
