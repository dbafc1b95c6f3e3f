"""`/sante/` says a word and no figure; during works every page says so in plain words."""

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.utils.html import escape
from django.utils.translation import gettext

from tests.architecture.crawl import header_faults, html_faults

pytestmark = pytest.mark.django_db


def test_all_is_well(client):
    answer = client.get("/sante/")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-store" in answer["Cache-Control"]


def test_a_database_away_is_told_by_a_word(client):
    def away(*args):
        raise DatabaseError("password authentication failed for host 10.0.0.3")

    with connection.execute_wrapper(away):
        answer = client.get("/sante/")
    assert (answer.status_code, answer.content.decode()) == (503, "panne")


@pytest.fixture
def closed(settings):
    """A client of a portal started with PORTAL_MAINTENANCE=1."""
    settings.PORTAL_MAINTENANCE = True
    client = Client()
    client.handler._middleware_chain = None
    return client


def test_during_works_every_page_says_so(closed):
    for path in ("/", "/ressources/", "/compte/login/", "/admin/", "/n-existe-pas/"):
        answer = closed.get(path)
        assert answer.status_code == 503, path
        assert answer["Retry-After"] == "600"
        assert answer["Cache-Control"] == "no-store"
        assert escape(gettext("We are putting things in order")) in answer.content.decode()
        assert not html_faults(answer.content.decode())
        assert not header_faults(answer)
        assert not answer.cookies
    assert closed.post("/compte/login/", {"login": "x"}).status_code == 503


def test_during_works_health_still_answers_and_nothing_asks_the_database(closed, django_assert_num_queries):
    assert closed.get("/sante/").status_code == 200
    with django_assert_num_queries(0):
        closed.get("/")


def test_without_works_the_middleware_is_not_there(client, settings):
    """Twin."""
    assert client.get("/").status_code == 200
    assert "portal.maintenance.MaintenanceMiddleware" in settings.MIDDLEWARE
