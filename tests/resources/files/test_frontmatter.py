"""One file read strictly, written in one form."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.files import frontmatter, schema, strict_yaml
from resources.files.findings import BadFiles
from tests.resources.files.conftest import FILES, GUIDE, SIMPLE


def read(text, name="rendez-vous.md", keys=schema.RESOURCE):
    data = text.encode() if isinstance(text, str) else text
    return frontmatter.read(data, name, keys)


def refusals(text, **options):
    with pytest.raises(BadFiles) as caught:
        read(text, **options)
    return [(found.line, found.msgid % found.params) for found in caught.value.findings]


def test_a_file_becomes_values_with_their_lines():
    page = read(GUIDE)
    assert page.meta["title"] == "Comment préparer un rendez-vous ?"
    assert page.meta["review_by"] == datetime.date(2027, 11, 24)
    assert page.line_of("themes") == 9
    assert page.line_of("en_bref", 2) == 5
    assert (page.body, page.body_line) == ("## Ce soir\nPrenez un papier.\n", 18)


def test_what_is_written_is_what_was_read():
    page = read(GUIDE)
    assert frontmatter.write(page.meta, schema.RESOURCE, page.body) == GUIDE


def test_windows_line_ends_and_a_byte_order_mark_change_nothing():
    page = read(b"\xef\xbb\xbf" + GUIDE.replace("\n", "\r\n").encode())
    assert frontmatter.write(page.meta, schema.RESOURCE, page.body) == GUIDE


def test_empty_keys_and_spaces_at_line_ends_are_left_out():
    page = read(GUIDE.replace("papier.\n", "papier.  \n\n\n").replace("status:", "competences: []\nstatus:"))
    assert frontmatter.write(page.meta, schema.RESOURCE, page.body) == GUIDE


def test_lists_of_known_words_are_written_in_their_order():
    page = read(GUIDE.replace("[maternelle, elementaire]", "[elementaire, maternelle]"))
    assert frontmatter.write(page.meta, schema.RESOURCE, page.body) == GUIDE


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("slug: rendez-vous", "slug: ../rendez-vous", 3, "is not a slug"),
        ("slug: rendez-vous", "slug: Rendez Vous", 3, "is not a slug"),
        ("kind: guide", "kind: roman", 6, "roman"),
        ("kind: guide", "kind: [guide]", 6, "quotation marks"),
        ("kind: guide", "kind: guide\nkind: lien", 7, "twice"),
        ("kind: guide", "colour: red\nkind: guide", 6, "unknown"),
        ("kind: guide\n", "", 1, "missing"),
        ("kind: guide", "kind:", 6, "missing"),
        ("levels: [maternelle", "levels: [maternelle, maternelle", 8, "twice"),
        ("audiences: [parents]", "audiences: parents", 7, "must be a list"),
        ("reviewed: 2026-11-24", "reviewed: 24/11/2026", 15, "date"),
        ("reviewed: 2026-11-24", "reviewed: 2026-13-24", 15, "not a possible value"),
        ("reviewed: 2026-11-24", "reviewed: 2026-11-24 10:00:00", 15, "date"),
        ('title: "Comment préparer un rendez-vous ?"', "title: 12", 2, "quotation marks"),
        ('title: "Comment', 'title: "' + "long " * 40 + "Comment", 2, "longer than"),
        ('title: "Comment', 'title: "Comm\\nent', 2, "one line"),
        ("source: {", "source: &anchor {", 11, "anchors"),
        ("slug: rendez-vous", "slug: !!python/name:os.system rendez-vous", 3, "tags"),
        ("slug: rendez-vous", "slug: !!str rendez-vous", 3, "tags"),
        ("slug: rendez-vous", "slug: *other", 3, "anchors"),
        ("slug: rendez-vous", "slug: {a: {b: {c: {d: {e: {f: {}}}}}}}", 3, "nested"),
        ('"https://example.org/page"', '"javascript:alert(1)"', 12, "not an address"),
        ("published: 2026", "{published: 2026", 15, "cannot be read"),
        ("Prenez un papier.", "Prenez <script>alert(1)</script>", 19, "HTML"),
        ("Prenez un papier.", "Prenez <img src=x onerror=alert(1)>", 19, "HTML"),
        ("Prenez un papier.", "Prenez un \x00 papier.", 19, "U+0000"),
        ("Prenez un papier.", "a" * 20_001, 18, "20000"),
        ("---\ntitle", "title", 1, "must begin"),
        ("---\n##", "##", 1, "no closing line"),
    ],
)
def test_a_bad_file_is_named_by_line_and_reason(old, new, line, words):
    assert old in GUIDE
    found = refusals(GUIDE.replace(old, new, 1))
    assert any(at == line and words in reason for at, reason in found), found


def test_a_windows_1252_file_is_named_by_its_first_bad_line():
    assert refusals(GUIDE.encode("cp1252"))[0][0] == 2
    assert "Windows-1252" in refusals(GUIDE.encode("cp1252"))[0][1]


def test_every_reason_of_a_file_is_told_at_once():
    broken = GUIDE.replace("kind: guide", "kind: roman").replace("Prenez", "<b>Prenez")
    assert [line for line, _reason in refusals(broken)] == [6, 19]


def test_code_and_comparisons_are_no_html():
    assert read(GUIDE.replace("Prenez", "Si 2 < 3, `<b>` et <https://example.org/> : prenez")).body


def test_a_variant_has_keys_of_its_own():
    assert read(SIMPLE, keys=schema.VARIANT).meta["variant"] == "simple"
    assert (
        "unknown" in refusals(SIMPLE.replace("variant:", "kind: guide\nvariant:"), keys=schema.VARIANT)[0][1]
    )


@pytest.mark.parametrize("word", ["no", "null", "2026-11-24", "12", "1e3", "~", "", "- a", "a: b", "é#"])
def test_a_bare_word_that_yaml_reads_otherwise_is_quoted(word):
    value, _lines = strict_yaml.load(f"key: {strict_yaml.scalar(word)}", "x")
    assert value == {"key": word}


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
def test_any_text_comes_back_from_its_quoted_form(text):
    written = f"key: {strict_yaml.quoted(text)}"
    assert "\n" not in written
    assert strict_yaml.load(written, "x")[0] == {"key": text}


@given(st.binary(max_size=200))
def test_wild_bytes_are_refused_never_a_crash(data):
    for start in (b"", b"---\n", b"---\ntitle: "):
        with pytest.raises(BadFiles):
            frontmatter.read(start + data, "x.md", schema.RESOURCE)


@given(st.text(alphabet="-[]{}:,&*!|>'\"#%@`? \n\tabc019~<", max_size=80))
def test_wild_yaml_gives_values_or_a_refusal(text):
    try:
        strict_yaml.load(text, "x")
    except BadFiles as error:
        assert error.findings[0].line >= 1


def test_the_example_files_are_canonical():
    for name in ("rendez-vous.md", "bulletin.md"):
        page = read(FILES[name], name)
        assert frontmatter.write(page.meta, schema.RESOURCE, page.body) == FILES[name]
