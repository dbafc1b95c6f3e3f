"""Public pages come from memory: changed at once, never somebody's own, in the reader's language."""

import gzip

import brotli
import pytest
from django.conf import settings

from foundation import pagecache
from resources.catalogue import version
from resources.catalogue.actions import archive_text, store_text
from resources.catalogue.models import Resource
from tests.factories import make_resource

pytestmark = pytest.mark.django_db
PATH = "/ressources/page/"


@pytest.fixture
def page():
    return make_resource("page", "Un premier titre ?")


def test_a_change_is_shown_at_once(client, page):
    assert "Un premier titre" in client.get(PATH).content.decode()
    store_text(page, by=None, comment="x", values={"title": "Un autre titre ?"})
    assert "Un autre titre" in client.get(PATH).content.decode()
    archive_text(page, by=None)
    assert client.get(PATH).status_code == 410


def test_without_a_new_version_memory_answers(client, page):
    """Twin: it is the version, not luck, that shows the change."""
    client.get(PATH)
    Resource.objects.update(title="Changé sans le dire")
    assert "Un premier titre" in client.get(PATH).content.decode()
    version.bump()
    assert "Changé sans le dire" in client.get(PATH).content.decode()


def test_a_page_made_while_the_library_changed_is_not_kept(client, page, monkeypatch):
    """Read under version 1, stored when version 2 stands: it would live under the wrong number."""
    from resources.catalogue import views

    original = views.reading_page

    def slow(*args, **kwargs):
        context = original(*args, **kwargs)
        version.bump()
        pagecache.store.get(version.current(), ("another request",))
        return context

    monkeypatch.setattr(views, "reading_page", slow)
    client.get(PATH)
    assert not pagecache.store._pages


def test_a_signed_in_page_is_neither_kept_nor_served_from_memory(visitor, parent, page):
    own = parent.get(PATH)
    assert "Amina" in own.content.decode()
    assert not pagecache.store._pages
    public = visitor.get(PATH)
    assert "Amina" not in public.content.decode()
    assert "Amina" in parent.get(PATH).content.decode()
    assert own["Cache-Control"] == "private, no-store"
    assert "ETag" not in own.headers


def test_a_stale_session_cookie_goes_past_memory(client, page):
    client.cookies[settings.SESSION_COOKIE_NAME] = "forged-or-expired"
    answer = client.get(PATH)
    assert answer.status_code == 200
    assert not pagecache.store._pages


def test_each_language_has_its_own_page(client, page):
    french = client.get(PATH).content
    client.get("/?langue=ar")
    arabic = client.get(PATH).content
    assert french != arabic
    client.get("/?langue=fr")
    assert client.get(PATH).content == french


def test_an_unknown_parameter_is_answered_but_not_kept(client, page):
    for number in range(20):
        assert client.get(PATH, {"jeton": number}).status_code == 200
    assert not pagecache.store._pages


def test_a_long_question_is_answered_but_not_kept(client, page):
    assert client.get("/ressources/", {"q": "a" * 300}).status_code == 200
    assert not pagecache.store._pages


def test_memory_is_bounded(client, monkeypatch, page):
    monkeypatch.setattr(pagecache, "MAX_PAGES", 3)
    for words in ("un", "deux", "trois", "quatre", "cinq"):
        client.get("/ressources/", {"q": words})
    assert len(pagecache.store._pages) == 3


def test_head_gives_the_headers_of_get(client, page):
    for _ in range(2):  # made, then from memory
        got, head = client.get(PATH), client.head(PATH)
        assert head.status_code == 200
        assert head.content == b""
        assert head["ETag"] == got["ETag"]
        assert head["Content-Length"] == got["Content-Length"]


def test_what_the_reader_has_already_is_not_sent_again(client, page):
    first = client.get(PATH)
    again = client.get(PATH, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == "no-cache"
    assert "Content-Type" not in again.headers
    assert client.get(PATH, headers={"if-none-match": '"other"'}).status_code == 200
    store_text(page, by=None, comment="x", values={"title": "Un autre titre ?"})
    assert client.get(PATH, headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    ("accepted", "encoding", "opened"),
    [
        ("br, gzip", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("", None, bytes),
        ("identity", None, bytes),
    ],
)
def test_the_body_comes_in_the_best_encoding_the_reader_takes(client, page, accepted, encoding, opened):
    plain = client.get(PATH).content
    answer = client.get(PATH, headers={"accept-encoding": accepted})
    assert answer.headers.get("Content-Encoding") == encoding
    assert opened(answer.content) == plain
    assert int(answer["Content-Length"]) == len(answer.content)
    assert "Accept-Encoding" in answer["Vary"]


def test_another_host_has_its_own_page(client, page, settings):
    settings.ALLOWED_HOSTS = ["ecole.example", "autre.example"]
    client.get(PATH, headers={"host": "ecole.example"})
    client.get(PATH, headers={"host": "autre.example"})
    assert len(pagecache.store._pages) == 2
    assert client.get(PATH, headers={"host": "evil.example"}).status_code == 400


def test_a_page_that_depends_on_the_day_is_made_again_the_next_day(client, page, time_machine):
    time_machine.move_to("2026-11-24 12:00+01:00")
    Resource.objects.update(review_by="2026-11-25")
    version.bump()
    before = client.get(PATH).content
    time_machine.move_to("2026-11-26 12:00+01:00")
    assert client.get(PATH).content != before


def test_a_page_made_for_one_scheme_is_not_given_to_the_other(visitor, page):
    """A feed holds whole addresses."""
    assert b"http://testserver/" in visitor.get("/flux/ressources.atom").content
    secure = visitor.get("/flux/ressources.atom", secure=True).content
    assert b"https://testserver/" in secure
    assert b"http://testserver/" not in secure
