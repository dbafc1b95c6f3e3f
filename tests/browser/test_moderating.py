"""A case decided on a telephone in three taps, by a facilitator and by the direction (JOURNEYS §4.8)."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.axe import violations, wider_than_screen
from tests.browser.test_joining import Trip

SITE, ADMIN = "/ecoles/jean-moulin/a-moderer/", "/admin/a-moderer/"
GROUP = "Parents du CE1 A"
MOST_TAPS = 3


def clean(page: Page) -> None:
    assert violations(page) == [] and wider_than_screen(page) <= 0


def test_the_direction_decides_in_three_taps_and_takes_it_back(visit: Callable[..., Page]) -> None:
    page = visit("/admin/", person="directrice")
    trip = Trip(page)
    trip.tap(f'header a[href="{ADMIN}"]')
    clean(page)
    trip.tap(".decisions .btn-primary")
    clean(page)
    trip.tap(".confirm .btn")
    expect(page.locator(".messages")).to_contain_text("Masqué")
    assert trip.taps == MOST_TAPS
    trip.tap(f'form[action="{ADMIN}annuler/"] button')
    expect(page.locator(".decisions .btn-primary").first).to_be_visible()


def test_a_report_is_decided_by_whoever_runs_the_group_and_nobody_learns_who_told(
    visit: Callable[..., Page],
) -> None:
    reporter = visit("/ecoles/jean-moulin/groupes/", person="parent", script=False)
    reporter.get_by_role("link", name=GROUP).first.click()
    reporter.locator("article .entry-title a, .entries .entry-title a").first.click()
    reporter.locator('a[href$="/signaler/"][href*="/message/"]').last.click()
    reporter.locator('input[name="ground"][value="rude"]').check()
    reporter.locator('main form button[type="submit"]').click()
    expect(reporter.locator("main")).to_contain_text("Votre nom")

    # The mail leads here: one tap; a decision, its confirmation.
    page = visit(SITE, person="animatrice", script=False)
    trip = Trip(page, taps=1)
    item = page.locator(".to-judge", has=page.locator(".meanwhile")).last
    expect(item.locator(".btn-primary")).to_have_count(1)
    assert "Amina" not in item.inner_text()
    item.locator('.decisions a[href*="decision=keep"]').click()
    trip.tap(".confirm .btn")
    assert trip.taps + 1 == MOST_TAPS
    expect(page.locator(".messages")).to_be_visible()

    told = visit("/quoi-de-neuf/", person="parent")
    told.get_by_role("link", name="Le message que vous avez signalé").first.click()
    expect(told).to_have_url(re.compile("/signalements/"))
    expect(told.locator("main")).to_contain_text(GROUP)
    clean(told)
    told.set_viewport_size({"width": 320, "height": 640})
    assert wider_than_screen(told) <= 0
    told.set_viewport_size({"width": 1280, "height": 800})
    told.emulate_media(color_scheme="dark")
    clean(told)
    # On paper: what was decided, and no way of the screen.
    told.emulate_media(media="print")
    expect(told.locator("h1")).to_be_visible()
    expect(told.locator("header nav").first).to_be_hidden()


def test_what_decides_is_reached_by_the_keyboard_and_wide_enough(visit: Callable[..., Page]) -> None:
    page = visit(SITE, person="animatrice")
    clean(page)
    summary = page.locator(".more > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".more[open] a").first).to_be_visible()
    clean(page)
    heights = page.eval_on_selector_all(
        ".to-judge a, .to-judge button, .to-judge summary",
        "all => all.filter(one => one.offsetParent && !one.closest('.said'))"
        ".map(one => one.getBoundingClientRect().height)",
    )
    assert min(heights) >= 44
