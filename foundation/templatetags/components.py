"""Tags for the pieces of the look that wrap content or read a form; the rest are includes of components/."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.contrib.humanize.templatetags.humanize import apnumber
from django.forms import BaseForm, BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

register = template.Library()

# Written here and not in templates of their own: most private pages have both, and a template of three values
# takes ten times as long.
_WHO_CAN_READ = (
    '<div class="notice who">\n<p class="note"><b>{}</b></p>\n<div class="entry-text">{}{}</div>\n</div>'
)
_SEE_WHO = ' <a href="{}">{}</a>'
_PAGES = '<nav class="pager" aria-label="{}">\n<p>{}</p>\n{}\n</nav>'
_WAY = '<a href="{}" rel="{}">{}</a>'


@register.simple_block_tag
def notice(content: SafeString, name: str, state: str = "") -> SafeString:
    """Wrap `content` as an entry between hairlines that the margin names; state is "", new, done or alert."""
    return render_to_string("components/notice.html", {"name": name, "state": state, "body": content})


@register.simple_block_tag
def who_can_read(content: SafeString, name: str = "", see: str = "") -> SafeString:
    """Wrap the sentence that says who reads this page, directly under the h1 of any that is not open to all.

    `name` is for the margin, `content` begins with a bold number, `see` is the address where they are named.
    """
    link = format_html(_SEE_WHO, see, gettext("See who")) if see else ""
    return format_html(_WHO_CAN_READ, name or gettext("Who can read here"), content, link)


@register.simple_tag
def pagination(pager: Mapping[str, Any]) -> SafeString:
    """Lead from page to page: number, total, and if there is one previous and next, each {label, url}.

    The labels say it in words: "Next page: results 6 to 10".
    """
    where = gettext("Page %(number)s of %(total)s") % {"number": pager["number"], "total": pager["total"]}
    ways = ((way, pager.get(name)) for name, way in (("previous", "prev"), ("next", "next")))
    links = format_html_join("", _WAY, ((step["url"], way, step["label"]) for way, step in ways if step))
    return format_html(_PAGES, gettext("Pages"), where, format_html("<div>{}</div>", links) if links else "")


@register.simple_tag(takes_context=True)
def title_again(context: Context) -> SafeString:
    """Say the block "title" of this page once more: the last step of a breadcrumb, not written twice."""
    title: SafeString = context.render_context[BLOCK_CONTEXT_KEY].get_block("title").render(context)
    return title


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm, title: str = "") -> dict[str, object]:
    """List the errors of `form`, each linked to its field. Call it only if `form.errors`."""
    rows = [{"text": text, "target": ""} for text in form.non_field_errors()]
    for field in form:
        rows += [{"text": _named(field, str(text)), "target": _target(field)} for text in field.errors]
    return {"title": title or _things_to_correct(len(rows)), "rows": rows}


def _named(field: BoundField, text: str) -> str:
    """Begin with the field's name, so that the link says where it leads; a question needs no colon."""
    label = str(field.label)
    return f"{label} {text}" if label.endswith(("?", "؟")) else f"{label}{gettext(': ')}{text}"


def _target(field: BoundField) -> str:
    """Return the id that takes the focus: the first choice where the field is a group of them."""
    if field.id_for_label:
        return field.id_for_label
    choices = list(field.subwidgets)
    return choices[0].id_for_label if choices else field.auto_id


def _things_to_correct(count: int) -> str:
    sentence = ngettext("One thing to correct", "%(count)s things to correct", count)
    return capfirst(sentence % {"count": apnumber(count)})
