"""JOURNEYS, task 2: the first screen of a home, 360 × 640, says what to answer, by when, who sees this."""

import pytest

from tests.browser.pages import HOMES

FOLD = 640
LOWEST_ACTION = 560
PLACES = """() => {
  const bottom = (node) => node ? node.getBoundingClientRect().bottom + window.scrollY : null
  const seen = (node) => node.getClientRects().length > 0
  const main = document.querySelector('main')
  const hints = [...main.querySelectorAll('.section-head .hint')].filter(seen)
  const entry = main.querySelector('[aria-labelledby=concerne] .entry, .empty')
  const button = main.querySelector('.btn-primary')
  return {
    label: main.querySelector('.label').getBoundingClientRect().height,
    hint: bottom(hints[0]),
    who: bottom(main.querySelector('.section-head .hint.only-narrow')),
    action: bottom(button && seen(button) ? button : null),
    when: bottom(main.querySelector('.entry .note')),
    entry: entry ? entry.getBoundingClientRect().top + window.scrollY : 0,
    wide: document.documentElement.scrollWidth,
    solid: [...main.querySelectorAll('.btn-primary')].filter(seen).length,
  }
}"""


@pytest.mark.parametrize("stop", HOMES, ids=lambda stop: stop.name)
def test_the_first_screen_says_what_to_answer_by_when_and_who_sees(visit, stop):
    page = visit(stop.path, person=stop.person)
    page.set_viewport_size({"width": 360, "height": FOLD})
    places = page.evaluate(PLACES)
    assert places["label"] <= 90
    assert places["hint"] <= FOLD, "what must be answered"
    assert places["who"] <= FOLD, "who sees this page"
    if places["action"] is not None:
        assert places["action"] <= LOWEST_ACTION, "the first thing to answer, with its button"
    assert places["entry"] <= FOLD
    assert places["solid"] <= 1
    assert places["wide"] == 360


@pytest.mark.parametrize("person", ["directrice", "secretaire", "adjointe"])
def test_the_first_thing_to_answer_says_by_when_and_has_its_button(visit, person):
    first = visit("/ecoles/jean-moulin/", person=person).locator("main .entry").first
    assert first.locator(".note b").first.inner_text().strip()
    assert first.locator(".btn-primary").is_visible()


def test_in_this_school_stands_beside_what_concerns_me_or_after_it(visit):
    order = """() => {
      const top = (id) => {
        const node = document.getElementById(id)
        return node.getClientRects().length ? node.getBoundingClientRect().top : null
      }
      return ['concerne', 'dans-cette-ecole', 'dans-cette-ecole-large', 'a-lire'].map(top)
    }"""
    concern, narrow, wide, read = visit("/ecoles/jean-moulin/", person="directrice").evaluate(order)
    assert concern < narrow < read
    assert wide is None
    page = visit("/ecoles/jean-moulin/", person="directrice", width=1280)
    _concern, narrow, wide, _read = page.evaluate(order)
    assert narrow is None
    assert wide is not None


def test_the_button_of_a_home_acts_by_keyboard_and_without_script(visit):
    page = visit("/ecoles/jean-moulin/", person="directrice", script=False)
    page.locator("main .btn-primary").press("Enter")
    page.wait_for_url("**/admin/a-moderer/")


def test_the_director_looks_as_a_parent_and_comes_back(visit):
    page = visit("/ecoles/jean-moulin/voir-comme/", person="principal-b")
    page.goto("/ecoles/marie-curie/voir-comme/")
    page.locator("main select[name=classe], main input[name=classe]").first.wait_for()
    if page.locator("main input[name=classe]").count():
        page.locator("main input[name=classe]").first.check()
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/ecoles/marie-curie/")
    assert page.locator(".seen-as").is_visible()
    assert page.get_by_role("link", name="Réglages").count() == 0
    page.goto("/bibliotheque/")
    assert page.locator(".seen-as").is_visible()
    page.locator(".seen-as button").click()
    page.wait_for_url("**/ecoles/marie-curie/")
    assert page.locator(".seen-as").count() == 0
