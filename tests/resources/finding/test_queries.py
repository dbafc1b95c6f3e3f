"""Finding in a library of rows: what parents, filters and pages give, and what it costs."""

import pytest
from django.http import QueryDict

from resources.catalogue import index, snapshot, version
from resources.catalogue.models import Resource, Theme, Variant
from resources.finding.facets import Facet
from resources.finding.queries import PAGE_SIZE, find

pytestmark = pytest.mark.django_db


def make(slug: str, title: str, **values) -> Resource:
    defaults = {"status": "published", "audiences": ["parents"], "levels": ["college"], "reading_minutes": 3}
    return Resource.objects.create(slug=slug, title=title, **{**defaults, **values})


def published() -> None:
    """What the catalogue's actions do after a change."""
    index.refresh(Resource.objects.values_list("pk", flat=True))
    version.bump()


@pytest.fixture(autouse=True)
def forgotten():
    snapshot.forget()
    yield
    snapshot.forget()


@pytest.fixture
def library(db):
    make("dormir", "Les écrans avant de dormir", summary="Le sommeil.", html="<p>Une heure sans.</p>")
    make("harcelement", "Que faire contre le harcèlement ?", html="<p>Un <b>écran</b> &amp; des mots.</p>")
    make("classe", "Les écrans en classe", audiences=["enseignants"], reading_minutes=12)
    make("charte", "Écrire une charte", audiences=["directeurs"])
    make("brouillon", "Les écrans, brouillon", status="draft")
    published()


def search(address: str):
    return find(QueryDict(address), snapshot.library())


def slugs(found) -> list[str]:
    return [card.slug for card in found.cards]


def test_a_search_starts_with_parents_and_counts_the_others(library):
    found = search("q=ecran")
    assert slugs(found) == ["dormir", "harcelement"]
    assert found.implied and found.choice == {Facet.AUDIENCE: "parents"}
    assert found.counts[Facet.AUDIENCE] == {
        "parents": 2,
        "parents-elus": 0,
        "enseignants": 1,
        "directeurs": 0,
    }
    assert set(slugs(search("q=ecran&pour=tous"))) == {"dormir", "harcelement", "classe"}


def test_what_only_others_have_is_shown_rather_than_nothing(library):
    found = search("q=charte")
    assert slugs(found) == ["charte"]
    assert found.choice == {} and not found.implied
    assert slugs(search("q=charte&pour=parents")) == [], "an audience that was chosen is kept"


def test_without_words_the_order_is_put_forward_then_last_reviewed(library):
    Resource.objects.filter(slug="harcelement").update(featured=1)
    version.bump()
    found = search("")
    assert slugs(found) == ["harcelement", "dormir"]
    assert (found.mode, found.terms, found.passages) == ("all", frozenset(), {})


def test_a_passage_of_the_text_is_shown_where_the_summary_lacks_the_words(library):
    found = search("q=écran")
    by_slug = {card.slug: found.passages.get(card.id) for card in found.cards}
    assert by_slug == {"dormir": None, "harcelement": "Un écran & des mots."}


def test_nothing_found_offers_a_correction_and_neighbours(library):
    found = search("q=harcelment")
    assert (found.total, found.mode, found.suggestion) == (0, "none", "harcèlement")
    assert len(found.neighbours) == 2
    filtered = search("q=harcèlement&temps=plus-de-10")
    assert filtered.total == 0
    assert [card.slug for card in filtered.neighbours] == ["harcelement"]


def test_the_text_of_a_published_version_is_searched_too(library):
    resource = Resource.objects.get(slug="dormir")
    Variant.objects.create(resource=resource, key="simple", title="Bien dormir", html="<p>Le doudou.</p>")
    published()
    assert search("q=doudou").total == 0
    Variant.objects.update(status="published")
    published()
    assert slugs(search("q=doudou")) == ["dormir"]
    assert slugs(search("langue_texte=simple")) == ["dormir"]


def test_the_name_of_a_theme_finds_its_resources_and_so_does_its_new_name(library):
    theme = Theme.objects.create(slug="calme", name="Nuits calmes", line="")
    Resource.objects.get(slug="harcelement").themes.add(theme)
    published()
    assert slugs(search("q=nuit")) == ["harcelement"]
    Theme.objects.update(name="Soirées")
    index.refresh_themes([theme.pk])
    assert search("q=nuit").total == 0
    assert slugs(search("q=soirée")) == ["harcelement"]


def test_an_index_built_anew_finds_the_same(library):
    before = [search(address).cards for address in ("q=ecran", "q=harcèlement", "q=sommeil")]
    index.LIBRARY_INDEX.clear()
    assert search("q=ecran").total == 0
    assert index.rebuild() == 4
    assert [search(address).cards for address in ("q=ecran", "q=harcèlement", "q=sommeil")] == before


def test_what_is_archived_leaves_the_results(library):
    Resource.objects.filter(slug="dormir").update(status="archived")
    published()
    assert slugs(search("q=ecran")) == ["harcelement"]


def test_a_page_too_far_is_the_last_one(library):
    theme = Theme.objects.create(slug="sommeil", name="Sommeil", line="Dormir")
    for number in range(PAGE_SIZE + 1):
        make(f"n-{number:02}", "Une nuit").themes.add(theme)
    published()
    first, last = search("theme=sommeil"), search("theme=sommeil&page=99")
    assert (first.total, first.pages, len(first.cards)) == (PAGE_SIZE + 1, 2, PAGE_SIZE)
    assert (last.page, len(last.cards)) == (2, 1)
    assert not set(slugs(first)) & set(slugs(last))
    assert search("theme=sommeil&q=nuit&page=2").cards == search("theme=sommeil&q=nuit&page=3").cards


def test_three_queries_at_most_and_none_more_with_more_rows(library, django_assert_max_num_queries):
    for address in ("", "q=écran", "q=écran+sommeil&pour=tous&niveau=college", "q=zzzz", "page=9"):
        search(address)
        with django_assert_max_num_queries(3):
            search(address)


HOSTILE = ['"', "*", "NEAR(", "\x00", "a" * 10_000, "😀", "%s", "écran'; --", "\ud800"]


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_words_find_nothing_or_something_but_never_fail(library, query):
    parameters = QueryDict(mutable=True)
    parameters["q"] = query
    find(parameters, snapshot.library())
    assert search("q=ecran").total == 2
