"""A parent's journeys through the library: by tap, search and keyboard, without script or style, on paper."""

import io
import re
from collections.abc import Callable
from urllib.parse import unquote

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, Route, expect

BEDTIME = "Comment éteindre l’écran avant la nuit sans dispute"
MAX_TABS = 60


def heading(page: Page) -> str:
    return page.locator("h1").inner_text().replace("\u202f", "\u00a0")


def press_until(page: Page, reached: Callable[[], bool]) -> int:
    """Press Tab until `reached()`; return how often."""
    for count in range(1, MAX_TABS):
        page.keyboard.press("Tab")
        if reached():
            return count
    raise AssertionError("not reached by keyboard")


def focused(page: Page, selector: str) -> bool:
    return bool(page.evaluate("selector => document.activeElement.matches(selector)", selector))


def focused_text(page: Page) -> str:
    return page.evaluate("document.activeElement.textContent").strip()


def test_two_taps_lead_from_home_to_screens_at_bedtime(visit: Callable[..., Page]) -> None:
    page = visit("/")
    page.get_by_role("link", name="Écrans et sommeil", exact=True).click()
    page.get_by_role("link", name=re.compile(BEDTIME)).click()
    assert BEDTIME in heading(page)


def test_one_search_leads_there_too(visit: Callable[..., Page]) -> None:
    page = visit("/")
    page.get_by_label("Que cherchez-vous").fill("ecran nuit")
    page.get_by_role("button", name="Chercher").click()
    page.locator(".entry-title a").first.click()
    assert BEDTIME in heading(page)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_sheet_is_printed_and_its_code_leads_back(
    visit: Callable[..., Page], portal: str, script: bool
) -> None:
    page = visit("/ressources/eteindre-avant-la-nuit/", script=script)
    page.get_by_role("link", name="Imprimer", exact=True).click()
    pdf = page.pdf(prefer_css_page_size=True)
    sheets = len(re.findall(rb"/Type\s*/Page\b", pdf))
    assert 1 <= sheets <= 3
    page.set_viewport_size({"width": 794, "height": 1123})
    page.emulate_media(media="print")
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("1")
    codes = zxingcpp.read_barcodes(picture.convert("L"))
    assert [code.format for code in codes] == [zxingcpp.BarcodeFormat.QRCode]
    address = codes[0].text
    assert re.fullmatch(r"https?://[^/]+/r/[a-z]{12}", address)
    page.goto(f"{portal}/r/{address.rsplit('/', 1)[1]}")
    assert BEDTIME in heading(page)


def test_its_link_is_sent_by_mail_and_copied(visit: Callable[..., Page], chromium: object) -> None:
    page = visit("/ressources/eteindre-avant-la-nuit/")
    mail = page.get_by_role("link", name="Envoyer par e-mail").get_attribute("href")
    assert mail.startswith("mailto:?subject=")
    assert "/ressources/eteindre-avant-la-nuit/" in unquote(mail)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copier le lien").click()
    expect(page.get_by_role("status").filter(has_text="copié")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").endswith("/ressources/eteindre-avant-la-nuit/")


def test_a_visitor_reaches_a_page_by_keyboard_alone(visit: Callable[..., Page]) -> None:
    page = visit("/", width=1280)
    page.keyboard.press("Tab")
    assert focused(page, "a.skip")
    press_until(page, lambda: focused(page, "input[type=search]"))
    page.keyboard.type("écran nuit")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ressources/**")
    press_until(page, lambda: focused(page, ".entry-title a"))
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    page.wait_for_url("**/ressources/eteindre-avant-la-nuit/")
    press_until(page, lambda: focused_text(page) == "Imprimer")


def test_filters_work_by_keyboard_on_a_phone(visit: Callable[..., Page]) -> None:
    page = visit("/ressources/?q=ecran")
    press_until(page, lambda: focused(page, "summary"))
    page.keyboard.press("Enter")
    press_until(page, lambda: focused_text(page).startswith("Maternelle"))
    page.keyboard.press("Enter")
    page.wait_for_url("**niveau=maternelle**")
    assert "Maternelle" in page.locator("[role=status]").inner_text()


def test_everything_is_there_without_script(visit: Callable[..., Page]) -> None:
    page = visit("/", script=False)
    page.locator("input[type=search]").fill("harcelment")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name="harcèlement", exact=True).click()
    page.locator(".entry-title a").first.click()
    assert "harc" in heading(page).lower()
    # What only a script can do is not shown.
    expect(page.get_by_role("button", name="Copier le lien")).to_have_count(0)


def test_the_page_reads_in_order_without_style(visit: Callable[..., Page]) -> None:
    page = visit("/")

    def drop(route: Route) -> None:
        route.abort()

    page.route("**/*.css", drop)
    page.goto("/ressources/rien-de-mieux-qu-un-ecran/")
    text = page.locator("body").inner_text()
    places = [
        text.index(part) for part in ("Bibliothèque", "Rien de mieux", "En bref", "Ce soir", "Besoin d’aide")
    ]
    assert places == sorted(places)


def test_arabic_runs_from_right_to_left(visit: Callable[..., Page]) -> None:
    page = visit("/", language="ar", width=1280)
    html = page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == ("ar", "rtl")
    mark = page.locator(".wordmark").bounding_box()
    search = page.locator("input[type=search]").bounding_box()
    assert mark["x"] > search["x"] + search["width"]
    french = page.locator(".entry-title a").first
    assert french.evaluate("element => element.closest('[lang]').lang") == "fr"


def test_the_language_stays_and_the_address_is_clean(visit: Callable[..., Page], portal: str) -> None:
    page = visit("/glossaire/")
    page.get_by_role("link", name="العربية").click()
    assert page.url == f"{portal}/glossaire/"
    page.goto("/")
    assert page.locator("html").get_attribute("lang") == "ar"


@pytest.mark.parametrize(
    "slug", ["rien-de-mieux-qu-un-ecran", "d1-coeducation-numerique", "e3-ouvrir-la-classe"]
)
def test_a_text_holds_on_one_sheet_of_paper(visit: Callable[..., Page], slug: str) -> None:
    page = visit(f"/ressources/{slug}/imprimer/")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) <= 2
