"""Counts of filters, against a plain loop over the rows; addresses, read and written."""

import datetime

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from resources.catalogue.models import Audience, Kind, Level, Theme
from resources.catalogue.snapshot import Card, Snapshot
from resources.finding import addresses
from resources.finding.facets import Facet, FacetIndex, time_of

THEMES = {key: Theme(pk=key, slug=f"theme-{key}", name=f"Theme {key}") for key in (1, 2, 3)}


@st.composite
def cards(draw, key: int) -> Card:
    return Card(
        id=key,
        slug=f"r-{key}",
        title="",
        summary="",
        kind=draw(st.sampled_from(Kind.values)),
        addressee="",
        number=None,
        audiences=tuple(draw(st.lists(st.sampled_from(Audience.values), unique=True))),
        levels=tuple(draw(st.lists(st.sampled_from(Level.values), unique=True))),
        language=draw(st.sampled_from(["fr", "ar", "tr"])),
        minutes=draw(st.integers(1, 20)),
        reviewed=datetime.date(2026, 11, 24),
        published=None,
        review_by=None,
        featured=0,
        themes=tuple(draw(st.lists(st.sampled_from([1, 2, 3, 99]), unique=True))),
        related=(),
        variants=tuple(draw(st.lists(st.sampled_from(["ar", "en", "simple"]), unique=True))),
    )


@st.composite
def snapshots(draw) -> Snapshot:
    keys = draw(st.lists(st.integers(1, 1000), unique=True, max_size=25))
    return Snapshot(
        version=1,
        cards={key: draw(cards(key)) for key in keys},
        order=tuple(draw(st.permutations(keys))),
        themes=THEMES,
    )


def holds(card: Card, facet: Facet, value: str) -> bool:
    """The rule in plain words, apart from the code under test."""
    if facet == "pour":
        return value in card.audiences
    if facet == "niveau":
        return value in card.levels
    if facet == "theme":
        return value in {f"theme-{key}" for key in card.themes if key in THEMES}
    if facet == "forme":
        return value == card.kind
    if facet == "langue_texte":
        return value == card.language or value in card.variants
    minutes = card.minutes
    return value == ("moins-de-5" if minutes < 5 else "5-10" if minutes <= 10 else "plus-de-10")


values = {
    Facet.AUDIENCE: Audience.values,
    Facet.LEVEL: Level.values,
    Facet.THEME: ["theme-1", "theme-2", "theme-3"],
    Facet.KIND: Kind.values,
    Facet.LANGUAGE: ["fr", "simple", "ar", "en"],
    Facet.TIME: ["moins-de-5", "5-10", "plus-de-10"],
}
choices = st.fixed_dictionaries({}, optional={facet: st.sampled_from(some) for facet, some in values.items()})


@given(snapshot=snapshots(), choice=choices, data=st.data())
def test_counts_are_those_of_a_plain_loop_under_any_combination(snapshot, choice, data):
    found = None
    if data.draw(st.booleans()):
        found = data.draw(st.lists(st.integers(1, 1000), unique=True)) + list(snapshot.order)[::2]
        found = list(dict.fromkeys(found))
    selected = FacetIndex(snapshot).select(choice, found)
    wanted = [key for key in (snapshot.order if found is None else found) if key in snapshot.cards]
    left = [
        key for key in wanted if all(holds(snapshot.cards[key], facet, choice[facet]) for facet in choice)
    ]
    assert selected.keys == left
    assert selected.total == len(left)
    for facet, some in values.items():
        for value in some:
            trial = {**choice, facet: value}
            loop = [
                key for key in wanted if all(holds(snapshot.cards[key], one, trial[one]) for one in trial)
            ]
            assert selected.counts[facet][value] == len(loop), (facet, value)


def test_an_empty_library_counts_nothing():
    selected = FacetIndex(Snapshot(version=1)).select({Facet.AUDIENCE: "parents"}, [1, 2])
    assert (selected.total, selected.keys) == (0, [])
    assert selected.counts[Facet.LEVEL]["college"] == 0


@pytest.mark.parametrize(
    ("minutes", "time"),
    [(1, "moins-de-5"), (4, "moins-de-5"), (5, "5-10"), (10, "5-10"), (11, "plus-de-10")],
)
def test_reading_times_fall_in_three_classes(minutes, time):
    assert time_of(minutes) == time


EMPTY = FacetIndex(Snapshot(version=1, themes=THEMES))


def read(address: str):
    return addresses.read(QueryDict(address), EMPTY)


def test_search_starts_with_what_is_for_parents_and_everyone_is_one_link_away():
    assert (read("").choice, read("").implied) == ({Facet.AUDIENCE: "parents"}, True)
    assert (read("pour=tous").choice, read("pour=tous").implied) == ({}, False)
    assert read("pour=enseignants").choice == {Facet.AUDIENCE: "enseignants"}
    assert (read("pour=parents").choice, read("pour=parents").implied) == ({Facet.AUDIENCE: "parents"}, False)


def test_values_that_mean_nothing_count_as_absent():
    asked = read("pour=martiens&niveau=college&theme=inconnu&forme=&temps=%00&langue=ar&page=abc")
    assert asked.choice == {Facet.AUDIENCE: "parents", Facet.LEVEL: "college"}
    assert asked.page == 1


@pytest.mark.parametrize("page", ["0", "-1", "", "1e9", "²", "9" * 5000, "\x00"])
def test_a_page_that_is_no_number_is_the_first(page):
    assert read(f"page={page}").page == 1


def test_hostile_words_are_cut_and_cleaned():
    assert read("q=%00%ED%A0%80 écran").query.endswith("écran")
    assert len(read("q=" + "a" * 10_000).query) == addresses.LONGEST_QUERY
    assert addresses.read(_raw("écran \ud800"), EMPTY).query == "écran"


def _raw(query: str) -> QueryDict:
    parameters = QueryDict(mutable=True)
    parameters["q"] = query
    return parameters


@given(
    query=st.text(max_size=50).map(lambda text: text.encode("utf-8", "ignore").decode()),
    choice=choices,
    page=st.integers(1, 999_999),
)
def test_an_address_written_is_read_back(query, choice, page):
    query = query.replace("\x00", "").strip()
    address = addresses.write(query, choice, page)
    asked = addresses.read(QueryDict(address.partition("?")[2]), EMPTY)
    assert (asked.query, asked.choice, asked.page) == (query, choice, page)


def test_an_address_says_no_more_than_it_must():
    assert addresses.write("", {Facet.AUDIENCE: "parents"}) == "/ressources/"
    assert addresses.write("", {}) == "/ressources/?pour=tous"
    assert addresses.write("vidéo & co", {Facet.AUDIENCE: "parents", Facet.TIME: "5-10"}, 2) == (
        "/ressources/?q=vid%C3%A9o+%26+co&temps=5-10&page=2"
    )
