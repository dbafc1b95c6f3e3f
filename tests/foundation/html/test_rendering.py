"""What a writer gets: headings, links, images, tables, and plain words past the limits."""

import pytest

from foundation.html import (
    LIBRARY,
    MAX_CHARACTERS,
    MESSAGE,
    RENDERER_VERSION,
    HtmlError,
    ImageUse,
    NestingTooDeep,
    OutputTooLarge,
    Rendition,
    TableTooWide,
    TextTooLong,
    image_uses,
    render,
)
from foundation.html.profiles import MAX_BYTES, MAX_NESTING
from tests.foundation.html.trees import faults

IMAGES = {"cour.webp": Rendition("/m/cour-480.webp", 480, 320)}


def html(text, profile=LIBRARY, **options):
    return render(text, profile, **options).html


def wide_table(columns):
    return "|a" * columns + "|\n" + "|-" * columns + "|\n" + "|b" * columns + "|\n"


def test_no_text_gives_a_page_a_second_first_heading():
    text = "# Un\n## Deux\n### Trois\n#### Quatre\n##### Cinq\nSix\n==="
    levels = [heading.level for heading in render(text, LIBRARY).headings]
    assert levels == [2, 2, 3, 4, 4, 2]
    assert "<h1" not in html(text, MESSAGE)


def test_headings_have_ascii_ids_of_their_own():
    rendered = render("## Où ça ?\n## Où ça ?\n## Œuvre *d’art*\n## ورقة\n## Ou ca 2\n## `<b>`", LIBRARY)
    assert [heading.id for heading in rendered.headings] == [
        "s-ou-ca",
        "s-ou-ca-2",
        "s-oeuvre-d-art",
        "s-section",
        "s-ou-ca-2-2",
        "s-b",
    ]
    assert all(f' id="{heading.id}">' in rendered.html for heading in rendered.headings)
    assert rendered.headings[2].text == "Œuvre d’art"
    assert rendered.headings[5].text == "<b>"
    assert rendered.version == RENDERER_VERSION


def test_messages_on_one_page_share_no_id():
    rendered = render("## Bonjour", MESSAGE)
    assert (rendered.html, rendered.headings) == ("<h2>Bonjour</h2>", ())


def test_a_link_out_of_the_site_tells_nothing_to_where_it_leads():
    assert html("[a](https://a.example/?b=1&c=2)") == (
        '<p><a href="https://a.example/?b=1&amp;c=2" rel="noopener noreferrer">a</a></p>'
    )
    assert html("[a](/aide/)") == '<p><a href="/aide/">a</a></p>'


@pytest.mark.parametrize(
    "address",
    [
        "aide",
        "../aide",
        "#haut",
        "//a.example",
        "https://a@b.example",
        "javascript:x",
        "https://ⓔvil.example",
        "https://a_b.example",
        "mailto:a@b.example?subject=c%0aBcc:d@e.example",
    ],
)
def test_a_link_elsewhere_keeps_its_words_only(address):
    assert html(f"[mots]({address})") == "<p>mots</p>"


def test_an_image_of_the_resource_becomes_its_rendition():
    assert html('![La "C"](cour.webp)', images=IMAGES) == (
        '<p><img alt="La &quot;C&quot;" src="/m/cour-480.webp" width="480" height="320" loading="lazy"></p>'
    )
    wide = {"cour.webp": Rendition("/m/a.webp", 480, 320, "/m/a.webp 480w, /m/b.webp 960w")}
    assert ' srcset="/m/a.webp 480w, /m/b.webp 960w" sizes="' in html("![x](cour.webp)", images=wide)


def test_any_other_image_leaves_its_words():
    assert html("![La cour](autre.webp) ![x](https://a.example/p.png)", images=IMAGES) == "<p>La cour x</p>"
    assert html("![La cour](cour.webp)", MESSAGE, images=IMAGES) == "<p>La cour</p>"
    assert html("![La cour](cour.webp)") == "<p>La cour</p>"


def test_an_editor_is_told_of_each_image_of_a_text():
    text = "![La *cour*](cour.webp)\n\n- ![](sans.webp)"
    assert image_uses(text) == [ImageUse("cour.webp", "La cour"), ImageUse("sans.webp", "")]


