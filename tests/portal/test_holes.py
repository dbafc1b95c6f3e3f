"""A signed-in person's page is the public one with their own roof: nothing of one person reaches another."""

import pytest
from django.contrib import messages
from django.template import Context, Template
from django.test import RequestFactory

from foundation import pagecache
from resources.catalogue import version
from tests.factories import UserFactory, make_resource

pytestmark = pytest.mark.django_db
PATH = "/ressources/ecran-le-soir/"


@pytest.fixture
def page(db):
    return make_resource(slug="ecran-le-soir", title="Éteindre le soir ?")


def kept_bytes():
    return b"".join(part for page in pagecache.holed._pages.values() for part in page.parts)


def test_each_person_gets_their_own_roof(page, sign_in):
    amina, boris = sign_in(UserFactory(display_name="Amina")), sign_in(UserFactory(display_name="Boris"))
    first = amina.get(PATH)
    assert first["Cache-Control"] == "private, no-store"
    for client, own, other in ((boris, "Boris", "Amina"), (amina, "Amina", "Boris")):
        body = client.get(PATH).content.decode()
        assert own in body and other not in body
        assert "Éteindre le soir" in body
    assert "Éteindre".encode() in kept_bytes()
    assert b"Amina" not in kept_bytes() and b"Boris" not in kept_bytes()


def test_the_page_is_the_one_made_without_memory(page, parent, settings):
    kept = parent.get(PATH).content.decode()
    settings.PORTAL_PAGE_CACHE = False
    assert parent.get(PATH).content.decode() == kept
    assert "<!--[" not in kept and "<!--]" not in kept


def test_the_second_visit_costs_sign_in_hats_and_version(page, parent, django_assert_max_num_queries):
    parent.get(PATH)
    with django_assert_max_num_queries(5):
        parent.get(PATH)


def test_a_change_is_shown_at_once(page, parent):
    parent.get(PATH)
    type(page).objects.filter(pk=page.pk).update(title="Un autre titre ?")
    assert "Éteindre" in parent.get(PATH).content.decode()
    version.bump()
    assert "Un autre titre" in parent.get(PATH).content.decode()


def test_a_message_is_shown_to_its_person_only(page, sign_in, monkeypatch):
    amina, boris = sign_in(UserFactory(display_name="Amina")), sign_in(UserFactory(display_name="Boris"))
    boris.get(PATH)
    with monkeypatch.context() as patch:
        patch.setattr(
            "portal.roof.get_messages", lambda request: [messages.storage.base.Message(25, "Bravo")]
        )
        assert "Bravo" in amina.get(PATH).content.decode()
    assert b"Bravo" not in kept_bytes()
    assert "Bravo" not in boris.get(PATH).content.decode()


def test_a_draft_is_never_kept(curator, parent):
    make_resource(slug="brouillon", title="Pas encore ?", status="draft")
    address = "/ressources/brouillon/"
    assert "Pas encore" in curator.get(address).content.decode()
    assert parent.get(address).status_code == 404
    assert not pagecache.holed._pages


def test_an_unknown_parameter_is_not_kept(page, parent):
    assert parent.get(f"{PATH}?essai=1").status_code == 200
    assert not pagecache.holed._pages


def test_marks_are_written_only_for_memory():
    template = Template('{% load holes %}a{% hole "roof" %}b{% endhole %}')
    request = RequestFactory().get("/")
    assert template.render(Context({"request": request})) == "ab"
    request.keeps_holes = True
    assert template.render(Context({"request": request})) == "a<!--[roof[-->b<!--]roof]-->"
