"""The fresh proof: asked of everyone, whatever they sign in with, for 15 minutes."""

import pytest
import time_machine

from accounts.people.models import KeptText
from accounts.people.proof import SESSION_KEY, means_of
from tests.accounts.people_of_tests import (
    application_code,
    application_person,
    code_of_last_mail,
    email_person,
    mails,
    paper_person,
    passkey_person,
)
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
EMAIL, PROOF = "/compte/email/", "/compte/preuve/"


def opens(client) -> bool:
    """Whether the page that changes the address is shown."""
    answer = client.get(EMAIL)
    assert answer.status_code == 200 or answer.url == "/compte/preuve/?next=%2Fcompte%2Femail%2F"
    return answer.status_code == 200


def test_a_person_with_an_email_only_proves_it_by_a_mailed_code(sign_in):
    client = sign_in(email_person())
    assert not opens(client)
    client.post(PROOF, {"action": "send", "next": EMAIL})
    assert not opens(client)
    assert mails()[-1].to == ["amina@famille.example"]
    client.post(PROOF, {"code": "0", "next": EMAIL})
    assert not opens(client)
    answer = client.post(PROOF, {"code": code_of_last_mail(), "next": EMAIL})
    assert answer.url == EMAIL
    assert opens(client)


def test_a_person_with_a_user_name_only_proves_it_by_the_password(sign_in):
    client = sign_in(paper_person())
    assert not opens(client)
    client.post(PROOF, {"password": "faux", "next": EMAIL})
    assert not opens(client)
    answer = client.post(PROOF, {"password": PASSWORD, "next": EMAIL})
    assert answer.url == EMAIL
    assert opens(client)


def test_a_person_with_a_passkey_only_proves_it_by_the_passkey(sign_in, monkeypatch):
    from allauth.mfa.webauthn import forms
    from allauth.mfa.webauthn.internal import auth

    user = passkey_person()
    monkeypatch.setattr(auth, "get_credentials", lambda user: [])
    client = sign_in(user)
    assert not opens(client)
    page = client.get(PROOF, {"next": EMAIL}).content.decode()
    assert "passkey-button" in page
    assert 'name="password"' not in page
    # A made-up answer of the passkey is refused by the real check.
    client.post(PROOF, {"credential": "{}", "next": EMAIL})
    client.post(PROOF, {"code": "12345678", "next": EMAIL})
    client.post(PROOF, {"action": "send", "next": EMAIL})
    assert not opens(client)
    # The twin: the check itself, which needs a device, says yes.
    monkeypatch.setattr(forms.auth, "parse_authentication_response", lambda response: response)
    monkeypatch.setattr(forms.auth, "complete_authentication", lambda u, response: u.authenticator_set.get())
    answer = client.post(PROOF, {"credential": '{"id": "x"}', "next": EMAIL})
    assert answer.url == EMAIL
    assert opens(client)


def test_a_person_with_a_code_application_only_proves_it_by_its_code(sign_in):
    client = sign_in(application_person())
    assert not opens(client)
    client.post(PROOF, {"code": "000000", "next": EMAIL})
    assert not opens(client)
    client.post(PROOF, {"code": application_code(), "next": EMAIL})
    assert opens(client)


def test_a_person_with_nothing_is_told_whom_to_ask(sign_in):
    client = sign_in(UserFactory(username="elias", email=None))
    assert not opens(client)
    for form in ({"action": "send"}, {"code": "1"}, {"password": ""}, {"credential": "{}"}):
        assert client.post(PROOF, form).status_code == 200
    assert not opens(client)


def test_the_address_comes_before_the_password_and_the_password_before_the_factor(sign_in):
    user = application_person()
    assert means_of(user) == "factor"
    user.set_password(PASSWORD)
    user.save()
    assert means_of(user) == "password"
    client = sign_in(user)
    client.post(PROOF, {"code": application_code(), "next": EMAIL})
    assert not opens(client)


def test_an_address_that_was_not_verified_proves_nothing():
    user = UserFactory(username="farid", email="farid@famille.example")
    assert means_of(user) == "none"


def test_a_proof_holds_fifteen_minutes(sign_in):
    client = sign_in(paper_person())
    with time_machine.travel("2026-11-24T10:00:00Z", tick=False) as clock:
        client.post(PROOF, {"password": PASSWORD})
        clock.shift(14 * 60 + 59)
        assert opens(client)
        clock.shift(1)
        assert not opens(client)


def test_a_code_of_the_proof_ages_and_serves_once(sign_in):
    client = sign_in(email_person())
    with time_machine.travel("2026-11-24T10:00:00Z", tick=False) as clock:
        client.post(PROOF, {"action": "send"})
        old = code_of_last_mail()
        clock.shift(15 * 60 + 1)
        client.post(PROOF, {"code": old})
        assert not opens(client)
        client.post(PROOF, {"action": "send"})
        code = code_of_last_mail()
        client.post(PROOF, {"code": code})
        assert opens(client)
        clock.shift(15 * 60)
        client.post(PROOF, {"code": code})
        assert not opens(client)


def test_five_wrong_codes_end_the_code(sign_in):
    client = sign_in(email_person())
    client.post(PROOF, {"action": "send"})
    for _ in range(5):
        client.post(PROOF, {"code": "0"})
    client.post(PROOF, {"code": code_of_last_mail()})
    assert not opens(client)


def test_the_proof_of_one_person_is_not_another_ones(sign_in):
    client = sign_in(paper_person())
    client.post(PROOF, {"password": PASSWORD})
    proved = client.session[SESSION_KEY]
    other = sign_in(UserFactory())
    session = other.session
    session[SESSION_KEY] = proved
    session.save()
    assert not opens(other)


def test_wrong_passwords_of_a_proof_are_limited(sign_in):
    client = sign_in(paper_person())
    answers = [client.post(PROOF, {"password": "faux"}).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]


def test_what_was_typed_is_kept_and_sent_after_the_proof(sign_in):
    client = sign_in(paper_person())
    answer = client.post(EMAIL, {"email": "nouvelle@famille.example"})
    kept = KeptText.objects.get()
    assert answer.url == f"/compte/preuve/?next=%2Fcompte%2Ftexte-garde%2F{kept.pk}%2F"
    answer = client.post(PROOF, {"password": PASSWORD, "next": f"/compte/texte-garde/{kept.pk}/"})
    page = client.get(answer.url).content.decode()
    assert '<input type="hidden" name="email" value="nouvelle@famille.example">' in page
    assert 'action="/compte/email/"' in page
    assert client.post(EMAIL, {"email": "nouvelle@famille.example"}).url == "/compte/email/code/"


def test_a_typed_password_is_never_kept_but_its_loss_is_told(sign_in):
    client = sign_in(paper_person())
    form = {"password1": PASSWORD + "-neuf", "password2": PASSWORD + "-neuf"}
    answer = client.post("/compte/password/change/", form)
    assert answer.url == "/compte/preuve/?next=%2Fcompte%2Fpassword%2Fchange%2F"
    assert not KeptText.objects.exists()
    assert 'class="messages"' in client.get(answer.url).content.decode()
