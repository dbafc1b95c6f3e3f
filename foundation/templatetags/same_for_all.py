"""Mark what a page says to everybody alike: `{% same_for_all %}…{% endsame_for_all %}`, made once a language.

What stands inside is rendered in an empty context: of a person, a request or a school it can show nothing.
"""

from typing import cast

from django import template
from django.template.base import NodeList, Parser, Template, Token
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


class SameForAllNode(template.Node):
    """Render what stands inside once for each language; the process keeps it as it keeps the template."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self.made: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = get_language()
        found = self.made.get(language)
        if found is None:
            found = self.made[language] = self._render(context)
        return found

    def _render(self, context: Context) -> SafeString:
        nothing = Context()
        source = cast(Template, context.template)
        with nothing.render_context.push_state(source), nothing.bind_template(source):
            return self.nodelist.render(nothing)


@register.tag
def same_for_all(parser: Parser, token: Token) -> SameForAllNode:
    """Compile the tag; it takes no argument, and no block of a child may stand inside."""
    nodelist = parser.parse(("endsame_for_all",))
    parser.delete_first_token()
    return SameForAllNode(nodelist)
