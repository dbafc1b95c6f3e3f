"""Mark the parts of a public page that differ from person to person: `{% hole "roof" %}…{% endhole %}`."""

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context

from foundation.pagecache import close_mark, open_mark

register = template.Library()


class HoleNode(template.Node):
    """Render what stands inside, between marks when the page is being kept in memory."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        inside = self.nodelist.render(context)
        if not getattr(context.get("request"), "keeps_holes", False):
            return inside
        return f"{open_mark(self.name)}{inside}{close_mark(self.name)}"


@register.tag
def hole(parser: Parser, token: Token) -> HoleNode:
    """Compile the tag; its one argument is a quoted name."""
    try:
        _, quoted = token.split_contents()
    except ValueError as error:
        raise template.TemplateSyntaxError('hole takes one quoted name: {% hole "roof" %}') from error
    nodelist = parser.parse(("endhole",))
    parser.delete_first_token()
    return HoleNode(quoted.strip("\"'"), nodelist)
