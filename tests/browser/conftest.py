"""A portal and a Chromium, kept for the session; a fresh visitor for each test."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.browser.harness import ARGUMENTS, CHROMIUM, letters, prepare_ahead, press, running_portal, sign_in

# On SQLite the workers of a session share one preparation, in the folder that holds their own.
AHEAD = Path(os.environ["PORTAL_DATA"]).parent / "portal-ahead"
SHARED = "PYTEST_XDIST_WORKER" in os.environ and not os.environ.get("DATABASE_URL")


def pytest_collection_finish(session: pytest.Session) -> None:
    """The portal is made while the first tests run, not while its own wait for it."""
    if SHARED and CHROMIUM and any("portal" in getattr(item, "fixturenames", ()) for item in session.items):
        prepare_ahead(AHEAD)


@pytest.fixture(scope="session")
def portal_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the running portal: its mails leave into its `mail`."""
    return Path(tmp_path_factory.mktemp("portal"))


@pytest.fixture(scope="session")
def portal(portal_data: Path) -> Iterator[str]:
    """The address of a running portal."""
    with running_portal(portal_data, AHEAD if SHARED else None) as address:
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


@pytest.fixture(scope="session")
def own_group(chromium: Browser, portal: str, sessions: Callable[[str], dict]) -> str:
    """The path of a new group of CM2 B's parents: `parent` runs it, `elue` has joined."""
    contexts = {
        person: chromium.new_context(base_url=portal, storage_state=sessions(person))
        for person in ("parent", "elue")
    }
    page = contexts["parent"].new_page()
    page.goto("/ecoles/jean-moulin/groupes/ouvrir/")
    page.fill("[name=name]", f"Parents du CM2 B {letters()}")
    page.fill("[name=purpose]", "Se dire les choses simples.")
    page.locator("select[name=classroom]").select_option(label="CM2 B")
    press(page, ".group-form .btn-primary")
    path = page.url.removeprefix(portal)
    page = contexts["elue"].new_page()
    page.goto(f"{path}presentation/")
    press(page, "button[value=join]")
    for context in contexts.values():
        context.close()
    return path


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


@pytest.fixture
def new_slip(visit: Callable[..., Page]) -> Callable[..., str]:
    """`new_slip("CE1 A")`: the code of a slip that the director types and prints."""

    def make(room: str = "CE1 A", name: str = "") -> str:
        page = visit("/ecoles/jean-moulin/membres/inviter/", width=1280, person="directrice")
        page.fill("[name=first_name]", name or "Salma" + letters())
        page.fill("[name=last_name]", "Haddad" + letters())
        page.get_by_label(room, exact=True).check()
        page.locator("button[name=print]").click()
        return page.locator(".code").first.inner_text().replace(" ", "")

    return make
