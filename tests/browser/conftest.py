"""A portal and a Chromium, kept for the session; a fresh visitor for each test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.browser.harness import ARGUMENTS, CHROMIUM, running_portal


@pytest.fixture(scope="session")
def portal_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the running portal: its mails leave into its `mail`."""
    return Path(tmp_path_factory.mktemp("portal"))


@pytest.fixture(scope="session")
def portal(portal_data: Path) -> Iterator[str]:
    """The address of a running portal."""
    with running_portal(portal_data) as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """One driver a process: it cannot be started twice."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def sessions(chromium: Browser, portal: str) -> Callable[[str], dict]:
    """`sessions("curatrice")`: the cookies of a demo person, who signs in once a session."""
    known: dict[str, dict] = {}

    def cookies_of(person: str) -> dict:
        if person not in known:
            context = chromium.new_context(base_url=portal)
            sign_in(context.new_page(), person)
            known[person] = context.storage_state()
            context.close()
        return known[person]

    return cookies_of


@pytest.fixture
def visit(chromium: Browser, portal: str, sessions: Callable[[str], dict]) -> Iterator[Callable[..., Page]]:
    """`visit(path, width=360, dark=False, script=True, language="fr", person="")`: a new visitor's page."""
    opened: list[BrowserContext] = []

    def go(
        path: str,
        *,
        width: int = 360,
        dark: bool = False,
        script: bool = True,
        language: str = "fr",
        person: str = "",
    ) -> Page:
        context = chromium.new_context(
            base_url=portal,
            viewport={"width": width, "height": 740},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            storage_state=sessions(person) if person else None,
        )
        opened.append(context)
        context.set_default_timeout(20_000)
        if language != "fr":
            context.add_cookies([{"name": "langue", "value": language, "url": portal}])
        page = context.new_page()
        page.goto(path)
        return page

    yield go
    for context in opened:
        context.close()


def sign_in(page: Page, person: str) -> None:
    """Sign in as a demo person, by the demo page's own button."""
    page.goto("/demo/")
    page.locator(f'button[name="person"][value="{person}"]').click()
    page.wait_for_load_state()
