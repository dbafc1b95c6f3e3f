"""How one is reached and comes back: three words, paper or mail, doing without an e-mail, a shared device."""

import re
import time

import pytest
from django.core import mail
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.people.actions import set_email
from accounts.people.models import User
from accounts.people.words import as_typed, bits, new_seed, words, words_of
from tests.accounts.people_of_tests import code_of_last_mail, email_person, paper_person
from tests.factories import PASSWORD, make_member, make_school
from tests.sending import send_now


def test_the_list_is_long_plain_and_without_twice_the_same():
    assert len(set(words())) == len(words()) >= 2048
    assert all(re.fullmatch("[a-z]{3,8}", word) for word in words())
    assert bits() >= 33


def test_two_seeds_give_other_words_and_one_the_same():
    first, second = new_seed(), new_seed()
    assert words_of(first) == words_of(first) != words_of(second)


@given(st.integers(0, 10**9), st.lists(st.sampled_from([" ", "-", "–", "\u00a0", "", ". "]), min_size=2))
def test_three_words_are_read_however_they_are_typed(seed, dashes):
    plain = words_of(str(seed))
    parts = plain.split()
    typed = f" {parts[0].title()}{dashes[0]}{parts[1].upper()}{dashes[1]}{parts[2]} "
    assert as_typed(typed) == as_typed(plain) == "".join(parts)


@given(st.text(max_size=60))
def test_any_other_password_stays_as_it_is(password):
    kept = as_typed(password)
    assert kept == password or as_typed(kept) == kept


@pytest.mark.django_db
def test_a_password_of_ones_own_is_not_read_tolerantly():
    user = paper_person()
    assert user.check_password(PASSWORD) and not user.check_password(PASSWORD.upper())


@pytest.fixture
def amina(db):
    return email_person()


def with_proof(client):
    client.post("/compte/preuve/", {"action": "send"})
    send_now()
    client.post("/compte/preuve/", {"code": code_of_last_mail()})
    return client


def test_doing_without_an_email_gives_three_words_to_note(amina, sign_in):
    client = sign_in(amina)
    assert client.post("/compte/email/retirer/").headers["Location"].startswith("/compte/preuve/")
    with_proof(client)
    page = client.post("/compte/email/retirer/", follow=True)
    assert page.redirect_chain[-1][0] == "/compte/mots/"
    user = User.objects.get(pk=amina.pk)
    assert user.email is None and user.prefers_paper
    assert user.check_password(page.context["words"])
    assert client.get("/compte/").status_code == 200, "this session goes on"
    send_now()
    assert mail.outbox[-1].to == ["amina@famille.example"], "the box is told, once more"
    client.post("/compte/mots/")
    assert client.get("/compte/mots/").headers["Location"] == "/compte/"


def test_paper_or_mail_is_a_choice_of_whoever_has_an_address(amina, sign_in):
    client = sign_in(amina)
    client.post("/compte/recevoir/", {"paper": "paper"})
    assert User.objects.get(pk=amina.pk).prefers_paper
    paper = paper_person()
    sign_in(paper).post("/compte/recevoir/", {"paper": "mail"})
    assert not User.objects.get(pk=paper.pk).prefers_paper


def test_my_account_lists_my_schools_and_what_was_done(sign_in, db):
    school = make_school()
    amina = make_member(school, "amina", "parent")
    page = sign_in(amina.user).get("/compte/")
    assert page.context["schools"][0]["name"] == school.name
    assert "CP\xa0A" in page.context["schools"][0]["line"]
    assert {row["where"] for row in page.context["log"]} == {school.name}


def test_ones_own_log_says_nothing_of_a_restriction(sign_in, db):
    from accounts.audit.actions import record

    school = make_school()
    amina = make_member(school, "amina", "parent")
    client = sign_in(amina.user)
    before = [row["what"] for row in client.get("/compte/").context["log"]]
    record("restricted", about=amina.user, school=school)
    assert [row["what"] for row in client.get("/compte/").context["log"]] == before


def signed_in(shared: bool) -> Client:
    user = paper_person()
    client = Client()
    first = {"email": user.username, "way": "password"} | ({"shared": "on"} if shared else {})
    client.post("/compte/login/", first)
    client.post("/compte/login/mot-de-passe/", {"login": user.username, "password": PASSWORD})
    assert client.get("/compte/").status_code == 200
    return client


def asleep(client, minutes: int) -> Client:
    session = client.session
    session["seen"] = int(time.time()) - minutes * 60
    session.save()
    return client


@pytest.mark.django_db
def test_a_shared_telephone_is_signed_out_after_a_quarter_of_an_hour():
    client = signed_in(shared=True)
    assert asleep(client, 14).get("/compte/").status_code == 200
    assert asleep(client, 16).get("/compte/").status_code == 302


@pytest.mark.django_db
def test_ones_own_telephone_stays_signed_in():
    client = signed_in(shared=False)
    assert asleep(client, 16).get("/compte/").status_code == 200


@pytest.mark.django_db
def test_joining_on_a_shared_telephone_says_so_too():
    from tests.accounts.invitations.papers import awaited, say_me, slip_for, type_code

    client = Client()
    type_code(client, slip_for(awaited(make_school())))
    say_me(client)
    client.post("/rejoindre/email/", {"way": "none", "shared": "on"})
    assert client.get("/compte/").status_code == 200
    assert asleep(client, 16).get("/compte/").status_code == 302


def test_a_form_of_a_school_typed_too_late_is_given_back(db, sign_in):
    amina = make_member(make_school(), "amina", "parent")
    set_email(amina.user, "amina@famille.example")
    client = asleep(sign_in(amina.user), 31 * 24 * 60)
    answer = client.post("/compte/recevoir/", {"paper": "paper", "note": "Un texte assez long pour compter."})
    assert "texte-garde" in answer.headers["Location"]
