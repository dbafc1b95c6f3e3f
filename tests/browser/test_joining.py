"""A sheet of paper, a telephone, no e-mail: in, by four screens, and back the next day (JOURNEYS §4.1)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.harness import press
from tests.browser.test_journeys import focused, press_until

MAX_SCREENS = 4
MAX_TAPS = 12
MAX_BYTES = 300_000
WORDS = '.label .code [translate="no"]'


@dataclass
class Trip:
    """Counts what a person does and what it costs them: screens, taps, bytes over the wire."""

    page: Page
    taps: int = 0
    weight: int = 0
    screens: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        wire = self.page.context.new_cdp_session(self.page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", self._weigh)
        self.page.on("response", self._see)

    def _weigh(self, event: dict) -> None:
        self.weight += int(event["encodedDataLength"])

    def _see(self, response: Response) -> None:
        path = urlsplit(response.url).path
        shown = response.request.is_navigation_request() and response.status == 200
        if shown and path not in self.screens:
            self.screens.append(path)

    def tap(self, selector: str) -> None:
        self.taps += 1
        press(self.page, selector)

    def type(self, selector: str, text: str) -> None:
        """A tap into the field; typing itself is not counted."""
        self.taps += 1
        self.page.fill(selector, text)


def main_button(address: str) -> str:
    return f'form[action="{address}"] .btn-primary'


def test_a_parent_without_email_comes_in_and_back_the_next_day(
    visit: Callable[..., Page], new_slip: Callable[..., str], portal: str
) -> None:
    code = new_slip()
    trip = Trip(visit("about:blank"))
    page = trip.page
    # The camera opens the square's address; the page is French until Arabic is chosen, and keeps the code.
    page.goto(f"{portal}/rejoindre/#{code}")
    trip.tap('.languages a[lang="ar"]')
    assert page.url == f"{portal}/rejoindre/"
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("[name=code]").input_value().replace(" ", "") == code
    trip.tap(main_button("/rejoindre/"))
    expect(page.locator(".label")).to_contain_text("CE1 A")
    trip.tap("button[value=me]")
    trip.tap("button[value=none]")
    username, words = page.locator(WORDS).all_inner_texts()
    assert len(words.split()) == 3
    joining = [path for path in trip.screens if path.startswith("/rejoindre/")]
    assert len(joining) <= MAX_SCREENS
    trip.tap(main_button("/rejoindre/fin/"))
    assert page.url == f"{portal}/ecoles/jean-moulin/"
    assert trip.taps <= MAX_TAPS
    print(f"in: {len(joining)} screens, {trip.taps} taps, {trip.weight / 1000:.0f} kB")
    assert trip.weight <= MAX_BYTES

    tomorrow = Trip(visit("about:blank"))
    page = tomorrow.page
    page.context.add_cookies([{"name": "langue", "value": "ar", "url": portal}])
    page.goto(f"{portal}/compte/login/")
    tomorrow.type("[name=email]", username.upper())
    tomorrow.tap("button[value=password]")
    tomorrow.type("[name=password]", words.title().replace(" ", " - "))
    tomorrow.tap(main_button("/compte/login/mot-de-passe/"))
    page.goto(f"{portal}/compte/")
    expect(page.locator("main")).to_contain_text(username)
    print(f"back: {len(tomorrow.screens)} screens, {tomorrow.taps} taps, {tomorrow.weight / 1000:.0f} kB")
    assert trip.weight + tomorrow.weight <= MAX_BYTES


def test_the_code_of_the_square_leaves_the_address_and_no_request_holds_it(
    visit: Callable[..., Page], new_slip: Callable[..., str], portal: str
) -> None:
    code = new_slip()
    page = visit("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{portal}/rejoindre/#{code}")
    expect(page.locator("[name=code]")).not_to_have_value("")
    assert code not in page.url
    page.locator(main_button("/rejoindre/")).click()
    page.wait_for_url("**/rejoindre/vous/")
    sent = [url.partition("#")[0] for url in asked]
    assert all(code not in url for url in sent)
    assert page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])") == "[{},{}]"


def test_another_square_on_the_open_page_fills_the_field_again(
    visit: Callable[..., Page], portal: str
) -> None:
    page = visit("/rejoindre/#K7M4TQ9XDR")
    page.goto(f"{portal}/rejoindre/#K7M4TQ9XD2")
    expect(page.locator("[name=code]")).to_have_value("K7M 4TQ 9XD2")
    # The links inside the page are no codes.
    page.goto(f"{portal}/rejoindre/#contenu")
    page.goto(f"{portal}/rejoindre/#besoin-daide")
    assert page.url.endswith("#besoin-daide")


def test_the_whole_way_by_keyboard(visit: Callable[..., Page], new_slip: Callable[..., str]) -> None:
    code = new_slip()
    page = visit("/rejoindre/", width=1280)
    press_until(page, lambda: focused(page, "[name=code]"))
    page.keyboard.type(code[:4].lower() + " - " + code[4:])
    page.keyboard.press("Enter")
    page.wait_for_url("**/rejoindre/vous/")
    press_until(page, lambda: focused(page, "[name=name]"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/rejoindre/email/")
    press_until(page, lambda: focused(page, "button[value=none]"))
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    page.wait_for_url("**/rejoindre/fin/")
    press_until(page, lambda: focused(page, main_button("/rejoindre/fin/")))
    page.keyboard.press("Enter")
    page.wait_for_url("**/ecoles/jean-moulin/")


def test_the_whole_way_without_script(visit: Callable[..., Page], new_slip: Callable[..., str]) -> None:
    code = new_slip()
    page = visit(f"/rejoindre/#{code}", script=False)
    assert page.locator("[name=code]").input_value() == ""
    page.fill("[name=code]", code.replace("0", "O"))
    page.locator(main_button("/rejoindre/")).click()
    page.locator("button[value=me]").click()
    page.locator("button[value=none]").click()
    assert len(page.locator(WORDS).nth(1).inner_text().split()) == 3
    page.locator(main_button("/rejoindre/fin/")).click()
    assert page.url.endswith("/ecoles/jean-moulin/")


def test_a_second_slip_is_one_screen_more(
    visit: Callable[..., Page], new_slip: Callable[..., str], portal: str
) -> None:
    first, second = new_slip("CP A"), new_slip("CM1 A")
    page = visit(f"/rejoindre/#{first}")
    page.locator(main_button("/rejoindre/")).click()
    page.locator("button[value=me]").click()
    page.locator("button[value=none]").click()
    page.locator(main_button("/rejoindre/fin/")).click()
    trip = Trip(page)
    page.goto("about:blank")
    page.goto(f"{portal}/rejoindre/#{second}")
    trip.tap(main_button("/rejoindre/"))
    trip.tap("button[value=me]")
    assert page.url == f"{portal}/ecoles/jean-moulin/"
    assert trip.taps == 2
    page.goto(f"{portal}/compte/")
    expect(page.locator("main")).to_contain_text("CM1 A")
    expect(page.locator("main")).to_contain_text("CP A")


@pytest.mark.parametrize("width", [320, 1280])
def test_no_screen_is_wider_than_the_window(
    visit: Callable[..., Page], new_slip: Callable[..., str], width: int
) -> None:
    page = visit(f"/rejoindre/#{new_slip()}", width=width)
    for step in (main_button("/rejoindre/"), "button[value=me]", "button[value=none]"):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.locator(step).click()
        page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
