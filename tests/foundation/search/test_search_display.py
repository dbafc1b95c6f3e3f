"""Matches marked and passages chosen by analysing words again."""

from hypothesis import given
from hypothesis import strategies as st

from foundation.search import analyser
from foundation.search.display import excerpt, has_term, highlight, passage

TEXT = (
    "Le matin, tout va bien. " * 20
    + "Le soir, les écrans et le sommeil ne vont pas ensemble. "
    + "Bonne nuit. " * 20
)


def test_every_form_of_a_word_is_marked_and_nothing_else():
    assert highlight("L’Écran, les écrans", {"ecran"}) == [
        ("L’", False),
        ("Écran", True),
        (", les ", False),
        ("écrans", True),
    ]


def test_without_terms_the_text_comes_back_whole():
    assert highlight("Un texte <b>", set()) == [("Un texte <b>", False)]
    assert highlight("", {"ecran"}) == []


def test_an_accent_written_apart_stays_in_its_word():
    assert ("e\u0301cran", True) in highlight("un e\u0301cran", {"ecran"})


@given(st.text(), st.sets(st.sampled_from(["ecran", "jeu", ""])))
def test_pieces_joined_give_the_text_back(text, terms):
    assert "".join(piece for piece, _ in highlight(text, terms)) == analyser.clean(text)


def test_the_passage_holds_the_words_that_stand_together():
    shown = excerpt(TEXT, {"ecran", "sommeil"}, 120)
    assert "écrans et le sommeil" in shown
    assert shown.startswith("…") and shown.endswith("…")
    assert len(shown) <= 122


def test_the_passage_is_the_beginning_without_match_and_short_texts_stay_whole():
    assert excerpt(TEXT, {"velo"}, 100).startswith("Le matin")
    assert excerpt("Court.", {"velo"}, 100) == "Court."


@given(st.text(max_size=500), st.integers(20, 200))
def test_any_text_gives_a_passage_no_longer_than_asked(text, length):
    assert len(excerpt(text, {"ecran"}, length)) <= length + 2


@given(
    st.lists(st.sampled_from(["écran", "jeu", "mot", "sommeil", "les,", "fin."]), max_size=200),
    st.integers(30, 200),
)
def test_a_passage_shows_a_match_when_there_is_one(words, length):
    text = " ".join(words)
    if "écran" in words:
        assert "écran" in excerpt(text, {"ecran"}, length)


FORMS = {"écran": "ecran", "écrans": "ecran", "sommeil": "sommeil"}


def test_a_known_spelling_is_found_without_analysing_the_whole_text():
    shown = passage(TEXT, FORMS, 120)
    assert "écrans et le sommeil" in shown
    assert shown.startswith("…") and shown.endswith("…")
    assert passage("L’Écran.", FORMS) == "L’Écran."


def test_letters_that_grow_when_lowered_do_not_shift_the_passage():
    assert "écran" in passage("İ" * 300 + " un écran allumé. " + "Autre mot. " * 200, FORMS, 60)


def test_a_spelling_inside_a_longer_word_is_no_match():
    assert passage("Des paraécrans, des écransée.", FORMS) is None
    assert passage("", FORMS) is None


@given(
    st.lists(st.sampled_from(["écran", "jeu", "mot", "sommeil", "les,", "fin.", "İ"]), max_size=300),
    st.integers(40, 200),
)
def test_a_quick_passage_shows_a_match_whenever_there_is_one(words, length):
    text = " ".join(words)
    shown = passage(text, FORMS, length)
    assert (shown is not None) == ("écran" in words or "sommeil" in words)
    if shown is not None:
        assert has_term(shown, {"ecran", "sommeil"})
        assert len(shown) <= length + 2


@given(st.text(max_size=400), st.integers(20, 200))
def test_any_text_gives_a_quick_passage_or_none(text, length):
    shown = passage(text, {"a": "a", "le": "le"}, length)
    assert shown is None or len(shown) <= length + 2
