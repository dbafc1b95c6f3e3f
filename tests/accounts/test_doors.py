"""The doors of the account: closed by default, no way out to other sites, no way in by signing up."""

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from accounts.invitations import own_urls as of_invitations
from accounts.people import urls
from accounts.schools import own_urls as of_schools
from tests.accounts.people_of_tests import code_of_last_mail, email_person, paper_person
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

PATTERNS = urls.urlpatterns + of_schools.urlpatterns + of_invitations.urlpatterns
# A visitor's pages; every other one asks for sign-in.
OPEN = {
    "account_login",
    "account_login_password",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_confirm_password_reset_code",
    "account_complete_password_reset",
    "account_password_reset_completed",
    "mfa_authenticate",
    "mfa_login_webauthn",
}
# What changes how one signs in, or shows what signs in.
PROVED = {
    "account_email",
    "account_email_code",
    "account_remove_email",
    "account_merge",
    "account_change_password",
    "account_set_password",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
}
# One's own, without a proof: nothing there changes how one gets in.
PLAIN = {
    "account_home",
    "account_name",
    "account_kept_text",
    "account_words",
    "account_channel",
    "account_past",
    "account_proof",
    "account_second_factor",
    "account_end_everywhere",
    "usersessions_list",
    "mfa_index",
    "mfa_list_webauthn",
}


def address(pattern: URLPattern) -> str:
    return reverse(pattern.name, kwargs=dict.fromkeys(pattern.pattern.converters, 1))


def test_every_address_is_of_one_kind():
    names = [pattern.name for pattern in PATTERNS]
    assert sorted(names) == sorted(OPEN | PROVED | PLAIN)


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_a_visitor_is_sent_to_sign_in_and_back(visitor, pattern):
    path = address(pattern)
    answer = visitor.get(path)
    sent = answer.status_code == 302 and answer.url == f"/compte/login/?next={path}"
    assert sent == (pattern.name not in OPEN)


@pytest.mark.parametrize(
    "pattern", [p for p in PATTERNS if p.name in PROVED], ids=lambda pattern: pattern.name
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_changes_the_way_in_asks_for_a_fresh_proof(parent, pattern, method):
    answer = getattr(parent, method)(address(pattern))
    assert answer.status_code == 302
    assert answer.url.startswith("/compte/preuve/?next=%2Fcompte%2F")


def test_the_first_address_that_matches_is_ours():
    for pattern in PATTERNS:
        match = get_resolver().resolve(address(pattern))
        assert getattr(match.func, "needs_fresh_proof", False) == (pattern.name in PROVED)


@pytest.mark.parametrize(
    "path",
    [
        "/compte/signup/",
        "/compte/signup/passkey/",
        "/compte/reauthenticate/",
        "/compte/confirm-email/",
        "/compte/password/reset/key/1-set-password/",
        "/compte/2fa/reauthenticate/",
    ],
)
def test_the_doors_of_allauth_that_we_do_not_open_are_not_there(parent, path):
    assert parent.get(path).status_code == 404
    assert parent.post(path).status_code == 404


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "https:///evil.example",
    "javascript:alert(1)",
    "http://testserver.evil.example/",
]


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_signing_in_leads_to_no_other_site(elsewhere):
    paper_person()
    client = Client()
    form = {"login": "bakari", "password": PASSWORD, "next": elsewhere}
    assert client.post("/compte/login/mot-de-passe/", form).url == "/"


def test_signing_in_leads_back_to_the_page_asked_for():
    paper_person()
    form = {"login": "bakari", "password": PASSWORD, "next": "/compte/sessions/"}
    assert Client().post("/compte/login/mot-de-passe/", form).url == "/compte/sessions/"


def test_the_page_asked_for_survives_the_code():
    email_person()
    client = Client()
    asked = {"email": "amina@famille.example", "way": "code", "next": "/compte/sessions/"}
    confirm = client.post("/compte/login/", asked).url
    answer = client.post(confirm, {"code": code_of_last_mail(), "next": "/compte/sessions/"})
    assert answer.url == "/compte/sessions/"


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_signing_out_leads_to_no_other_site(parent, elsewhere):
    assert parent.post("/compte/logout/", {"next": elsewhere}).url == "/compte/login/"


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_a_proof_leads_to_no_other_site(sign_in, elsewhere):
    client = sign_in(paper_person())
    answer = client.post("/compte/preuve/", {"password": PASSWORD, "next": elsewhere})
    assert answer.url == "/compte/"


def test_no_page_offers_to_sign_up(visitor):
    text = visitor.get("/compte/login/").content.decode()
    assert "signup" not in text
