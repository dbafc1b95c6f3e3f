"""The tag shaped: what a row holds is shown as a plain loop shows it, never as a row before it."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

INSIDE = (
    '<p{% if row.url %} title="{{ row.url }}"{% endif %}>{{ row.who }}{% if row.new %}, {new}{% endif %}'
    '{% if row.none %}{% translate "Yes" %}{% endif %}</p>'
)
SHAPED = "{% load shaped %}{% shaped rows as row %}" + INSIDE + "{% endshaped %}"
LOOP = "{% for row in rows %}" + INSIDE + "{% endfor %}"
HOSTILE = '<b>"&{who}{{ row.url }}%s{0}\ue000who\ue001'


def rows():
    return [
        {"who": HOSTILE, "url": HOSTILE, "none": ""},
        {"who": "Karim", "url": "", "none": ""},
        {"who": 7, "url": "/a?b&c", "new": True, "none": None},
        {"who": "Léa", "url": "/b", "none": "x"},
        {"who": "Nora", "url": '"><script>', "none": ""},
    ]


def test_rows_of_every_shape_are_shown_as_a_loop_shows_them():
    shaped = Template(SHAPED)
    for given in (rows(), rows()[::-1], []):
        assert shaped.render(Context({"rows": given})) == Template(LOOP).render(Context({"rows": given}))
    assert "<script>" not in shaped.render(Context({"rows": rows()}))


def test_a_shape_is_kept_for_its_language_and_its_values_for_nobody():
    shaped = Template(SHAPED)
    given = {"rows": [{"who": "Karim", "none": "x"}]}
    with translation.override("en"):
        english = shaped.render(Context(given))
    with translation.override("fr"):
        french = shaped.render(Context(given))
    assert english != french
    assert "Karim" not in shaped.render(Context({"rows": [{"who": "Léa", "none": "x"}]}))


def test_nothing_but_the_row_is_known_inside():
    source = (
        "{% load shaped %}{% shaped rows as row %}{% if secret %}told{% endif %}{{ row.who }}{% endshaped %}"
    )
    assert Template(source).render(Context({"rows": [{"who": "Karim"}], "secret": "x"})) == "Karim"


def test_it_says_how_it_is_written():
    with pytest.raises(TemplateSyntaxError, match="shaped rows as row"):
        Template("{% load shaped %}{% shaped rows %}{% endshaped %}")
