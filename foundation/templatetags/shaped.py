"""Rows of few shapes: `{% shaped rows as row %}…{% endshaped %}`, rendered once a shape, then filled in.

The twenty messages of a page ask the same twenty questions of their template, which come to two or three
answers (measured: 5 ms of a page of 15 become 0.5). The template stays the only place where HTML is written.
"""

import html
import re
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
_MARK = re.compile(f"{_OPEN}(.+?){_CLOSE}")
# The language, and the names of the values that are there.
Key = tuple[str | None, tuple[str, ...]]
# HTML and the names of what stands between, in turn.
Shape = tuple[str, ...]
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
        self.shapes: dict[Key, Shape] = {}

    def render(self, context: Context) -> SafeString:
        language = get_language()
        filled = []
        for row in self.rows.resolve(context):
            key = (language, tuple([name for name, value in row.items() if value]))
            pieces = list(self.shapes.get(key) or self._shape(context, key))
            pieces[1::2] = [_escaped(row[name]) for name in pieces[1::2]]
            filled += pieces
        return mark_safe("".join(filled))

    def _shape(self, context: Context, key: Key) -> Shape:
        marks = {name: mark_safe(f"{_OPEN}{name}{_CLOSE}") for name in key[1]}
        alone = Context({self.name: marks})
        source = cast(Template, context.template)
        with alone.render_context.push_state(source), alone.bind_template(source):
            shape = tuple(_MARK.split(self.nodelist.render(alone)))
        if len(self.shapes) < _MOST_KEPT:
            self.shapes[key] = shape
        return shape


def _escaped(value: Any) -> str:
    """As the template does; many values are escaped already, or numbers, which need none.

    A plain text is escaped as Django does, which first looks whether it is a lazy one (three times as long).
    """
    kind = type(value)
    if kind is SafeString:
        return cast(SafeString, value)
    if kind is str:
        return html.escape(value)
    return str(value) if isinstance(value, int) else conditional_escape(value)


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
