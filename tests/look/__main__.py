"""`make look`: axe over the whole matrix, pictures kept in var/look/.

Widths 320, 360, 1280, 1440 × light, dark × 100 %, 200 % × French, Arabic, on every page (DESIGN §10).
Usage: python -m tests.look [--only NAME] [--processes 2]. Exits 1 when axe finds something or a page scrolls
sideways.
"""

import argparse
import itertools
import multiprocessing
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.browser.conftest import sign_in
from tests.browser.harness import ARGUMENTS, CHROMIUM, running_portal
from tests.browser.pages import EVERYWHERE, Stop
from tests.browser.test_pages import WIDER_THAN_SCREEN, violations

WIDTHS = (320, 360, 1280, 1440)
PICTURES = Path(__file__).resolve().parents[2] / "var" / "look"


@dataclass(frozen=True)
class Light:
    """One way to look: width in px, dark or light, text size in %, language."""

    width: int
    dark: bool
    zoom: int
    language: str

    @property
    def name(self) -> str:
        return (
            f"{self.width}{'-dark' if self.dark else ''}{'-200' if self.zoom == 200 else ''}-{self.language}"
        )


MATRIX = [Light(*values) for values in itertools.product(WIDTHS, (False, True), (100, 200), ("fr", "ar"))]


def look(page: Page, stop: Stop, light: Light) -> list[str]:
    """Open `stop`, take its picture, and return what is wrong."""
    page.goto(stop.path)
    if light.zoom == 200:
        page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.screenshot(path=PICTURES / f"{stop.name}-{light.name}.png", full_page=True)
    found = [f"{stop.name} {light.name}: {line}" for line in violations(page)]
    wider = page.evaluate(WIDER_THAN_SCREEN)
    if wider > 0:
        found.append(f"{stop.name} {light.name}: scrolls sideways by {wider} px")
    return found


def look_through(job: tuple[str, Light, tuple[Stop, ...]]) -> list[str]:
    """All pages in one light, in a browser of its own."""
    address, light, stops = job
    found: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for person in dict.fromkeys(stop.person for stop in stops):
            context = _context(browser, address, light)
            page = context.new_page()
            if person:
                sign_in(page, person)
            for stop in stops:
                if stop.person == person:
                    found += look(page, stop, light)
            context.close()
        browser.close()
    print(f"{light.name}: {len(found) or 'nothing'} to put right", flush=True)
    return found


def _context(browser: object, address: str, light: Light) -> BrowserContext:
    context = browser.new_context(
        base_url=address,
        viewport={"width": light.width, "height": 800},
        color_scheme="dark" if light.dark else "light",
    )
    context.set_default_timeout(30_000)
    if light.language != "fr":
        context.add_cookies([{"name": "langue", "value": light.language, "url": address}])
    return context


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="pages whose name holds this")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    if not CHROMIUM:
        print("No Chromium here (Debian: apt-get install chromium): nothing was looked at.")
        sys.exit(bool(os.environ.get("PORTAL_NO_SKIP")))
    PICTURES.mkdir(parents=True, exist_ok=True)
    stops = tuple(stop for stop in EVERYWHERE if options.only in stop.name)
    with (
        tempfile.TemporaryDirectory(prefix="preau-look-") as folder,
        running_portal(Path(folder)) as address,
        multiprocessing.get_context("spawn").Pool(options.processes) as pool,
    ):
        jobs = [(address, light, stops) for light in MATRIX]
        found = [line for lines in pool.imap_unordered(look_through, jobs) for line in lines]
    for line in sorted(found):
        print(line)
    print(f"{len(stops)} pages × {len(MATRIX)} lights: {len(found)} to put right. Pictures: var/look/")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
