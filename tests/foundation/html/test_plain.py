"""The words without their marks, their number, and the time they take."""

from hypothesis import given
from hypothesis import strategies as st

from foundation.html import LIBRARY, HtmlError, Rendition, plain_text, reading_minutes, render, word_count

TEXT = """\
## Ce *soir*
Un
[deux](/a) `trois`.
- quatre
- ![cinq](cour.webp)

|six|sept|
|-|-|
|huit|<neuf> &amp;|

    dix
"""
WORDS = "Ce soir\nUn\ndeux trois.\nquatre\ncinq\nsix\nsept\nhuit\n<neuf> &\ndix"


def test_markdown_and_what_it_became_hold_the_same_words():
    images = {"cour.webp": Rendition("/m/a.webp", 1, 1)}
    assert plain_text(TEXT) == WORDS
    assert plain_text(render(TEXT, LIBRARY, images=images).html) == WORDS


def test_addresses_and_titles_are_no_words():
    assert plain_text("[a](https://b.example 'c') <p>") == "a <p>"


@given(st.text(max_size=300))
def test_any_text_gives_its_words(text):
    assert "\x00" not in plain_text(text)
    try:
        rendered = render(text, LIBRARY, language="").html
    except HtmlError:
        return
    assert plain_text(rendered).split() == plain_text(text).split()


def test_words_are_counted_as_editors_count_them():
    assert word_count("L’école d'aujourd’hui : 3 ans, 1\u00a0200 élèves, 12,5 %.") == 9
    assert word_count("") == 0


def test_reading_takes_a_minute_at_least():
    assert [reading_minutes(words) for words in (0, 1, 180, 269, 270, 900)] == [1, 1, 1, 1, 2, 5]
