"""What the policy header forbids stands in no template; what costs in a loop stands in the view's row."""

import re
from pathlib import Path

import pytest
from django.template import Engine, engines
from django.template.base import Node, NodeList, Template, VariableNode
from django.template.defaulttags import ForNode, URLNode
from django.template.loader_tags import IncludeNode
from django.templatetags.i18n import BlockTranslateNode

from tests.architecture.tree import BASE_DIR

TEMPLATES = sorted((BASE_DIR / "templates").rglob("*.html"))
# Mails carry their style in the text: a mail program loads nothing (DESIGN §4).
PAGES = [path for path in TEMPLATES if "mail" not in path.relative_to(BASE_DIR / "templates").parts]
STYLE = re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE)
HANDLER = re.compile(r"<[^>{%]*\son[a-z]+\s*=", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")", re.IGNORECASE)
ELSEWHERE = re.compile(
    r"<(?:link|script|img|iframe|source|video|audio)\b[^>]*\b(?:src|href)=\"(?:https?:)?//", re.IGNORECASE
)


def name(path: Path) -> str:
    return path.relative_to(BASE_DIR / "templates").as_posix()


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_no_style_script_or_handler_stands_in_a_template(path):
    source = re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", path.read_text(), flags=re.DOTALL)
    assert not STYLE.search(source)
    assert not HANDLER.search(source)
    assert not SCRIPT.search(source)
    assert not ELSEWHERE.search(source)


def test_the_patterns_bite():
    """Twin: what is looked for would be found."""
    assert STYLE.search('<p style="color:red">')
    assert HANDLER.search('<button type="button" onclick="x()">')
    assert SCRIPT.search("<script>alert(1)</script>")
    assert not SCRIPT.search('<script type="module" src="/static/js/print.js"></script>')
    assert ELSEWHERE.search('<img src="https://elsewhere.example/a.png">')


# Tags and filters that cost most of a page's time in a long loop (DESIGN §10); few-row loops may use them.
SLOW_FILTERS = {"date", "time", "naturaltime", "timesince"}
# Loops that can never be long, each with its reason.
FEW_ROWS = {"components/filters_in_words.html": "one row a facet, six facets"}


def slow_parts(template: Template) -> list[str]:
    """Name what is slow in each loop of `template`, and in the pieces a loop includes."""
    found = []
    for loop in template.nodelist.get_nodes_by_type(ForNode):
        found += _slow_nodes(loop.nodelist_loop)
    return found


def _slow_nodes(nodes: NodeList) -> list[str]:
    found = []
    for node in nodes.get_nodes_by_type(Node):
        if isinstance(node, URLNode | BlockTranslateNode):
            found.append(f"{type(node).__name__} at line {node.token.lineno}")
        elif isinstance(node, VariableNode):
            names = {filter_[0].__name__ for filter_ in node.filter_expression.filters}
            found += [f"|{slow} at line {node.token.lineno}" for slow in names & SLOW_FILTERS]
        elif isinstance(node, IncludeNode) and isinstance(node.template.var, str):
            piece = engines["django"].get_template(node.template.var).template
            found += [f"{node.template.var}: {slow}" for slow in _slow_nodes(piece.nodelist)]
    return found


@pytest.mark.parametrize(
    "path", [p for p in PAGES if name(p).startswith(("components/", "resources/", "portal/"))], ids=name
)
def test_loops_over_rows_work_nothing_out(path):
    if name(path) in FEW_ROWS:
        return
    template = engines["django"].get_template(name(path)).template
    assert not slow_parts(template)


def test_a_slow_loop_would_be_found():
    """Twin."""
    engine = Engine.get_default()
    slow = Template(
        "{% load i18n %}{% for row in rows %}{% url 'home' %}{{ row.day|date:'j' }}"
        "{% if row %}{% blocktranslate %}x{% endblocktranslate %}{% endif %}{% endfor %}",
        engine=engine,
    )
    assert len(slow_parts(slow)) == 3
