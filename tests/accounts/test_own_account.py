"""My account: name, language, address; each change proved, told, and mine alone."""

import re

import pytest
from django.db import IntegrityError, transaction

from accounts.people.models import User
from accounts.people.usernames import candidate
from tests.accounts.people_of_tests import code_of_last_mail, email_person, mails, paper_person
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def proved(sign_in):
    client = sign_in(paper_person())
    client.post("/compte/preuve/", {"password": PASSWORD})
    return client


def test_the_account_shows_what_it_holds(sign_in, curator):
    page = sign_in(email_person()).get("/compte/").content.decode()
    assert "amina@famille.example" in page
    assert 'href="/donnees-personnelles/"' in page
    assert 'href="/admin/"' not in page
    assert 'href="/admin/"' in curator.get("/compte/").content.decode()


def test_a_person_changes_their_name_and_language(parent):
    answer = parent.post("/compte/nom/", {"display_name": "Amina B.", "language": "ar"})
    assert answer.url == "/compte/?langue=ar"
    user = User.objects.get()
    assert (user.display_name, user.language) == ("Amina B.", "ar")


def test_a_language_that_is_not_offered_is_refused(parent):
    assert parent.post("/compte/nom/", {"display_name": "Amina", "language": "xx"}).status_code == 200
    assert User.objects.get().language == "fr"


def test_a_new_address_is_taken_once_its_code_is_typed(proved):
    proved.post("/compte/email/", {"email": "Bakari@Nouveau.Example"})
    user = User.objects.get()
    assert user.email is None
    proved.post("/compte/email/code/", {"code": "0"})
    user.refresh_from_db()
    assert user.email is None
    proved.post("/compte/email/code/", {"code": code_of_last_mail()})
    user.refresh_from_db()
    assert user.email == "bakari@nouveau.example"


def test_the_old_address_is_told(sign_in):
    client = sign_in(email_person())
    client.post("/compte/preuve/", {"action": "send"})
    client.post("/compte/preuve/", {"code": code_of_last_mail()})
    client.post("/compte/email/", {"email": "neuve@famille.example"})
    client.post("/compte/email/code/", {"code": code_of_last_mail()})
    assert mails()[-1].to == ["amina@famille.example"]
    assert User.objects.get().email == "neuve@famille.example"


def test_an_address_of_somebody_else_is_not_told_before_its_code(proved):
    email_person()
    taken = proved.post("/compte/email/", {"email": "amina@famille.example"})
    free = proved.post("/compte/email/", {"email": "libre@famille.example"})
    assert taken.url == free.url
    proved.post("/compte/email/", {"email": "amina@famille.example"})
    answer = proved.post("/compte/email/code/", {"code": code_of_last_mail()})
    assert answer.url == "/compte/email/"
    assert User.objects.get(username="bakari").email is None
    assert User.objects.get(username="amina").email == "amina@famille.example"


def test_a_code_of_the_proof_does_not_take_an_address(sign_in):
    client = sign_in(email_person())
    client.post("/compte/preuve/", {"action": "send"})
    client.post("/compte/preuve/", {"code": code_of_last_mail()})
    client.post("/compte/email/", {"email": "neuve@famille.example"})
    client.post("/compte/preuve/", {"action": "send"})
    client.post("/compte/email/code/", {"code": code_of_last_mail()})
    assert User.objects.get().email == "amina@famille.example"


def test_an_empty_address_is_none_so_that_two_people_may_have_none():
    first, second = UserFactory(email=""), UserFactory(email="")
    assert first.email is second.email is None


def test_addresses_and_user_names_are_unique_whatever_the_case():
    UserFactory(username="amina", email="amina@famille.example")
    for fields in (
        {"username": "AMINA", "email": None},
        {"username": "autre", "email": "Amina@famille.example"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            UserFactory(**fields)
    assert UserFactory(username="amine", email=None).pk


def test_email_people_get_a_user_name_that_does_not_tell_their_address():
    user = User.objects.create_user(display_name="Zoé Martin", email="secret@famille.example")
    assert user.username.startswith("zoe-")
    assert candidate("محمد").startswith("membre-")
    assert candidate("").startswith("membre-")


def test_nobody_passes_every_rule(curator):
    assert not curator.user.is_superuser
    assert not curator.user.has_perm("accounts.change_user")


@pytest.mark.parametrize("path", ["/compte/nom/", "/compte/recevoir/", "/compte/sessions/"])
def test_a_page_of_the_account_says_where_one_is_and_the_way_back(parent, path):
    page = parent.get(path).content.decode()
    steps = re.search(r'<nav class="crumbs".*?</nav>', page, re.DOTALL)[0]
    assert 'href="/compte/"' in steps
    title = re.search(r"<title>(.*?) · Préau</title>", page)[1]
    assert f'<li aria-current="page"><bdi>{title}</bdi></li>' in steps
