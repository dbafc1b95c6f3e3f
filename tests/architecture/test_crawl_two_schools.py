"""Every address of the portal, asked with what is another school's: it answers as for what does not exist."""

import re
from typing import ClassVar
from urllib.parse import parse_qsl, unquote

import pytest
from django.contrib import admin
from django.http import QueryDict
from django.urls import is_valid_path

from accounts.assisted.models import AssistedEntry
from accounts.invitations.models import Invitation
from accounts.schools.models import Classroom, Document, Membership, ParentList, School
from tests.architecture import crawl
from tests.architecture.test_crawl_school import client_of, demo

pytestmark = pytest.mark.django_db
__all__ = ["client_of", "demo"]

HERE, THERE, NOWHERE = "jean-moulin", "marie-curie", "jeanne-moulin"
NOBODY, NUMBER = "zzzzzzzz", "99999999"
NOT_ASKED = ("static", "demo", "media")
ASKERS = ("directrice", "secretaire", "enseignant", "parent", "attente")
KEYED = (AssistedEntry, Classroom, Document, Invitation, Membership, ParentList)
# The letters are more than any file name, slug or key may hold.
ODD = ("%00", "a" * 1_000, "%2e%2e", "%F0%9F%98%80", "-1", "0", "bcdfghjk%0a", "٣", "9" * 40)
QUERIES = (
    "q=%00",
    "page=-1",
    "page=99999999999999999999",
    "page=a&page=b",
    "q=" + "é" * 5_000,
    "classe=%00&titre=1",
    "classe=" + "x" * 5_000,
    "next=//evil.example/",
    "o=1.-99&p=-5&e=1",
    "all=&p=0",
)
# Without the null character, which the admin refuses before it reads anything.
ALL_IN_ONE = "&".join(query for query in QUERIES if "%00" not in query)


def keys_of(slug):
    school = School.objects.get(slug=slug)
    return [
        key for model in KEYED for key in model.objects.of_school(school).values_list("key", flat=True)[:2]
    ]


def routes_of_schools():
    return sorted(
        route for route, _pattern in crawl.routes() if "<slug:slug>/" in route and "ecoles/" in route
    )


def addresses(slug, key):
    """Every address under a school, each of its other parts being `key`."""
    for route in routes_of_schools():
        if re.search(r"<\w+:(key|name|pk)>|\(\?P<key>", route) or key is None:
            yield filled(route, slug, key or NOBODY)


def keyed_addresses(key):
    return [path for path in addresses(HERE, key) if "/groupes/" not in path]


def filled(route, slug, key):
    path = route.replace("<slug:slug>", slug).replace("^", "").replace("$", "")
    path = re.sub(r"\(\?P<name>[^)]*\)", "papier.pdf", path)
    path = re.sub(r"\(\?P<key>[^)]*\)|<\w+:key>", key, path)
    path = re.sub(r"<\w+:name>", "titre", path)
    return "/" + re.sub(r"<[^>]+>", key, path)


def answer(client, path, posts, *names):
    """Status, place and words of an answer, with what was asked for taken out."""
    found = client.post(path, {"who": [], "sure": "1"}) if posts else client.get(path)
    words = b"".join(found.streaming_content) if found.streaming else found.content
    text = words.decode(errors="replace") + found.headers.get("Location", "")
    for name in names:
        text = text.replace(name, "…")
    text = re.sub(r'(csrfmiddlewaretoken" value=|nonce=)"[^"]*"', "", text)
    return found.status_code, text


@pytest.mark.parametrize("key", ASKERS)
def test_another_school_answers_as_one_that_is_not_there(client_of, key):
    client = client_of(key)
    theirs = keys_of(THERE)
    # Groups have a crawl of their own (test_crawl_groups), their slug apart.
    for posts in (False, True):
        for path in addresses(THERE, None):
            if path in (f"/ecoles/{THERE}/", f"/ecoles/{THERE}/documents/", f"/ecoles/{THERE}/logo.webp"):
                continue
            other = path.replace(THERE, NOWHERE)
            assert answer(client, path, posts, THERE) == answer(client, other, posts, NOWHERE), path
        absent = {path: answer(client, path, posts, NOBODY) for path in keyed_addresses(NOBODY)}
        for foreign in theirs:
            for path in keyed_addresses(foreign):
                nothing = path.replace(foreign, NOBODY)
                assert answer(client, path, posts, foreign) == absent[nothing], path


@pytest.mark.parametrize("key", ("directrice", "secretaire", "principal-b", "curatrice"))
def test_a_row_of_another_school_is_no_row_in_the_admin(client_of, key, settings):
    settings.IS_DEMO = True
    client = client_of(key)
    there = School.objects.get(slug=HERE if key == "principal-b" else THERE)
    for model, found in admin.site._registry.items():
        path = getattr(found, "school_path", None)
        if path is None or (path == "" and key == "curatrice"):
            continue
        row = model._base_manager.filter(**{path or "pk": there.pk}).first()
        for page in ("change", "delete", "history"):
            if row is None:
                continue
            for posts in (False, True):
                base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
                here, nothing = f"{row.pk}/{page}/", f"{NUMBER}/{page}/"
                asked = answer(client, base + here, posts, f"/{here}", f"/{row.pk}/", f"%2F{row.pk}%2F")
                other = answer(client, base + nothing, posts, f"/{nothing}", f"/{NUMBER}/", f"%2F{NUMBER}%2F")
                assert asked == other, (model, page)
                assert asked[0] in (302, 403, 404)


