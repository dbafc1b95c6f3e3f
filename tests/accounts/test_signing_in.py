"""Signing in: a code by e-mail first, a password second; nothing tells whether an address is known."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.outbox.models import Delivery
from foundation.limits import table
from foundation.limits.table import Limit
from tests.accounts.people_of_tests import (
    application_code,
    application_person,
    code_of_last_mail,
    email_person,
    mails,
    paper_person,
)
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = "/compte/login/"


def ask(client: Client, typed: str, **more: str):
    return client.post(LOGIN, {"email": typed, "way": "code", **more}, follow=True)


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_code_by_email_signs_in_without_a_password(visitor):
    email_person()
    page = ask(visitor, "Amina@Famille.Example ")
    assert page.redirect_chain == [("/compte/login/code/confirm/", 302)]
    visitor.post("/compte/login/code/confirm/", {"code": code_of_last_mail()})
    assert signed_in(visitor)


@pytest.mark.parametrize("typed", ["{0}{1}", "{0} {1}", " {0}-{1} ", "{arabic}"])
def test_the_code_is_taken_however_it_is_typed(visitor, typed):
    email_person()
    ask(visitor, "amina@famille.example")
    first, second = code_of_last_mail().split("-")
    arabic = (first + second).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    visitor.post("/compte/login/code/confirm/", {"code": typed.format(first, second, arabic=arabic)})
    assert signed_in(visitor)


def test_a_wrong_code_does_not(visitor):
    email_person()
    ask(visitor, "amina@famille.example")
    wrong = "".join("1" if digit == "0" else "0" for digit in code_of_last_mail().replace("-", ""))
    page = visitor.post("/compte/login/code/confirm/", {"code": wrong})
    assert page.status_code == 200
    assert not signed_in(visitor)


def test_a_code_of_one_browser_opens_nothing_in_another(visitor):
    email_person()
    ask(visitor, "amina@famille.example")
    other = Client()
    other.post("/compte/login/code/confirm/", {"code": code_of_last_mail()})
    assert not signed_in(other)


def test_five_wrong_codes_end_the_code(visitor):
    email_person()
    ask(visitor, "amina@famille.example")
    right = code_of_last_mail()
    for _ in range(5):
        visitor.post("/compte/login/code/confirm/", {"code": "x"})
    visitor.post("/compte/login/code/confirm/", {"code": right})
    assert not signed_in(visitor)


def test_the_sign_in_mail_holds_the_code_large_and_no_link(visitor):
    email_person()
    ask(visitor, "amina@famille.example")
    (message,) = mails()
    html = message.alternatives[0].content
    assert message.to == ["amina@famille.example"]
    assert code_of_last_mail() not in message.subject
    assert not re.search(r"https?:|www\.|href", message.body + html)
    assert re.search(r'class="code"[^>]*style="[^"]*font-size: ?36px[^>]*>\d{4}-\d{4}<', html)


def test_a_user_name_leads_to_the_password_with_the_name_filled_in(visitor):
    paper_person()
    page = visitor.post(LOGIN, {"email": "bakari", "way": "code"})
    assert 'value="bakari"' in page.content.decode()
    assert "password" in page.content.decode()
    assert not mails()
    answer = visitor.post("/compte/login/mot-de-passe/", {"login": "BAKARI", "password": PASSWORD})
    assert answer.status_code == 302
    assert signed_in(visitor)


def test_a_wrong_password_does_not_sign_in(visitor):
    paper_person()
    visitor.post("/compte/login/mot-de-passe/", {"login": "bakari", "password": PASSWORD + "x"})
    assert not signed_in(visitor)


def test_a_second_factor_is_asked_after_the_first(visitor):
    user = application_person()
    user.set_password(PASSWORD)
    user.save()
    answer = visitor.post("/compte/login/mot-de-passe/", {"login": "dina", "password": PASSWORD})
    assert answer.url == "/compte/2fa/authenticate/"
    assert not signed_in(visitor)
    visitor.post("/compte/2fa/authenticate/", {"code": "000 000"})
    assert not signed_in(visitor)
    visitor.post("/compte/2fa/authenticate/", {"code": application_code()})
    assert signed_in(visitor)


def test_a_closed_account_opens_nothing_and_says_so_only_to_whom_proved_it(visitor):
    user = paper_person()
    user.is_active = False
    user.save()
    visitor.post("/compte/login/mot-de-passe/", {"login": "bakari", "password": PASSWORD})
    assert not signed_in(visitor)


# Nothing tells whether an address is known ---------------------------------------------------------


def without_tokens(page, address: str) -> str:
    text = re.sub(r'value="[A-Za-z0-9]{64}"', "", page.content.decode())
    return text.replace(address, "ADDRESS")


@pytest.mark.parametrize("path", [LOGIN, "/compte/password/reset/"])
def test_a_known_and_an_unknown_address_get_the_same_page(path):
    email_person()
    pages = []
    for address in ("amina@famille.example", "zorro@famille.example"):
        page = Client().post(path, {"email": address, "way": "code"}, follow=True)
        pages.append((page.redirect_chain, page.status_code, without_tokens(page, address)))
    assert pages[0] == pages[1]
    # The twin: only the known one was written to.
    assert [message.to for message in mails()] == [["amina@famille.example"]]


@pytest.mark.parametrize("path", [LOGIN, "/compte/password/reset/"])
def test_a_known_and_an_unknown_address_cost_the_same_work(path):
    email_person()
    writes = []
    for address in ("amina@famille.example", "zorro@famille.example"):
        with CaptureQueriesContext(connection) as queries:
            Client().post(path, {"email": address, "way": "code"})
        inserts = [query["sql"] for query in queries if "INSERT" in query["sql"]]
        # The counter of this machine's address is made by the first request alone.
        writes.append([sql.split(" VALUES ")[0] for sql in inserts if "limitcount" not in sql])
    assert writes[0] == writes[1]
    assert any("accounts_delivery" in sql for sql in writes[0])
    posted = list(Delivery.objects.order_by("pk").values_list("address", "asked_for"))
    assert posted == [("amina@famille.example", True), ("", True)]
    assert all(Delivery.objects.values_list("secret", flat=True))


def test_the_same_words_refuse_a_wrong_password_and_an_unknown_name():
    paper_person()
    pages = [
        Client().post("/compte/login/mot-de-passe/", {"login": name, "password": "faux-mot-de-passe"})
        for name in ("bakari", "zorro")
    ]
    assert without_tokens(pages[0], "bakari") == without_tokens(pages[1], "zorro")


def test_a_new_code_for_an_unknown_address_is_promised_alike():
    email_person()
    pages = []
    for address in ("amina@famille.example", "zorro@famille.example"):
        client = Client()
        ask(client, address)
        page = client.post("/compte/login/code/confirm/", {"action": "resend"}, follow=True)
        pages.append(without_tokens(page, address))
    assert pages[0] == pages[1]
    assert len(mails()) == 2


# Limits --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["amina@famille.example", "zorro@famille.example"])
def test_a_sixth_code_in_an_hour_is_refused_known_or_not(address):
    email_person()
    answers = [Client().post(LOGIN, {"email": address, "way": "code"}).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
    assert Client().post(LOGIN, {"email": "autre@famille.example", "way": "code"}).status_code == 302


def test_codes_for_a_new_password_count_with_those_of_signing_in():
    email_person()
    for _ in range(5):
        Client().post(LOGIN, {"email": "amina@famille.example", "way": "code"})
    answer = Client().post("/compte/password/reset/", {"email": "amina@famille.example"})
    assert answer.status_code == 429


def test_ten_wrong_passwords_close_the_door_for_a_while():
    paper_person()
    for _ in range(10):
        Client().post("/compte/login/mot-de-passe/", {"login": "bakari", "password": "faux"})
    answer = Client().post("/compte/login/mot-de-passe/", {"login": "Bakari", "password": PASSWORD})
    assert answer.status_code == 429
    assert "Retry-After" in answer


def test_right_passwords_never_do():
    paper_person()
    for _ in range(12):
        client = Client()
        client.post("/compte/login/mot-de-passe/", {"login": "bakari", "password": PASSWORD})
        assert signed_in(client)


def test_the_forwarded_address_of_a_stranger_is_not_believed():
    for number in range(5):
        Client().post(
            LOGIN,
            {"email": "amina@famille.example", "way": "code"},
            HTTP_X_FORWARDED_FOR=f"203.0.113.{number}",
        )
    from foundation.limits.models import LimitCount

    assert LimitCount.objects.count() == 2


# A new password ------------------------------------------------------------------------------------


def test_a_code_lets_choose_a_new_password(visitor):
    user = email_person()
    visitor.post("/compte/password/reset/", {"email": "amina@famille.example"})
    visitor.post("/compte/password/reset/confirm/", {"code": code_of_last_mail()})
    new = {"password1": PASSWORD, "password2": PASSWORD}
    visitor.post("/compte/password/reset/complete/", new)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert signed_in(visitor)
    assert "mot de passe" in mails()[-1].body or "password" in mails()[-1].body


def test_without_the_code_no_password_is_changed(visitor):
    user = email_person()
    visitor.post("/compte/password/reset/", {"email": "amina@famille.example"})
    visitor.post("/compte/password/reset/complete/", {"password1": PASSWORD, "password2": PASSWORD})
    user.refresh_from_db()
    assert not user.has_usable_password()


@pytest.mark.parametrize("name", ["amina@famille.example", "bakari", "zorro@famille.example", "zorro"])
def test_a_wrong_password_costs_one_hash_whoever_it_is_for(name, monkeypatch):
    """Time tells nothing: a known address was once checked twice."""
    email_person()
    paper_person()
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *given: hashed.append(1) or encode(*given))
    Client().post("/compte/login/mot-de-passe/", {"login": name, "password": "faux-mot-de-passe"})
    assert len(hashed) == 1


def test_wrong_mailed_codes_count_in_the_table_and_a_right_one_does_not(visitor, monkeypatch):
    """allauth's own count stands in the session, where two tries at once count as one."""
    monkeypatch.setitem(table.LIMITS, "code", (Limit("target", 2, 3600),))
    email_person()
    ask(visitor, "amina@famille.example")
    right = code_of_last_mail()
    wrong = "".join("1" if digit == "0" else "0" for digit in right.replace("-", ""))
    confirm = "/compte/login/code/confirm/"
    assert [visitor.post(confirm, {"code": wrong}).status_code for _ in range(3)] == [200, 200, 429]
    other = Client()
    ask(other, "amina@famille.example")
    other.post(confirm, {"code": wrong})
    other.post(confirm, {"code": code_of_last_mail()})
    assert signed_in(other)
