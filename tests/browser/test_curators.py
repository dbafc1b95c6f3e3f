"""Two curators at work in the admin, in a real Chromium: review, conflict, versions, archive."""

import re
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

BODY = "## Ce soir\n\nPosez la tablette ensemble.\n"
WIDTHS = pytest.mark.parametrize("width", [360, 1280])


@pytest.fixture
def slug() -> str:
    return f"essai-{uuid.uuid4().hex[:8]}"


def write(page: Page, slug: str) -> str:
    """Write a resource and keep it as a draft; return the admin's address of it."""
    page.goto("/admin/resources/resource/add/")
    # A title unlike those of the other tests, which share this library: a near one is asked about.
    page.locator("#id_title").fill(f"{slug} {uuid.uuid4().hex} ?")
    page.locator("#id_slug").fill(slug)
    page.locator("#id_summary").fill("Un essai, du début à la fin.")
    page.locator("#id_en_bref").fill("Un point.\nUn autre.\nUn dernier.")
    page.locator("#id_body").fill(BODY)
    page.get_by_role("checkbox", name="Parents", exact=True).check()
    page.get_by_role("checkbox", name="Maternelle").check()
    page.locator("#id_main_theme").select_option(index=1)
    page.locator("[name=_save]").click()
    page.wait_for_url(re.compile(r"/admin/resources/resource/\d+/change/"))
    return page.url


def revise(page: Page, address: str, body: str, button: str) -> None:
    page.goto(address)
    page.locator("#id_body").fill(body)
    page.locator(f"[name={button}]").click()
    page.wait_for_load_state()


def open_review(page: Page, slug: str) -> None:
    page.goto("/admin/a-relire/")
    page.get_by_role("link", name=re.compile(slug)).first.click()
    page.wait_for_load_state()


def publish(page: Page, slug: str) -> None:
    open_review(page, slug)
    page.locator("[name=_publish]").click()
    page.wait_for_url("**/admin/a-relire/")


@WIDTHS
def test_a_text_goes_from_one_curator_to_the_other(visit: Callable[..., Page], slug: str, width: int) -> None:
    author = visit("/admin/", person="curatrice", width=width)
    address = write(author, slug)
    author.get_by_role("link", name="Aperçu").click()
    expect(author.locator("main")).to_contain_text("Posez la tablette")
    revise(author, address, BODY, "_submit")

    reader = visit("/admin/", person="curateur", width=width)
    open_review(reader, slug)
    reader.locator("[name=_send_back]").click()
    expect(reader.locator("[role=alert]")).to_be_visible()
    reader.locator("#id_reason").fill("Le premier geste manque.")
    reader.locator("[name=_send_back]").click()
    reader.wait_for_url("**/admin/a-relire/")

    author.goto(address)
    expect(author.locator("main")).to_contain_text("Le premier geste manque.")
    revise(author, address, BODY + "\nDites : « On éteint. »\n", "_submit")
    open_review(author, slug)
    expect(author.locator("[name=_publish]")).to_have_count(0)

    visitor = visit(f"/ressources/{slug}/")
    assert visitor.title().startswith("Cette page n’est pas dans le cahier")
    publish(reader, slug)
    visitor.reload()
    expect(visitor.locator("article")).to_contain_text("On éteint.")


@WIDTHS
def test_the_later_of_two_saves_shows_both_texts(visit: Callable[..., Page], slug: str, width: int) -> None:
    first = visit("/admin/", person="curatrice", width=width)
    address = write(first, slug)
    second = visit("/admin/", person="curateur", width=width)
    second.goto(address)
    revise(first, address, BODY + "\nLe texte de la première.\n", "_save")
    second.locator("#id_body").fill(BODY + "\nLe texte du second.\n")
    second.locator("[name=_save]").click()
    second.wait_for_load_state()
    page = second.locator("main")
    expect(page).to_contain_text("Le texte de la première.")
    assert "Le texte du second." in second.locator("#id_body").input_value() + page.inner_text()
    second.locator("#id_body").fill(BODY + "\nLe texte de la première.\n\nLe texte du second.\n")
    second.locator("[name=_save]").click()
    second.wait_for_load_state()
    first.goto(address)
    kept = first.locator("#id_body").input_value()
    assert "Le texte de la première." in kept and "Le texte du second." in kept


@WIDTHS
def test_versions_are_compared_and_one_comes_back(visit: Callable[..., Page], slug: str, width: int) -> None:
    author = visit("/admin/", person="curatrice", width=width)
    address = write(author, slug)
    revise(author, address, "## Ce soir\n\nUn tout autre geste.\n", "_save")
    author.goto(address)
    author.get_by_role("link", name="Historique").click()
    author.locator(".entry-title a").last.click()
    expect(author.locator("main")).to_contain_text("Posez la tablette ensemble.")
    expect(author.locator("main")).to_contain_text("Un tout autre geste.")
    author.locator("[name=_restore]").first.click()
    author.wait_for_load_state()
    author.goto(address)
    assert "Posez la tablette" in author.locator("#id_body").input_value()


@WIDTHS
def test_a_published_text_is_archived(visit: Callable[..., Page], slug: str, width: int) -> None:
    author = visit("/admin/", person="curatrice", width=width)
    address = write(author, slug)
    revise(author, address, BODY, "_submit")
    publish(visit("/admin/", person="curateur", width=width), slug)
    author.goto(address)
    author.get_by_role("link", name=re.compile("Garder ou archiver")).click()
    author.locator("[name=_archive]").click()
    author.wait_for_load_state()
    visitor = visit(f"/ressources/{slug}/")
    assert "retirée" in visitor.locator("h1").inner_text()


def test_the_admin_is_worked_by_keyboard_without_script(visit: Callable[..., Page], slug: str) -> None:
    author = visit("/admin/", person="curatrice", width=1280, script=False)
    address = write(author, slug)
    author.goto(address)
    author.locator("#id_title").focus()
    for _ in range(80):
        author.keyboard.press("Tab")
        if author.evaluate("document.activeElement.name") == "_submit":
            break
    author.keyboard.press("Enter")
    author.wait_for_load_state()
    reader = visit("/admin/a-relire/", person="curateur", width=1280, script=False)
    expect(reader.get_by_role("link", name=re.compile(slug)).first).to_be_visible()


def test_a_parent_finds_no_door(visit: Callable[..., Page]) -> None:
    page = visit("/admin/", person="parent")
    assert "Administration" not in page.locator("h1").inner_text()