def test_tables_are_for_the_library():
    assert html(wide_table(12)).count('<th scope="col">') == 12
    assert "<table" not in html(wide_table(2), MESSAGE)
    with pytest.raises(TableTooWide, match="13"):
        render(wide_table(13), LIBRARY)


@pytest.mark.parametrize("rows", ["", "|\n" * 9000, "x\n" * 9000])
def test_a_table_of_500_columns_is_told(rows):
    text = (wide_table(500) + rows)[:MAX_CHARACTERS]
    with pytest.raises(TableTooWide):
        render(text, LIBRARY)
    assert render(text, MESSAGE).html


def test_line_ends_stay_where_they_are_asked_to():
    assert html("Un.\nDeux.", breaks=True) == "<p>Un.<br>\nDeux.</p>"
    assert html("Un.\nDeux.") == "<p>Un.\nDeux.</p>"


def test_a_tag_typed_in_a_text_is_shown_as_typed():
    assert html("<b>x</b> & y") == "<p>&lt;b&gt;x&lt;/b&gt; &amp; y</p>"


def test_control_characters_and_half_characters_go():
    assert html("a\x00b\x1b\ufffe &#12; \ud83d é 😀 𠀀") == "<p>ab  \ufffd é 😀 𠀀</p>"


def test_length_is_counted_before_anything_is_read():
    assert render("a" * MAX_CHARACTERS, MESSAGE).html
    with pytest.raises(TextTooLong, match="20001"):
        render("a" * (MAX_CHARACTERS + 1), MESSAGE)


def test_what_would_weigh_too_much_is_told():
    # An empty cell costs two characters in and ten bytes out.
    heavy = "|a" * 12 + "|\n" + "|-" * 12 + "|\n" + "|\n" * 700
    with pytest.raises(OutputTooLarge):
        render("&" * MAX_CHARACTERS, MESSAGE)
    with pytest.raises(OutputTooLarge):
        render(heavy, LIBRARY)
    assert len(html("&" * 12_000, MESSAGE).encode()) <= MAX_BYTES


@pytest.mark.parametrize("deep", ["> ", "- ", "1. "])
def test_deep_nesting_is_told_and_loses_no_word(deep):
    assert "mot" in html(deep * 5 + "mot")
    for depth in range(1, 3 * MAX_NESTING):
        try:
            assert "mot" in html(deep * depth + "mot"), depth
        except NestingTooDeep:
            continue
    with pytest.raises(NestingTooDeep):
        html(deep * 200 + "mot")


def test_deep_emphasis_is_told():
    with pytest.raises(NestingTooDeep):
        html("*a **b " * 40 + "c" + "***" * 40)


PATTERNS = (
    "[",
    "![",
    "(",
    "<",
    "*",
    "_",
    "`",
    ">",
    "-",
    "#",
    "|",
    "&",
    "\\",
    "!",
    "a",
    "é",
    "«",
    "»",
    "\xa0",
    "1",
    '"',
    "'",
    "~",
    "=",
    ":",
    "www.",
    "a@",
    "http://",
    "**a",
    "*a**",
    "[a](",
    "[a]:",
    "![a][",
    "``",
    "***",
    "_*",
    "</",
    "<!--",
    "&#",
    "&nbsp;",
    "<a@b.c>",
    "<https://a.b>",
    "a|b",
)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_without_end_is_rendered_or_refused(pattern):
    """At 20,000 characters the slowest, "![", took 0.7 s; here a tenth: a pattern in 2ⁿ would hang."""
    text = (pattern * 2000)[:2000]
    for repeated in (text, "\n".join(pattern * k for k in range(60))[:2000]):
        try:
            assert faults(html(repeated), LIBRARY) == []
        except HtmlError as error:
            assert str(error)


def test_the_sentences_told_name_their_figures():
    for error in (
        TextTooLong(length=1, limit=2),
        OutputTooLarge(),
        NestingTooDeep(),
        TableTooWide(columns=13, limit=12),
    ):
        assert str(error) and "%" not in str(error)
