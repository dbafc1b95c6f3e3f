"""The analyser: what counts as the same word, and that nothing typed can break it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.search import analyser


def stems(text: str) -> list[str]:
    return [stem for _, stem in analyser.terms(text)]


@pytest.mark.parametrize(
    "same",
    [
        "ecran écrans ÉCRAN e\u0301cran",
        "vidéo vidéos",
        "jeu jeux",
        "menu menus",
        "photo photos",
        "ami amis amie amies",
        "élu élus élue élues",
        "œil oeil yeux Yeux",
        "travail travaux",
        "journal journaux",
        "réseau réseaux",
        "social sociaux sociale sociales",
        "vœu vœux voeux",
        "bijou bijoux",
        "tuyau tuyaux",
        "heureux heureuse heureuses",
        "pneu pneus",
        "essai essais",
        "pseudo pseudos",
        "harcèlement harceler harcelé",
        "balai balais",
        "e-mail email mails",
        "maths mathématiques",
        "cœur coeurs",
        "شاشة الشاشة",
    ],
)
def test_forms_of_a_word_share_a_stem(same):
    found = [analyser.terms(word) for word in same.split()]
    assert all(len(terms) == 1 for terms in found)
    assert len({terms[0][1] for terms in found}) == 1, found


@pytest.mark.parametrize(
    "different",
    [
        "école écran",
        "jeu jeune",
        "parent parental",
        "menu mener",
        "photo phonique",
        "élu élève",
        "vidéo vide",
    ],
)
def test_other_words_do_not(different):
    assert len(set(stems(different))) == 2


def test_elisions_and_hyphens_part_words():
    assert [form for form, _ in analyser.terms("L’écran d'aujourd’hui, qu’on garde jusqu'à 20 h")] == [
        "écran",
        "garde",
        "20",
    ]
    assert stems("porte-monnaie") == stems("porte monnaie")


def test_stop_words_are_left_out_and_words_that_look_alike_are_kept():
    assert stems("le la les de des à où est") == []
    assert stems("été car scolaire")[:2] == ["ete", "car"]


def test_words_give_their_places_in_the_text():
    text = "L’été, à l’École."
    placed = [(text[word.start : word.end], bool(word.stem)) for word in analyser.words(text)]
    assert placed == [("L", False), ("été", True), ("à", False), ("l", False), ("École", True)]


def test_nul_is_stripped_and_long_input_bounded():
    assert stems("écr\x00an") == stems("écran")
    assert analyser.terms("a" * 10_000) == []
    assert len(analyser.clean("mot " * 100_000)) == analyser.LONGEST_TEXT


def test_stems_hold_letters_and_digits_alone_whatever_unicode_unfolds_to():
    for odd in ("ﷺ", "½", "⑴", "㎏", "K", "ªb", "ǅa"):
        assert all(stem.isalnum() for stem in stems(odd))


@given(st.from_regex(r"(?:[bcdfglmnprstvz][aeiou]){1,3}(?:[dlmnst](?:a|o|u|i|ai|oi|ou|eu))", fullmatch=True))
def test_a_plural_in_s_after_a_vowel_has_its_singulars_stem(word):
    if stems(word):
        assert stems(word) == stems(word + "s")


@given(st.text())
def test_any_text_is_analysed_the_same_twice_and_in_pieces_that_fit(text):
    found = list(analyser.words(text))
    assert found == list(analyser.words(text))
    cleaned = analyser.clean(text)
    assert all(0 <= word.start < word.end <= len(cleaned) for word in found)
    assert all(word.stem == "" or word.stem.isalnum() for word in found)


@given(st.text(alphabet=st.characters(categories=["L", "M", "N"]), min_size=1, max_size=30))
def test_case_does_not_matter_where_python_can_change_it_and_back(word):
    if word.upper().lower() == word.lower():
        assert stems(word.upper()) == stems(word.lower())