@pytest.mark.parametrize("key", ("directrice", "parent"))
def test_no_odd_part_or_query_breaks_an_address(client_of, key, settings, names_read):
    settings.IS_DEMO = True  # no second factor is asked: the admin's own pages answer
    client = client_of(key)
    # The admin refuses a parent before it reads an address (administration/test_doors).
    for path in odd_addresses(() if key == "directrice" else ("admin/",)):
        assert client.get(path).status_code < 500, path[:200]
    for route, _pattern in crawl.routes():
        plain = filled(route, HERE, NOBODY)
        if route.startswith(NOT_ASKED) or "sortie" in plain or "logout" in plain:
            continue
        names_read.clear()
        opened = client.get(plain)
        assert opened.status_code < 500, plain
        assert client.get(f"{plain}?{ALL_IN_ONE}").status_code < 500, plain
        # A page that is closed or absent reads no query: all in one is enough.
        if opened.status_code in (200, 302):
            for query in queries_for(names_read):
                assert client.get(f"{plain}?{query}").status_code < 500, (plain, query[:80])


class ReadQuery(QueryDict):
    """A query that writes down which of its names a page reads; `*`: it goes through all of them.

    One carried on whole (the language's links, by `copy`) is tried with all odd values in one.
    """

    names: ClassVar[set[str]] = set()

    def __init__(self, *args, **kwargs):
        self.names = set()
        super().__init__(*args, **kwargs)
        # What is read from here on is read by the page.
        del self.names

    def __contains__(self, name):
        self.names.add(name)
        return super().__contains__(name)

    def __getitem__(self, name):
        self.names.add(name)
        return super().__getitem__(name)

    def getlist(self, name, default=None):
        self.names.add(name)
        return super().getlist(name, default)

    def items(self):
        self.names.add("*")
        return super().items()

    def lists(self):
        self.names.add("*")
        return super().lists()

    def values(self):
        self.names.add("*")
        return super().values()

    def __iter__(self):
        self.names.add("*")
        return super().__iter__()

    def keys(self):
        self.names.add("*")
        return super().keys()

    def copy(self):
        copied = QueryDict(mutable=True, encoding=self.encoding)
        for name, values in QueryDict.lists(self):
            copied.setlist(name, values)
        return copied


@pytest.fixture
def names_read(monkeypatch):
    """The names that were read in queries since it was cleared."""
    monkeypatch.setattr("django.core.handlers.wsgi.QueryDict", ReadQuery)
    return ReadQuery.names


def queries_for(names):
    """Each odd query with a name that is read, by the page as it is or in answer to one of these."""
    waiting = {
        query: {name for name, _value in parse_qsl(query, keep_blank_values=True)} for query in QUERIES
    }
    while found := [query for query, inside in waiting.items() if names & (inside | {"*"})]:
        waiting.pop(found[0])
        yield found[0]


def test_what_a_page_reads_is_seen(client_of, settings, names_read):
    """Twin: a search, a list, a list of the admin, and a page that reads nothing of its own."""
    settings.IS_DEMO = True
    client = client_of("directrice")
    read = {}
    for path in ("/ressources/", f"/ecoles/{HERE}/membres/", "/admin/accounts/membership/", "/conditions/"):
        names_read.clear()
        assert client.get(path).status_code == 200, path
        read[path] = set(names_read)
    asked, members, rows, nothing = read.values()
    assert {"q", "page"} <= asked
    assert {"q", "page", "classe"} <= members and "*" not in members
    assert {"*", "p", "all"} <= rows
    # What remembers open pages looks for names it does not know.
    assert nothing == {"langue", "*"}


def odd_addresses(but=()):
    """Each address with each odd part; what no view has answers alike everywhere, so once an odd part."""
    absent = set()
    for route, _pattern in crawl.routes():
        if route.startswith((*NOT_ASKED, *but)) or not ("<" in route or "(?P" in route):
            continue
        for odd in ODD:
            # Of a page with no other part, the school itself is odd: one finds it for all of them.
            path = filled(route, odd if route == "ecoles/<slug:slug>/" else HERE, odd)
            if odd not in path:
                break
            if not is_valid_path(unquote(path)):
                if odd in absent:
                    continue
                absent.add(odd)
            yield path


def test_odd_parts_reach_views():
    """Twin."""
    reached = {path for path in odd_addresses() if is_valid_path(unquote(path))}
    assert len(reached) > 100, len(reached)
    assert {odd for odd in ODD if any(odd in path for path in reached)} == set(ODD)
