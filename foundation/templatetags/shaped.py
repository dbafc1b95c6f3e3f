"""Rows of few shapes: `{% shaped rows as row %}…{% endshaped %}`, rendered once a shape, then filled in.

The twenty messages of a page ask the same twenty questions of their template, which come to two or three
answers (measured: 5 ms of a page of 15 become 0.5). The template stays the only place where HTML is written.
"""

from collections.abc import Mapping
from typing import Any, cast

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Template, Token
from django.template.context import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()

# Around the name of a value in what the template gives: signs that no template and no catalogue holds.
_OPEN, _CLOSE = "\ue000", "\ue001"
# About 2 kB each; past these a shape is rendered at each visit.
_MOST_KEPT = 256


class ShapedNode(template.Node):
    """Render what stands inside for each row, a dict of texts and numbers.

    Of a value it may ask whether it is there, and show it, escaped as everywhere. It compares none, passes
    none through a filter, and knows nothing else of the context: what it says depends on no other thing.
    """

    def __init__(self, rows: FilterExpression, name: str, nodelist: NodeList) -> None:
        self.rows = rows
        self.name = name
        self.nodelist = nodelist
        # (language, names of the values that are there) → HTML, names of those that it shows.
        self.shapes: dict[tuple[str | None, tuple[str, ...]], tuple[str, tuple[str, ...]]] = {}

    def render(self, context: Context) -> SafeString:
        language = get_language()
        filled = []
        for row in self.rows.resolve(context):
            key = (language, tuple([name for name, value in row.items() if value]))
            html, shown = self.shapes.get(key) or self._shape(context, key)
            filled.append(html.format_map(_escaped(row, shown)))
        return mark_safe("".join(filled))

    def _shape(
        self, context: Context, key: tuple[str | None, tuple[str, ...]]
    ) -> tuple[str, tuple[str, ...]]:
        """The HTML of such rows, {name} in the place of each value."""
        marks = {name: mark_safe(f"{_OPEN}{name}{_CLOSE}") for name in key[1]}
        alone = Context({self.name: marks})
        source = cast(Template, context.template)
        with alone.render_context.push_state(source), alone.bind_template(source):
            html = str(self.nodelist.render(alone))
        shown = tuple(name for name, mark in marks.items() if mark in html)
        html = html.replace("{", "{{").replace("}", "}}")
        made = (html.replace(_OPEN, "{").replace(_CLOSE, "}"), shown)
        if len(self.shapes) < _MOST_KEPT:
            self.shapes[key] = made
        return made


def _escaped(row: Mapping[str, Any], shown: tuple[str, ...]) -> dict[str, str]:
    return {name: conditional_escape(row[name]) for name in shown}


@register.tag
def shaped(parser: Parser, token: Token) -> ShapedNode:
    """Compile the tag: the rows, "as", and the name of each inside."""
    try:
        _, rows, word, name = token.split_contents()
    except ValueError:
        word = ""
    if word != "as":
        raise template.TemplateSyntaxError("shaped takes rows and a name: {% shaped rows as row %}")
    nodelist = parser.parse(("endshaped",))
    parser.delete_first_token()
    return ShapedNode(parser.compile_filter(rows), name, nodelist)
