"""Errors are told in plain words, whole, in the reader's language, and give nothing of the inside away."""

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.utils.html import escape
from django.utils.translation import gettext, override

from tests.architecture.crawl import header_faults, html_faults, untranslated

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.portal.breaking_urls")]
TITLES = {
    "400": "We did not understand this address",
    "404": "This page is not in the book",
    "429": "A short break",
    "500": "Something broke on our side",
}


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def whole(answer, code, language="fr"):
    text = answer.content.decode()
    assert answer.status_code == int(code)
    assert not header_faults(answer)
    assert not html_faults(text)
    assert not untranslated(text, language)
    assert f'lang="{language}"' in text
    assert not answer.cookies
    return text


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("code", ["400", "403", "404", "429", "500"])
def test_each_error_is_a_whole_page_in_the_readers_language(client, code, language):
    client.cookies["langue"] = language
    text = whole(client.get(f"/casse/{code}/"), code, language)
    with override(language):
        assert code not in TITLES or escape(gettext(TITLES[code])) in text
    assert "secret reason" not in text
    assert "Traceback" not in text


@pytest.mark.parametrize("code", ["400", "403", "404", "429", "500"])
def test_a_signed_in_person_gets_the_same_pages(parent, code):
    parent.raise_request_exception = False
    answer = parent.get(f"/casse/{code}/")
    assert answer.status_code == int(code)
    assert not html_faults(answer.content.decode())
    assert "no-store" in answer["Cache-Control"]


def test_what_is_too_big_is_told_as_that(client):
    data = "a=" + "x" * 3_000_000
    answer = client.post("/lit/", data, content_type="application/x-www-form-urlencoded")
    assert escape(gettext("This is too big to be sent")) in whole(answer, 413)
    many = "&".join(f"f{number}=1" for number in range(2000))
    assert client.post("/lit/", many, content_type="application/x-www-form-urlencoded").status_code == 413
    small = client.post("/lit/", "a=1", content_type="application/x-www-form-urlencoded")
    assert small.content == b"1"


def test_a_form_without_its_token_is_refused_in_plain_words():
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/garde/", {"a": "1"})
    assert answer.status_code == 403
    assert not html_faults(answer.content.decode())
    assert not header_faults(answer)
    assert Client().post("/garde/", {"a": "1"}).content == b"taken"


@pytest.mark.parametrize("path", ["/", "/glossaire/", "/compte/login/", "/n-existe-pas/", "/?langue=ar"])
def test_a_forged_host_is_refused_with_all_headers(client, path):
    answer = client.get(path, headers={"host": "evil.example"})
    assert answer.status_code in {400, 302}
    if answer.status_code == 400:
        whole(answer, 400)
    else:
        assert answer["Location"] == "/"


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/ressources/%00/",
        "/ressources/?q=%00",
        "/themes/%ff/",
        "/r/%E2%80%AE",
        "/r/%00",
        "/media/library/%00",
    ],
)
def test_bytes_nobody_types_never_break_a_page(client, path):
    assert client.get(path).status_code in {200, 400, 404}


def test_the_page_of_a_breakdown_asks_nothing_of_the_database(client, monkeypatch):
    def away(*args):
        raise DatabaseError("away")

    with connection.execute_wrapper(away):
        answer = client.get("/glossaire/")
        signed = Client(raise_request_exception=False)
        signed.cookies["sessionid"] = "x" * 32
        private = signed.get("/compte/")
    for broken in (answer, private):
        assert broken.status_code == 500
        assert escape(gettext(TITLES["500"])) in broken.content.decode()


def test_the_search_of_a_404_is_made_of_the_address(client):
    text = client.get("/ressources/ecran-et-nuit/").content.decode()
    assert 'value="ecran et nuit"' in text
    text = client.get('/ressources/"><script>alert(1)</script>/').content.decode()
    assert "<script>alert" not in text


def test_a_limit_says_how_long_to_wait(client):
    answer = client.get("/casse/429/")
    assert answer["Retry-After"] == "700"
    assert "12" in answer.content.decode()


@pytest.mark.parametrize("path", ["/?", "/?langue=ar&", "/ressources/?", "/casse/404/?"])
def test_an_address_of_too_many_fields_breaks_no_page(client, path):
    many = "&".join(f"f{number}=1" for number in range(2000))
    answer = client.get(path + many)
    whole(answer, 404 if "404" in path else 200)
