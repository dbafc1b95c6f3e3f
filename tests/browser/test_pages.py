"""Every page, by axe in a real Chromium: at 360 px light and at 1280 px dark; nothing scrolls sideways."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import violations, wider_than_screen
from tests.browser.pages import EVERYWHERE, Stop

pytestmark = pytest.mark.drawing


@pytest.fixture(scope="module")
def page_of(
    chromium: Browser, portal: str, sessions: Callable[[str], dict]
) -> Iterator[Callable[[str], Page]]:
    """`page_of("parent")`: the page in which one person goes from address to address."""
    kept: dict[str, Page] = {}

    def of(person: str) -> Page:
        if person not in kept:
            context = chromium.new_context(
                base_url=portal, storage_state=sessions(person) if person else None
            )
            context.set_default_timeout(20_000)
            kept[person] = context.new_page()
        return kept[person]

    yield of
    for page in kept.values():
        page.context.close()


@pytest.mark.parametrize("stop", EVERYWHERE, ids=lambda stop: stop.name)
def test_axe_finds_nothing(page_of: Callable[[str], Page], stop: Stop) -> None:
    page = page_of(stop.person)
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(color_scheme="light")
    page.goto(stop.path)
    assert violations(page) == [], "360 px, light"
    assert wider_than_screen(page) <= 0
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="dark")
    assert violations(page) == [], "1280 px, dark"
    assert wider_than_screen(page) <= 0


def test_axe_sees_a_missing_label(visit: Callable[..., Page]) -> None:
    """The twin: the same check on a page spoilt on purpose."""
    page = visit("/")
    page.evaluate("document.querySelector('label[for=q]').remove()")
    assert any(line.startswith("label:") for line in violations(page))
