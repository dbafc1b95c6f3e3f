"""The language is chosen by `?langue=` alone, kept in a cookie, and leads to no other site."""

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

pytestmark = pytest.mark.django_db


def chosen(answer):
    cookie = answer.cookies.get(settings.LANGUAGE_COOKIE_NAME)
    return cookie.value if cookie else None


def test_an_offered_language_is_kept_and_the_address_cleaned(client):
    answer = client.get("/glossaire/?langue=ar")
    assert (answer.status_code, answer["Location"], chosen(answer)) == (302, "/glossaire/", "ar")
    cookie = answer.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert answer["Cache-Control"] == "no-store"
    assert client.get("/glossaire/")["Content-Language"] == "ar"
    client.get("/glossaire/?langue=fr")
    assert client.get("/glossaire/")["Content-Language"] == "fr"


def test_the_rest_of_the_question_is_kept(client):
    answer = client.get("/ressources/?q=%C3%A9cran+nuit&langue=ar&page=2")
    assert answer["Location"] == "/ressources/?q=%C3%A9cran+nuit&page=2"


@pytest.mark.parametrize("wanted", ["xx", "", "en-GB", "AR", "../fr", "ar\x00", "a" * 300])
def test_an_unknown_language_is_left_aside(client, wanted):
    answer = client.get("/glossaire/", {"langue": wanted})
    assert (answer.status_code, answer["Location"], chosen(answer)) == (302, "/glossaire/", None)
    assert client.get("/glossaire/")["Content-Language"] == "fr"


def test_a_forged_cookie_gives_french(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "xx"
    assert client.get("/glossaire/")["Content-Language"] == "fr"


def test_the_browsers_own_languages_are_not_read(client):
    answer = client.get("/glossaire/", headers={"accept-language": "ar,en;q=0.9"})
    assert answer["Content-Language"] == "fr"
    assert "Accept-Language" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize(
    "path",
    ["//evil.example/", "///evil.example/%2e%2e", "//evil.example", "/%2F/evil.example/", "/\\evil.example/"],
)
def test_no_path_leads_to_another_site(client, path):
    """A path of two slashes would be read as a host."""
    answer = client.get("/glossaire/", {"langue": "ar"}, PATH_INFO=path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/")
    assert not answer["Location"].startswith(("//", "/\\"))


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.text(st.sampled_from("/\\.:@evil%2Fe?#\r\n\t "), max_size=20), wanted=st.text(max_size=8))
def test_whatever_the_path_the_answer_stays_here(client, path, wanted):
    answer = client.get("/", {"langue": wanted}, PATH_INFO="/" + path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/")
    assert not answer["Location"].startswith(("//", "/\\"))
    assert "\n" not in answer["Location"]


def test_a_form_sent_with_the_parameter_is_not_turned_away(client):
    assert client.post("/glossaire/?langue=ar").status_code == 405


def test_an_admin_or_account_address_takes_it_too(client):
    answer = client.get("/compte/login/?next=/compte/&langue=ar")
    assert answer["Location"] == "/compte/login/?next=%2Fcompte%2F"


@pytest.mark.django_db
def test_a_translated_interface_says_that_nobody_native_read_it(client):
    mark = "لم يراجعها"
    assert mark not in client.get("/glossaire/").content.decode()
    client.cookies["langue"] = "ar"
    assert mark in client.get("/glossaire/").content.decode()
