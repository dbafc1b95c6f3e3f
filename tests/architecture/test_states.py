"""What an address answers when its text is hidden, moved or gone, and what a wrong address answers."""

import pytest
from django.conf import settings
from django.utils.html import escape
from django.utils.translation import gettext

from resources.catalogue.actions import archive_text, delete_resource, rename_resource
from resources.catalogue.models import Resource, Status
from tests.architecture.crawl import ROLES, header_faults, html_faults, untranslated
from tests.factories import make_collection, make_resource, make_variant, person_with_role

pytestmark = pytest.mark.django_db
CURATORS = {"curator", "host_moderator"}


@pytest.fixture
def everyone(request):
    return {role: request.getfixturevalue(role) for role in ROLES}


def statuses(everyone, path):
    answers = {role: client.get(path) for role, client in everyone.items()}
    for answer in answers.values():
        if answer["Content-Type"].startswith("text/html") and answer.status_code != 301:
            assert not html_faults(answer.content.decode())
            assert not untranslated(answer.content.decode(), "fr")
            assert not header_faults(answer)
    return {role: answer.status_code for role, answer in answers.items()}


def expected(curators: int, others: int) -> dict[str, int]:
    return {role: curators if role in CURATORS else others for role in ROLES}


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW])
@pytest.mark.parametrize("end", ["", "imprimer/"])
def test_what_is_not_published_is_unknown_but_to_curators(everyone, status, end):
    make_resource("a-venir", status=status)
    assert statuses(everyone, f"/ressources/a-venir/{end}") == expected(200, 404)


def test_an_unknown_address_and_a_hidden_one_answer_the_same_page(visitor):
    make_resource("mot-cache", status=Status.DRAFT)
    hidden = visitor.get("/ressources/mot-cache/")
    unknown = visitor.get("/ressources/mot-perdu/")
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.content.replace(b"cache", b"perdu") == unknown.content


def test_an_archived_text_says_so(everyone):
    archive_text(make_resource("vieille-page"), by=None)
    assert statuses(everyone, "/ressources/vieille-page/") == expected(200, 410)


def test_a_draft_variant_stays_unknown_while_its_resource_is_public(everyone):
    make_variant(make_resource("page"), "simple", status=Status.DRAFT, title="Titre encore secret ?")
    statuses(everyone, "/ressources/page/simple/")
    for role, client in everyone.items():
        seen = "Titre encore secret" in client.get("/ressources/page/simple/").content.decode()
        assert seen == (role in CURATORS), role


def test_a_version_that_does_not_exist_says_so_and_gives_the_full_text(everyone):
    make_resource("page", "Une page ?")
    assert statuses(everyone, "/ressources/page/en/") == expected(200, 200)
    assert statuses(everyone, "/ressources/page/ar/") == expected(200, 200)
    assert statuses(everyone, "/ressources/page/klingon/") == expected(404, 404)
    text = everyone["visitor"].get("/ressources/page/ar/").content.decode()
    assert escape(gettext("This version does not exist yet. Here is the full text, in French.")) in text
    assert "dans une autre pièce" in text


def test_old_slugs_lead_to_the_newest_for_ever(visitor):
    by = person_with_role("claire", "curator")
    page = make_resource("premier-nom")
    make_variant(page, "simple")
    rename_resource(page, "deuxieme-nom", by=by)
    rename_resource(Resource.objects.get(), "dernier-nom", by=by)
    for old in ("premier-nom", "deuxieme-nom"):
        for end in ("", "simple/", "imprimer/", "simple/imprimer/"):
            answer = visitor.get(f"/ressources/{old}/{end}")
            assert (answer.status_code, answer["Location"]) == (301, f"/ressources/dernier-nom/{end}")
            assert visitor.get(answer["Location"]).status_code == 200
    assert visitor.get("/integrer/ressource/premier-nom/")["Location"] == "/integrer/ressource/dernier-nom/"


def test_a_deleted_page_says_it_was_removed_at_each_of_its_addresses(everyone):
    by = person_with_role("claire-2", "curator")
    page = make_resource("ancien")
    rename_resource(page, "nouveau", by=by)
    page = archive_text(Resource.objects.get(), by=by)
    delete_resource(page, by=by)
    for slug in ("ancien", "nouveau"):
        assert statuses(everyone, f"/ressources/{slug}/") == expected(410, 410)


def test_a_draft_is_in_no_list_and_no_feed(visitor):
    hidden = make_resource("secret", "Un titre gardé ?", status=Status.DRAFT)
    shown = make_resource("ouvert", "Un titre ouvert ?", related=["secret"])
    make_collection("ensemble", [shown, hidden])
    for path in (
        "/",
        "/ressources/",
        "/ressources/?q=titre",
        "/selections/ensemble/",
        "/ressources/ouvert/",
        "/flux/ressources.atom",
        "/sitemap.xml",
        "/integrer/selection/ensemble/",
    ):
        text = visitor.get(path).content.decode()
        assert "Un titre gardé" not in text, path
        assert "/secret/" not in text, path
    assert "/ressources/ouvert/" in visitor.get("/ressources/?q=titre").content.decode()


def test_a_draft_selection_is_unknown(visitor):
    make_collection("a-venir", [make_resource("page")], status=Status.DRAFT)
    assert visitor.get("/selections/a-venir/").status_code == 404
    assert visitor.get("/integrer/selection/a-venir/").status_code == 404


def test_short_codes_lead_to_their_page_and_the_page_decides(visitor, curator):
    from resources.sharing.actions import code_for

    make_resource("feuille", status=Status.DRAFT)
    code = code_for("/ressources/feuille/").code
    for typed in (code, code.upper(), f"{code}/"):
        answer = visitor.get(f"/r/{typed}")
        assert (answer.status_code, answer["Location"]) == (302, "/ressources/feuille/")
    assert visitor.get(f"/r/{code}", follow=True).status_code == 404
    assert curator.get(f"/r/{code}", follow=True).status_code == 200
    assert visitor.get("/r/bcdfghjkmnpq").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/n-existe-pas/",
        "/themes/inconnu/",
        "/selections/inconnue/",
        "/aide/inconnue/",
        "/flux/themes/inconnu.atom",
        "/integrer/ressource/inconnue/",
        "/ressources/a/b/c/",
    ],
)
def test_a_wrong_address_is_told_in_plain_words(everyone, path):
    assert statuses(everyone, path) == expected(404, 404)


@pytest.mark.parametrize("path", ["/besoin-daide", "/ressources", "/themes/x"])
def test_a_missing_slash_is_given(visitor, path):
    answer = visitor.get(path)
    assert (answer.status_code, answer["Location"]) == (301, f"{path}/")


def test_public_pages_take_no_post(visitor, small_library):
    for path in ("/", "/ressources/", "/ressources/ecran-et-coucher/", "/glossaire/", "/besoin-daide/"):
        assert visitor.post(path).status_code == 405, path


def test_the_demo_does_not_exist_outside_the_demo(visitor):
    assert not settings.IS_DEMO
    assert visitor.get("/demo/").status_code == 404
    assert visitor.post("/demo/", {"person": "curatrice"}).status_code == 404
