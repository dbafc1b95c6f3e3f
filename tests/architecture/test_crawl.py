"""Open every public page as everyone: what it answers, costs, weighs, keeps, and in which words."""

import xml.etree.ElementTree as ElementTree

import pytest
from django.conf import settings

from foundation import pagecache
from tests.architecture import crawl
from tests.architecture.crawl import HTML_PAGES, OPEN, PAGES, ROLES, SIGNED_IN, Page, visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
EACH_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
EACH_HTML = pytest.mark.parametrize("page", HTML_PAGES, ids=lambda page: page.path)

# A signed-in person's session moves on with each page; nobody else is given anything to keep.
COOKIES = {role: {settings.SESSION_COOKIE_NAME} for role in SIGNED_IN} | {"visitor": set()}


@pytest.fixture
def everyone(request):
    return {role: request.getfixturevalue(role) for role in ROLES}


def test_every_route_is_crawled():
    known = {*OPEN, *crawl.APART}
    here = {route for route, _ in crawl.routes() if not route.startswith(crawl.ELSEWHERE)}
    assert here == known


def test_every_page_open_to_all_is_listed():
    """Closed by default: whoever opens a view adds it here, and a reviewer sees it."""
    here = {
        route
        for route, pattern in crawl.routes()
        if not getattr(pattern.callback, "login_required", True) and not route.startswith(crawl.ELSEWHERE)
    }
    assert here == {*OPEN, *crawl.APART}


@EACH_PAGE
def test_a_public_page_is_whole_for_everyone(page, everyone):
    for role, client in everyone.items():
        answer = visit(client, page.path)
        assert answer.response.status_code == 200, role
        assert not crawl.header_faults(answer.response, framed=page.framed), role
        form = {settings.CSRF_COOKIE_NAME} if page.posts else set()
        assert set(answer.response.cookies) <= COOKIES[role] | form, role
        if role != "visitor":
            assert answer.response["Cache-Control"] == "private, no-store", role
        if page.kind == "html":
            assert not crawl.html_faults(answer.text), role
            assert crawl.weight(answer.response) <= crawl.MAX_HTML, role
        if page.kind == "xml":
            ElementTree.fromstring(answer.text)


@EACH_PAGE
def test_a_page_costs_few_queries(page, everyone):
    for role, client in everyone.items():
        visit(client, page.path)  # the snapshot is read, a printed sheet has its code
        pagecache.store.clear()
        answer = visit(client, page.path)
        most = crawl.MAX_QUERIES_SIGNED_OUT if role == "visitor" else crawl.MAX_QUERIES_SIGNED_IN
        assert len(answer.queries) <= most, (role, answer.queries)


@EACH_PAGE
def test_only_a_visitors_page_is_kept_in_memory(page, everyone):
    for role in SIGNED_IN:
        visit(everyone[role], page.path)
    assert not pagecache.store._pages
    visit(everyone["visitor"], page.path)
    assert len(pagecache.store._pages) == (1 if page.kept else 0)
    if page.kept:
        again = visit(everyone["visitor"], page.path)
        assert len(again.queries) == 1, "only the library's version is read"
        assert again.response["Cache-Control"] == "no-cache"
        assert "Cookie" in again.response["Vary"]


@EACH_HTML
def test_a_page_is_in_french(page, everyone):
    for role, client in everyone.items():
        answer = visit(client, page.path)
        assert not crawl.untranslated(answer.text, "fr"), role
        assert answer.response["Content-Language"] == "fr"


@pytest.mark.parametrize("page", [p for p in HTML_PAGES if p.parents and not p.framed], ids=lambda p: p.path)
def test_a_parents_page_is_in_arabic(page, visitor, parent):
    for client in (visitor, parent):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
        answer = visit(client, page.path)
        assert answer.response["Content-Language"] == "ar"
        assert 'lang="ar" dir="rtl"' in answer.text
        assert not crawl.untranslated(answer.text, "ar")
        assert not crawl.html_faults(answer.text)


def test_words_left_in_english_would_be_told():
    """Twin."""
    page = '<!doctype html><html lang="fr" dir="ltr"><title>x</title><main><h1>Sign in</h1></main></html>'
    assert crawl.untranslated(page, "fr") == ["Sign in"]
    assert not crawl.untranslated(page.replace("<h1", '<h1 lang="en"'), "fr")


def test_faults_of_html_would_be_told():
    """Twin."""
    page = (
        '<!doctype html><html lang="fr" dir="ltr"><title>x</title><main><h1 id="a">x</h1><h3 id="a">y</h3>'
        '<p style="x" onclick="y"><input name="q"><a href="#nowhere">z</a><img src="//elsewhere.example/a">'
        "</main></html>"
    )
    assert len(crawl.html_faults(page)) == 8
    assert crawl.html_faults("<p><div></p>")[0].startswith("not valid HTML")


def test_every_text_of_the_library_is_whole(visitor):
    from resources.catalogue.models import Resource, Variant

    paths = [row.get_absolute_url() for row in Resource.objects.published()]
    paths += [row.get_absolute_url() for row in Variant.objects.published().select_related("resource")]
    assert len(paths) > 55
    for path in paths:
        answer = visit(visitor, path)
        assert answer.response.status_code == 200, path
        assert not crawl.html_faults(answer.text), path
        assert crawl.weight(answer.response) <= crawl.MAX_HTML, path


def test_every_link_of_the_site_leads_somewhere(visitor):
    """Follow each link of each public page once; what is not built yet is not greyed, it is absent."""
    done, waiting = set(), [page.path for page in HTML_PAGES]
    while waiting:
        path = waiting.pop().split("#")[0]
        if path in done or not path.startswith("/") or path.startswith("/static/"):
            continue
        done.add(path)
        answer = visitor.get(path)
        assert answer.status_code in {200, 302}, path
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html") and "?" not in path:
            waiting += [node.get("href") or "" for node in crawl.parsed(answer.content.decode()).iter("a")]
    assert len(done) > 100


def test_the_pages_of_this_list_are_distinct():
    assert len({page.path for page in PAGES}) == len(PAGES)
    assert all(isinstance(page, Page) for page in PAGES)
