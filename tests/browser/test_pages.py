"""Every page, by axe in a real Chromium: at 360 px light and at 1280 px dark; nothing scrolls sideways."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.axe import violations, wider_than_screen
from tests.browser.pages import EVERYWHERE, Stop

pytestmark = pytest.mark.drawing


@pytest.mark.parametrize("stop", EVERYWHERE, ids=lambda stop: stop.name)
def test_axe_finds_nothing(visit: Callable[..., Page], stop: Stop) -> None:
    page = visit(stop.path, person=stop.person)
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
