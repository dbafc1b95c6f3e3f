"""Every page of a school, opened by each person of the demo: who gets it, and that it is whole."""

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from accounts.people.models import User
from accounts.people.proof import record_proof
from accounts.schools.models import Classroom, Document, Membership, ParentList, School
from tests.architecture import crawl
from tests.architecture.crawl import visit
from tests.architecture.test_crawl_account import whole

pytestmark = pytest.mark.django_db
MEMORY = {"BACKEND": "django.core.files.storage.InMemoryStorage"}

VISITOR = "visitor"
OUTSIDE = (VISITOR, "parent-b", "principal-b", "curatrice", "operatrice")
FAMILY = ("parent", "parent-papier", "proche", "elue", "suspendu")
LET_IN = (*FAMILY, "enseignant", "directrice", "adjointe", "secretaire", "aide")
EVERYBODY = (*OUTSIDE, *LET_IN, "attente")
LEADS = ("directrice",)
MEMBERS = ("directrice", "adjointe", "secretaire")
DOCUMENTS = ("directrice", "adjointe")
LETS_IN = (*MEMBERS, "enseignant")
TYPES = (*MEMBERS, "aide")

# route under ecoles/<slug>/ → who gets the page. All others of the school get 403, outsiders 404.
PAGES = {
    "": EVERYBODY,
    "equipe/": LET_IN,
    "documents/": EVERYBODY,
    "documents/ajouter/": DOCUMENTS,
    "documents/{document}/": DOCUMENTS,
    "classes/": LEADS,
    "classes/{classroom}/": LEADS,
    "membres/": MEMBERS,
    "membres/{member}/": MEMBERS,
    "membres/inviter/": MEMBERS,
    "membres/fiches/": MEMBERS,
    "membres/pas-encore/": MEMBERS,
    "membres/attente/": LETS_IN,
    "membres/portee/": MEMBERS,
    "membres/importer/": MEMBERS,
    "membres/accords/": ("directrice", "elue"),
    "membres/registre/": LEADS,
    "reglages/": LEADS,
    "reglages/fiche/": LEADS,
    "reglages/listes/": LEADS,
    "reglages/listes/{list}/": LEADS,
    "reglages/annee/": LEADS,
    "saisir/": TYPES,
    "voir-comme/": LEADS,
}


@pytest.fixture(scope="module")
def demo(library, django_db_blocker):
    """The library and the demo's two schools, made once a module and gone after it."""
    with django_db_blocker.unblock():
        before = settings.IS_DEMO, settings.STORAGES
        settings.IS_DEMO, settings.STORAGES = True, settings.STORAGES | {"default": MEMORY}
        outer = transaction.atomic()
        outer.__enter__()
        try:
            call_command("seed_demo", verbosity=0)
            settings.IS_DEMO = before[0]
            with django_db_blocker.block():
                yield
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)
            settings.IS_DEMO, settings.STORAGES = before


@pytest.fixture
def client_of(demo, db):
    """`client_of("directrice")`: a client of that person, just proved to be them."""

    def make(key):
        client = Client()
        if key != VISITOR:
            person = User.objects.get(username=f"demo-{key}")
            client.force_login(person)
            session = client.session
            record_proof(SimpleNamespace(session=session, user=person))
            session.save()
        return client

    return make


def address_of(page):
    """The address of a page of `PAGES` at jean-moulin."""
    school = School.objects.get(slug="jean-moulin")
    keys = {
        "document": Document.objects.of_school(school).first().key,
        "classroom": Classroom.objects.of_school(school).first().key,
        "member": Membership.objects.of_school(school).get(user__username="demo-parent").key,
        "list": ParentList.objects.of_school(school).first().key,
    }
    return f"/ecoles/jean-moulin/{page.format(**keys)}"


@pytest.mark.parametrize("key", EVERYBODY)
def test_who_gets_which_page_of_the_school(client_of, key):
    client = client_of(key)
    others = (302 if key == VISITOR else 404) if key in OUTSIDE else 403
    expected = {page: 200 if key in people else others for page, people in PAGES.items()}
    answers = {page: client.get(address_of(page)) for page in PAGES}
    assert {page: answer.status_code for page, answer in answers.items()} == expected
    if key == VISITOR:
        led = {answer.url.split("?")[0] for answer in answers.values() if answer.status_code == 302}
        assert led == {"/compte/login/"}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_school_is_whole_for_whoever_gets_it(client_of, page):
    """Valid, private, light and cheap; in French, and in Arabic where it is a parent's."""
    for key in PAGES[page]:
        client = client_of(key)
        path = address_of(page)
        visit(client, path)  # what is read once a process
        assert whole(client, path, "fr"), key
        if key in FAMILY:
            assert whole(client, path, "ar"), key


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("path", ["/ecoles/", "/ecoles/jean-moulin/", "/rejoindre/", "/rejoindre/aide/"])
def test_what_is_open_to_visitors_is_whole(client_of, path, language):
    client = client_of(VISITOR)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = visit(client, path)
    assert answer.response.status_code == 200
    assert not crawl.header_faults(answer.response)
    assert not crawl.html_faults(answer.text)
    assert not crawl.untranslated(answer.text, language)
    assert len(answer.queries) <= crawl.MAX_QUERIES_SIGNED_OUT, answer.queries


@pytest.mark.parametrize("key", ["parent-deux", "directrice", "parent", "attente"])
def test_what_is_new_is_whole(client_of, key):
    client = client_of(key)
    visit(client, "/quoi-de-neuf/")
    assert whole(client, "/quoi-de-neuf/", "fr")
    assert whole(client, "/quoi-de-neuf/", "ar")


@pytest.mark.parametrize("key", EVERYBODY[1:])
def test_the_account_of_each_person_is_whole(client_of, key):
    client = client_of(key)
    for path in (
        "/compte/",
        "/compte/mes-donnees/",
        "/compte/saisi-pour-moi/",
        "/compte/accords-associations/",
    ):
        visit(client, path)
        assert whole(client, path, "fr"), path


def test_every_link_of_a_home_leads_somewhere(client_of):
    for key in EVERYBODY:
        client = client_of(key)
        page = client.get("/ecoles/jean-moulin/").content.decode()
        links = {node.get("href") or "" for node in crawl.parsed(page).iter("a")}
        for link in sorted(link for link in links if link.startswith("/")):
            assert client.get(link).status_code in {200, 302}, (key, link)


def test_only_these_pages_of_schools_are_open_to_visitors():
    """Closed by default: whoever opens a view adds it here, and a reviewer sees it."""
    routes = {
        route
        for route, pattern in crawl.routes()
        if not getattr(pattern.callback, "login_required", True)
        and route.startswith(("ecoles/", "rejoindre/", "quoi-de-neuf/"))
    }
    key = r"(?P<key>[bcdfghjkmnpqrstvwxz]{8})"
    assert routes == {
        "ecoles/",
        "ecoles/<slug:slug>/",
        "ecoles/<slug:slug>/logo.webp",
        "ecoles/<slug:slug>/documents/",
        rf"ecoles/<slug:slug>/^documents/{key}/lire/(?P<name>[^/]+)$",
        "rejoindre/",
        "rejoindre/vous/",
        "rejoindre/email/",
        "rejoindre/email/code/",
        "rejoindre/aide/",
        "rejoindre/invitation/<str:token>/",
    }
