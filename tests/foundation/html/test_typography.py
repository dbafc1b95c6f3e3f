"""French care: what LOOK §1.7 asks, once, and nothing of it where it would harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.html import LIBRARY, french, render
from foundation.html.typography import ordinals


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Vraiment ?", "Vraiment^?"),
        ("Vraiment?", "Vraiment^?"),
        ("Quoi ?!", "Quoi^?!"),
        ("un~; deux ; trois", "un^; deux^; trois"),
        ("Ah ! (Oui ?)", "Ah^! (Oui^?)"),
        ("À savoir : ceci", "À savoir~: ceci"),
        ("À savoir: ceci", "À savoir~: ceci"),
        ("« oui » «non»", "«~oui~» «~non~»"),
        ('Il dit "oui".', "Il dit «~oui~»."),
        ("« Tu viens ? »", "«~Tu viens^?~»"),
        ("l'école d'Aujourd'hui", "l’école d’Aujourd’hui"),
        ("Attendez...", "Attendez…"),
        ("Paris - Lyon", "Paris – Lyon"),
        ("le 12 nov. 2026", "le 12~nov.~2026"),
        ("du 1er mai au 2 juin", "du 1er~mai au 2~juin"),
        ("à 18h30, 18 h 30, 8h", "à 18~h~30, 18~h~30, 8~h"),
        ("en CE1 A, en 6e B", "en CE1~A, en 6e~B"),
        ("n° 4, n°5", "n°~4, n°~5"),
        ("3 ans, 12 €, 50 %, 1 200 élèves", "3~ans, 12~€, 50~%, 1~200~élèves"),
        ("M. Durand et Mme Diallo", "M.~Durand et Mme~Diallo"),
    ],
)
def test_french(typed, shown):
    assert french(typed.replace("~", "\u00a0")) == shown.replace("~", "\u00a0").replace("^", "\u202f")


@pytest.mark.parametrize(
    "text",
    [
        "16:30",
        "https://a.example/?b;c!d",
        "a.b'c@d-e.example",
        "www.a.example/l'a",
        ";-)",
        "06 12 34 56 78",
        "porte-clé",
        "....",
        "1:2",
    ],
)
def test_what_is_no_prose_stays(text):
    assert french(text) == text


@given(st.text(st.sampled_from("aéM. 12h€%:;!?«»\"'-…\u00a0\u202f6e()n°CE1A/@wmai\n")))
def test_the_second_time_changes_nothing(text):
    assert french(french(text)) == french(text)


@given(st.text())
def test_no_letter_or_figure_is_lost(text):
    def letters(text):
        return [letter for letter in text if letter.isalnum()]

    assert letters(french(text)) == letters(text)
    assert "".join(piece for piece, _ in ordinals(text)) == text


def test_ordinals_are_raised_in_rendered_text_only():
    assert [piece for piece, raised in ordinals("1er, 1re, 6e, 2es, 3ème, 1e10, 12er") if raised] == [
        "er",
        "re",
        "e",
        "es",
    ]
    assert render("Le 1er.", LIBRARY).html == "<p>Le 1<sup>er</sup>.</p>"
    assert french("Le 1er.") == "Le 1er."


def test_only_the_words_of_a_text_are_touched():
    text = "Oui ! `a ; b` [l'a ?](/a?b='c') <https://a.example/?d=6e> ![x !](cour.webp)"
    shown = render(text, LIBRARY).html
    assert "<code>a ; b</code>" in shown
    assert "<a href=\"/a?b='c'\">l’a\u202f?</a>" in shown
    assert ">https://a.example/?d=6e</a>" in shown
    assert "<p>Oui\u202f!" in shown


def test_another_language_is_left_as_typed():
    assert render("Oui ? 1er", LIBRARY, language="en").html == "<p>Oui ? 1er</p>"


def test_marks_beside_bold_words_keep_their_spaces():
    assert render("« **oui** » : **Ah** !", LIBRARY).html == (
        "<p>«\u00a0<strong>oui</strong>\u00a0»\u00a0: <strong>Ah</strong>\u202f!</p>"
    )
