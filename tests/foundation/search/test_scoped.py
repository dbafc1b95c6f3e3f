"""A private index: each scope finds its own, newest first, and learns nothing of the others."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.search.analyser import terms_in
from foundation.search.engines import scoped_engine_of
from foundation.search.scoped import ScopedIndex

pytestmark = pytest.mark.django_db
INDEX = ScopedIndex("posts")
OURS, THEIRS = "bcdfghjk", "wxzbcdfg"


@pytest.fixture
def index():
    INDEX.add(
        [
            (1, OURS, "La kermesse est samedi, dans la cour."),
            (2, THEIRS, "La kermesse des voisins est dimanche."),
            (3, OURS, "Qui vient aider à la kermesse ? Il faut des gâteaux."),
            (4, OURS, "Un écran avant le coucher ?"),
        ]
    )
    return INDEX


def keys(index, query: str, *scopes: str, **options) -> list[int]:
    return list(index.search(query, scopes or (OURS,), **options).keys)


def test_what_is_said_in_a_group_is_found_there_newest_first(index):
    assert keys(index, "kermesse") == [3, 1]
    assert keys(index, "kermesse", THEIRS) == [2]
    assert keys(index, "KERMESSES", OURS, THEIRS) == [3, 2, 1]


def test_every_word_is_wanted_else_any(index):
    assert keys(index, "kermesse samedi") == [1]
    assert keys(index, "gâteau samedi") == [3, 1]
    asked = index.asked("gâteau samedi", [OURS])
    assert asked.has_every_word("Samedi, des gâteaux.") and asked.has_every_word("Un gâteau, samedis")
    assert not asked.has_every_word("Des gâteaux dimanche.")
    assert index.asked("gâteau sam", [OURS]).has_every_word("Samedi, des gâteaux.")
    assert not index.asked("sam gâteau", [OURS]).has_every_word("Samedi, des gâteaux.")


@pytest.mark.parametrize(("query", "found"), [("ecran", [4]), ("écrans", [4]), ("kerm", [3, 1]), ("ke", [])])
def test_accents_plurals_and_an_unfinished_word(index, query, found):
    assert keys(index, query) == found


def test_a_whole_word_is_not_taken_for_the_beginning_of_another(index):
    index.add([(5, OURS, "Une cour"), (6, OURS, "Un courrier")])
    assert keys(index, "cour") == [5, 1]
    assert keys(index, "courri") == [6]


def test_nobody_outside_is_told_by_any_query(index):
    """The scope written in a query, or in a message, opens no other."""
    index.add([(7, THEIRS, f"{OURS}§secret {OURS} secret")])
    for query in (f"{OURS}§secret", f"{THEIRS}§kermesse dimanche", "secret", '" OR 1', "dimanche*", "§"):
        assert 2 not in keys(index, query) and 7 not in keys(index, query), query
    assert keys(index, "dimanche", THEIRS) == [2]
    assert keys(index, "kermesse", "") == []


def test_pages_follow_each_other_without_gap_or_double(index):
    index.add([(key, OURS, "kermesse encore") for key in range(10, 30)])
    first = index.search("kermesse", [OURS], most=15)
    second = index.search("kermesse", [OURS], most=15, before=first.keys[-1])
    assert [*first.keys, *second.keys] == [*range(29, 9, -1), 3, 1]
    assert (first.has_more, second.has_more) == (True, False)


def test_what_is_taken_out_is_found_no_more_and_what_changes_by_its_new_words(index):
    index.remove([3, 99])
    index.put(1, OURS, "La fête est samedi.")
    assert keys(index, "kermesse") == []
    assert keys(index, "fete") == [1]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=60), text=st.text(max_size=80))
def test_any_text_goes_in_and_any_query_is_answered(query, text):
    INDEX.clear()
    INDEX.put(1, OURS, text)
    INDEX.search(query, [OURS])
    words = list(terms_in(text))
    assert keys(INDEX, text) == ([1] if words[:12] else [])


def test_the_table_comes_and_goes():
    engine = scoped_engine_of(connection)
    with connection.cursor() as cursor:
        for statement in [*engine.create_scoped_sql("probe"), *engine.drop_sql("probe")]:
            cursor.execute(statement)
