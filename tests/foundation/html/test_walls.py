"""Hostile texts go through every door; what comes out holds nothing but what a profile allows."""

import re
from collections.abc import Callable

import nh3
import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from foundation.html import LIBRARY, MESSAGE, HtmlError, Profile, rendering
from foundation.html.cleaning import PROTOCOLS, attribute_test, clean
from tests.foundation.html.hostile_page import DOORS, IMAGES, out_of
from tests.foundation.html.trees import faults, tree
from tests.foundation.html.vectors import MARKDOWN, VECTORS, mutations

PROFILES = (MESSAGE, LIBRARY)
OURS = frozenset(rendition.url for rendition in IMAGES.values())
TEXTS = (*VECTORS, *mutations(400))
# Texts of which bleach and nh3 leave different trees, each with its reason. None is known.
EXCEPTIONS: dict[str, str] = {}


def nh3_clean(html: str, profile: Profile, images) -> str:
    """Clean with nh3 by the same lists as `cleaning.clean`."""
    is_kept = attribute_test(images)
    names = {
        "a": {"href"},
        "ol": {"start"},
        "img": {"alt", *next(iter(images.values())).attributes()} if images else set(),
    }
    return nh3.clean(
        html,
        tags=set(profile.tags),
        clean_content_tags=set(),
        attributes={tag: allowed for tag, allowed in names.items() if tag in profile.tags},
        attribute_filter=lambda tag, name, value: value if is_kept(tag, name, value) else None,
        url_schemes=set(PROTOCOLS),
        link_rel=None,
        strip_comments=True,
    )


def caught(texts, door: Callable[[str], str], profile: Profile) -> dict[str, list[str]]:
    return {text: found for text in texts if (found := faults(out_of(door, text), profile, OURS))}


def test_more_than_two_hundred_texts_are_told_apart():
    assert len(set(VECTORS)) >= 200
    assert len(set(TEXTS)) >= 800


@pytest.mark.parametrize("name", DOORS)
def test_every_door_lets_out_only_what_it_may(name):
    profile = LIBRARY if name.startswith("library") else MESSAGE
    assert caught(TEXTS, DOORS[name], profile) == {}


def test_the_twin_without_walls_is_caught():
    unclean = MarkdownIt("commonmark", {"html": True})
    found = caught(VECTORS, unclean.render, LIBRARY)
    assert len(found) > 200
    assert faults("<p>a <a href='/b'>b</a></p>", MESSAGE) == []


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_cleaning_alone_holds(profile):
    """Were raw HTML let through by the parser one day, the allow-list still stands."""
    unclean = MarkdownIt("commonmark", {"html": True}).enable("table")
    unclean.validateLink = lambda url: True
    assert caught(TEXTS, lambda text: clean(unclean.render(text), profile, IMAGES), profile) == {}
    assert caught(TEXTS, lambda text: clean(text, profile, IMAGES), profile) == {}


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_the_parser_alone_holds(profile, monkeypatch):
    """Were the cleaner to fail open one day, what the parser makes is already within the lists."""
    monkeypatch.setattr(rendering, "clean", lambda html, profile, images: _without_hints(html))
    assert caught(TEXTS, lambda text: rendering.render(text, profile, images=IMAGES).html, profile) == {}


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_bleach_and_nh3_leave_the_same_tree(profile, monkeypatch):
    ours = {text: _tree(text, profile) for text in TEXTS}
    monkeypatch.setattr(rendering, "clean", nh3_clean)
    different = [text for text in TEXTS if ours[text] != _tree(text, profile)]
    assert different == list(EXCEPTIONS)


def test_the_comparison_with_nh3_sees_a_difference(monkeypatch):
    text = "[x](https://a.example) *y*"
    ours = _tree(text, MESSAGE)
    monkeypatch.setattr(rendering, "clean", lambda *args: nh3_clean(*args).replace("<em>", "<em >x"))
    assert ours != _tree(text, MESSAGE)


def test_a_link_that_may_stand_stands():
    """The twin of every refused address."""
    for address in (
        "https://a.example/b?c=d#e",
        "http://a.example",
        "mailto:a@b.example?subject=c",
        "tel:+33123",
        "/aide/",
    ):
        assert f'<a href="{address}"' in rendering.render(f"[x]({address})", MESSAGE).html


_PIECES = st.one_of(
    st.sampled_from(MARKDOWN + VECTORS[:80]),
    st.sampled_from(list("<>[]()!\"'`*_#|\\&;:/-=\n\t ")),
    st.text(max_size=12),
    st.sampled_from(
        ("javascript:", "<!--", "-->", "]]>", "](", "&#", "onerror=ran()", "```", "\x00", "\ud800")
    ),
)


@given(st.lists(_PIECES, max_size=12).map("".join))
def test_any_text_leaves_only_what_is_allowed(text):
    for profile in PROFILES:
        markup = out_of(
            lambda text, profile=profile: rendering.render(text, profile, images=IMAGES).html, text
        )
        assert faults(markup, profile, OURS) == []
        assert markup.isprintable() or markup.encode()


def test_short_strings_are_escaped_by_the_page_not_by_typography():
    assert out_of(DOORS["short string"], "<b>6e !</b>") == escape("<b>6e\u202f!</b>")


def _tree(text: str, profile: Profile):
    try:
        return tree(rendering.render(text, profile, images=IMAGES).html)
    except HtmlError as error:
        return type(error)


def _without_hints(html: str) -> str:
    """Drop what the parser adds of its own and the cleaner takes away: titles, languages, sides."""
    return re.sub(r' (?:title="[^"]*"|class="[^"]*"|style="text-align:[a-z]+")(?=[^<>]*>)', "", html)
