"""A real Chromium reads one page holding every hostile text: nothing acts, nothing is fetched from elsewhere.

The page goes without a policy header, so that cleaning is tried alone.
"""

import pytest

from foundation.html import LIBRARY
from tests.foundation.html.hostile_page import DOORS, hostile_page
from tests.foundation.html.vectors import VECTORS, mutations

SITE = "http://texts.test/"
SEE_WHAT_RUNS = "window.ran = window.alert = window.confirm = window.prompt = () => { window.acted = true };"
WAKE_ALL = """() => {
  for (const element of document.querySelectorAll("main *")) {
    for (const name of ["mouseover", "focus", "toggle", "load", "error"]) {
      element.dispatchEvent(new Event(name));
    }
    if (element.tabIndex >= 0) element.focus();
  }
}"""
LOOK_AROUND = """() => ({
  acted: Boolean(window.acted),
  articles: document.querySelectorAll("main > article").length,
  outside: document.querySelectorAll("body > :not(main), head > :not(meta, title)").length,
  names: [...new Set([...document.querySelectorAll("main *")].map((element) => element.localName))],
  handlers: [...document.querySelectorAll("main *")].flatMap((element) => element.getAttributeNames())
    .filter((name) => name.startsWith("on") || ["style", "class", "name", "target"].includes(name)),
  protocols: [...new Set([...document.links].map((link) => link.protocol))],
})"""
HARMLESS = LIBRARY.tags | {"article"}


def read(browser, body: bytes) -> dict:
    """Load `body` as a page of SITE, wake every element; give what is there and what was asked of others."""
    page = browser.new_page()
    foreign, dialogs = [], []
    page.add_init_script(SEE_WHAT_RUNS)
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))

    def answer(route):
        url = route.request.url
        if url == SITE:
            route.fulfill(body=body, content_type="text/html; charset=utf-8")
            return
        if not url.startswith(SITE + "m/"):
            foreign.append(url)
        route.fulfill(status=404, body="")

    page.route("**/*", answer)
    page.goto(SITE, wait_until="load")
    page.evaluate(WAKE_ALL)
    page.wait_for_timeout(300)
    found = page.evaluate(LOOK_AROUND) | {"foreign": foreign, "dialogs": dialogs, "address": page.url}
    page.close()
    return found


def test_nothing_acts_on_a_page_of_hostile_texts(chromium):
    texts = (*VECTORS, *mutations(200))
    found = read(chromium, hostile_page(texts))
    assert found["articles"] == len(texts) * len(DOORS)
    assert (found["acted"], found["dialogs"], found["foreign"], found["handlers"]) == (False, [], [], [])
    assert (found["outside"], found["address"]) == (0, SITE)
    assert set(found["names"]) <= HARMLESS
    assert set(found["protocols"]) <= {"http:", "https:", "mailto:", "tel:"}


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=ran()>",
        "<svg onload=ran()>",
        "<script>ran()</script>",
        "<p onmouseover=ran()>x</p>",
    ],
)
def test_the_twin_let_out_unclean_acts(chromium, text):
    assert read(chromium, hostile_page([text], {"unclean": str}))["acted"]


def test_the_twin_fetches_from_elsewhere(chromium):
    found = read(chromium, hostile_page(['<img src="https://evil.example/p.png">'], {"unclean": str}))
    assert found["foreign"] == ["https://evil.example/p.png"]
