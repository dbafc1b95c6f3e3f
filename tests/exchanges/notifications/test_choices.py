"""« Ce que je reçois »: the choices of one person, and what is held of them."""

import datetime

import pytest
from django.utils import timezone

from exchanges.notifications.actions import choose, mark_read, notify, preference_of
from exchanges.notifications.models import Notice, Preference, ReadMark
from exchanges.notifications.privacy import erase, export, held
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/compte/ce-que-je-recois/"


@pytest.fixture
def amina():
    return UserFactory(username="amina", display_name="Amina")


@pytest.fixture
def client(amina, sign_in):
    return sign_in(amina)


def test_a_parent_chooses_nothing_but_answers_until_they_come_back(client, amina):
    page = client.get(PAGE)
    assert page.context["form"].initial["rhythm"] == "weekly"
    until = timezone.localdate() + datetime.timedelta(days=10)

    answer = client.post(PAGE, {"rhythm": "none", "paused_until": until, "simple_first": "on"})

    assert (answer.status_code, answer.url) == (302, "/compte/")
    chosen = preference_of(amina)
    assert (chosen.rhythm, chosen.paused_until, chosen.simple_first) == ("none", until, True)
    client.post(PAGE, {"rhythm": "daily", "paused_until": ""})
    chosen = preference_of(amina)
    assert (chosen.rhythm, chosen.paused_until, chosen.simple_first) == ("daily", None, False)


@pytest.mark.parametrize("days", [0, -1, 400])
def test_a_pause_begins_today_and_lasts_a_year_at_most(client, days):
    day = timezone.localdate() + datetime.timedelta(days=days)
    answer = client.post(PAGE, {"rhythm": "weekly", "paused_until": day})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["paused_until"]
    assert not Preference.objects.exists()


def test_a_pause_that_has_ended_is_not_shown_again(client, amina):
    choose(amina, {"paused_until": timezone.localdate()})
    assert client.get(PAGE).context["form"].initial["paused_until"] is None


def test_the_account_leads_to_the_page(client):
    assert f'href="{PAGE}"' in client.get("/compte/").content.decode()


def test_without_an_email_the_page_says_that_paper_comes(sign_in):
    client = sign_in(UserFactory(username="josiane", email=None))
    assert "les nouvelles viennent sur papier" in client.get(PAGE).content.decode()


def test_what_is_held_is_ones_own_and_goes_with_the_account(amina):
    bilal = UserFactory(username="bilal")
    for person in (amina, bilal):
        notify(person, "reply", "abc", address="/x/", title=f"Pour {person}")
        mark_read(person, "topic", 7, 3, timezone.now())
        choose(person, {"rhythm": "none"})

    taken = str(export(amina))
    assert "Pour Amina" in taken
    assert "Pour Bilal" not in taken
    assert "Bilal" not in str(held(amina))

    erase(amina, keep_contributions=True)
    for model in (Notice, ReadMark, Preference):
        assert [row.person for row in model.objects.all()] == [bilal]
