"""The pieces of the look say what they must, to eyes and to readers, in both directions."""

import re
from pathlib import Path

import brotli
import html5lib
import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

ROOT = Path(settings.BASE_DIR)
CSS = {path.name: path.read_text() for path in (ROOT / "static" / "css").glob("*.css")}
SIDES = re.compile(r"(?:margin|padding|border)[a-z-]*-(?:left|right):|text-align: (?:left|right)")
SHELLS = ("400", "403", "403_csrf", "404", "413", "429", "500", "maintenance")


class Letter(forms.Form):
    """One field of each kind that the portal's forms use."""

    title = forms.CharField(label="Titre", help_text="En une ligne.")
    to = forms.ChoiceField(label="Pour qui ?", choices=[("a", "CE1"), ("b", "CM2")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="J’ai relu")
    link = forms.CharField(label="Lien", required=False)


@pytest.fixture
def refused() -> Letter:
    form = Letter({"title": "", "link": ""})
    form.is_valid()
    return form


def _tree(html: str):
    return html5lib.parse(html, namespaceHTMLElements=False)


def _render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_an_entry_says_state_then_who_then_role_in_the_margin():
    entry = {
        "title": "T",
        "url": "/t/",
        "state": "new",
        "state_word": "Nouveau",
        "who": "Guide",
        "notes": ["collège"],
    }
    html = render_to_string("components/entry.html", {"entry": entry})
    assert 0 < html.index("Nouveau") < html.index("Guide") < html.index("collège") < html.index('href="/t/"')
    assert "bar is-new" in html


def test_an_entry_without_state_has_no_bar():
    html = render_to_string("components/entry.html", {"entry": {"title": "T", "url": "/t/"}})
    assert "bar" not in html


def test_a_title_in_another_language_is_isolated_and_named():
    entry = {"title": "الشاشات", "url": "/t/", "lang": "ar"}
    html = render_to_string("components/entry.html", {"entry": entry})
    assert '<h3 class="entry-title" lang="ar">' in html
    assert "<bdi>الشاشات</bdi>" in html


def test_text_given_to_a_component_is_escaped():
    entry = {"title": "<script>x</script>", "url": "/t/", "summary": "<b>", "notes": ["<i>"]}
    html = render_to_string("components/entry.html", {"entry": entry})
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_an_empty_facet_value_is_words_and_a_chosen_one_says_how_to_remove_it():
    rows = [
        {"label": "Guide", "url": "?a", "count": 3, "chosen": True},
        {"label": "Vidéo", "url": "?b", "count": 0, "chosen": False},
        {"label": "Article", "url": "?c", "count": 2, "chosen": False},
    ]
    html = render_to_string("components/facet.html", {"facet": {"title": "Forme", "rows": rows}})
    assert html.count("<a ") == 2
    assert 'href="?b"' not in html
    assert html.count('aria-current="true"') == 1


def test_a_missing_version_is_plain_text_and_the_current_one_no_link():
    versions = [
        {"label": "Texte complet", "url": "", "current": True},
        {"label": "العربية", "url": "/ar/", "lang": "ar"},
        {"label": "Simple", "url": ""},
    ]
    html = render_to_string("components/versions_tabs.html", {"versions": versions})
    assert html.count("<a ") == 1
    assert 'lang="ar" hreflang="ar"' in html
    assert '<span class="missing">Simple</span>' in html


def test_a_field_in_error_is_tied_to_its_hint_and_error(refused):
    html = render_crispy_form(refused)
    tree = _tree(html)
    field = tree.find(".//input[@id='id_title']")
    ids = field.get("aria-describedby").split()
    assert ids == ["id_title_helptext", "id_title_error"]
    assert field.get("aria-invalid") == "true"
    assert all(tree.find(f".//*[@id='{name}']") is not None for name in ids)
    assert html.index("id_title_helptext") < html.index("id_title_error") < html.index('name="title"')


def test_choices_stand_in_a_named_fieldset_that_carries_the_error(refused):
    tree = _tree(render_crispy_form(refused))
    group = tree.find(".//div[@id='div_id_to']/fieldset")
    assert group.find("legend").text.startswith("Pour qui")
    assert "id_to_error" in group.get("aria-describedby")


def test_what_is_optional_is_said_in_words_and_nothing_by_a_star(refused):
    html = render_crispy_form(refused)
    assert "*" not in html
    assert html.count('class="optional"') == 1


def test_the_error_summary_leads_to_each_field_and_takes_the_focus(refused):
    html = _render("{% load components %}{% error_summary form %}", form=refused)
    tree = _tree(html)
    fields = _tree(render_crispy_form(refused))
    targets = [link.get("href")[1:] for link in tree.findall(".//a")]
    assert targets == ["id_title", "id_to_0", "id_agreed"]
    assert all(fields.find(f".//*[@id='{target}']") is not None for target in targets)
    summary = tree.find(".//div[@role='alert']")
    assert summary.get("autofocus") is not None
    assert summary.get("tabindex") == "-1"


def test_a_block_of_content_is_wrapped_as_a_notice():
    html = _render(
        '{% load components %}{% notice "Pas trouvé" %}<p>{{ text }}</p>{% endnotice %}', text="<x>"
    )
    assert '<b class="state">Pas trouvé</b>' in html
    assert "<p>&lt;x&gt;</p>" in html


@pytest.mark.parametrize("name", SHELLS)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_error_pages_need_nothing_and_carry_no_inline_style_or_script(name, language):
    with translation.override(language):
        html = render_to_string(f"{name}.html")
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    assert tree.get("dir") == ("rtl" if language == "ar" else "ltr")
    assert tree.get("lang") == language
    assert len(tree.findall(".//h1")) == 1
    assert not tree.findall(".//style")
    assert " style=" not in html
    assert all(script.get("src") for script in tree.findall(".//script"))
    assert not tree.findall(".//link[@href='']")


def test_a_missing_page_offers_a_search_filled_from_its_address():
    html = render_to_string("404.html", {"search": "charte telephone"})
    assert 'value="charte telephone"' in html


def _channel(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    red, green, blue = (int(digits[i : i + 2], 16) for i in (0, 2, 4))
    return 0.2126 * _channel(red) + 0.7152 * _channel(green) + 0.0722 * _channel(blue)


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2's ratio of two colours."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _tokens(dark: bool) -> dict[str, str]:
    light, night = re.findall(r":root \{(.*?)\n {0,2}\}", CSS["theme.css"], re.S)[:2]
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", light))
    if dark:
        found |= dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", night))
    return found


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("front", "ground", "least"),
    [
        ("ink", "paper", 7),
        ("ink", "sheet", 7),
        ("ink-soft", "paper", 4.5),
        ("ink-soft", "sheet", 4.5),
        ("action", "paper", 4.5),
        ("action", "sheet", 4.5),
        ("on-action", "action", 4.5),
        ("on-action", "action-strong", 4.5),
        ("on-roof", "roof", 7),
        ("on-roof-soft", "roof", 4.5),
        ("on-chalk", "chalk", 7),
        ("chalk", "roof", 3),
        ("alert", "paper", 4.5),
        ("done", "paper", 4.5),
        ("edge", "paper", 3),
        ("edge", "sheet", 3),
        ("margin-rule", "paper", 3),
    ],
)
def test_tokens_keep_their_contrast(front, ground, least, dark):
    tokens = _tokens(dark)
    assert _contrast(tokens[front], tokens[ground]) >= least


def test_dark_tokens_are_not_the_light_ones():
    assert _tokens(True)["paper"] != _tokens(False)["paper"]


@pytest.mark.parametrize("name", ["theme.css", "admin.css", "print.css"])
def test_style_sheets_load_nothing_from_elsewhere(name):
    for address in re.findall(r"url\(\"?([^\")]+)", CSS[name]):
        assert address.startswith(("../font/", "data:image/svg+xml")), address


@pytest.mark.parametrize("name", ["theme.css", "admin.css"])
def test_only_properties_that_follow_the_reading_direction_set_the_sides(name):
    """LOOK 5: physical sides are left to .frame and to what covers a box from edge to edge."""
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", CSS[name])
    for selector, body in rules:
        for side in SIDES.findall(body):
            symmetric = "left" in body and "right" in body
            assert symmetric, (selector.strip(), side)


def test_the_first_view_fits_its_budget():
    """DESIGN 10: 50 kB; LOOK 7: Bootstrap 23, theme 8 at most, font 11.5 at most."""
    assert len(brotli.compress(CSS["theme.css"].encode())) <= 8_000
    assert (ROOT / "static" / "font" / "besley-600-fr.woff2").stat().st_size <= 11_500
