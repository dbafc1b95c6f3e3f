"""The direction reads the cards of its own school in the admin; nobody writes there."""

import pytest
from django.urls import reverse

from tests.factories import make_group, make_member, make_school

pytestmark = pytest.mark.django_db
LIST = "/admin/exchanges/group/"


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.IS_DEMO = True


def test_the_direction_and_a_deputy_of_moderation_read_the_cards_of_their_school(school, sign_in):
    group = make_group(school.amina, name="Secret", joining="invitation")
    other = make_school("victor-hugo")
    elsewhere = make_group(make_member(other, "zoe", "parent"), name="Ailleurs")
    deputy = make_member(school, "luc", "deputy", rights=["moderation"])
    for one in (school.director, deputy):
        client = sign_in(one.user)
        page = client.get(LIST).content.decode()
        assert "Secret" in page and "Ailleurs" not in page
        card = client.get(f"{LIST}{group.pk}/change/").content.decode()
        assert "Amina" in card and reverse("group_card", args=[school.slug, group.key]) in card
        assert client.get(f"{LIST}{elsewhere.pk}/change/").status_code in {302, 404}


def test_nobody_else_reads_and_nobody_writes(school, sign_in):
    group = make_group(school.amina)
    deputy = make_member(school, "luc", "deputy", rights=["members"])
    assert sign_in(deputy.user).get(LIST).status_code == 403
    client = sign_in(school.director.user)
    assert client.get(f"{LIST}add/").status_code == client.get(f"{LIST}{group.pk}/delete/").status_code == 403
    client.post(f"{LIST}{group.pk}/change/", {"name": "Autre", "state": "archived"})
    group.refresh_from_db()
    assert (group.name, group.state) == ("Parents du matin", "open")
