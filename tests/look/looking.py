"""Open each page once a language, then look at it in every light: axe, width, picture."""

import itertools
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.axe import OPTIONS, SEEN, violations, wider_than_screen
from tests.browser.harness import ARGUMENTS, CHROMIUM, sign_in
from tests.browser.pages import Stop

WIDTHS = (320, 360, 1280, 1440)
LANGUAGES = ("fr", "ar")
PICTURES = Path(__file__).resolve().parents[2] / "var" / "look"
# Pages a job, so that two processes end at about the same time.
AT_ONCE = 6


@dataclass(frozen=True)
class Light:
    """One way to look: width in px, dark or light, text size in %."""

    width: int
    dark: bool
    zoom: int

    @property
    def name(self) -> str:
        return f"{self.width}{'-dark' if self.dark else ''}{'-200' if self.zoom == 200 else ''}"

    @property
    def is_pictured(self) -> bool:
        """Whether a picture is kept: each width, then dark and large text on a phone and a desk.

        A picture takes more time than all that axe asks; an eye learns nothing from the other half.
        """
        if self.dark:
            return self.zoom == 100 and self.width in (360, 1280)
        return self.zoom == 100 or self.width in (320, 1280)


MATRIX = [Light(*values) for values in itertools.product(WIDTHS, (False, True), (100, 200))]


@dataclass(frozen=True)
class Job:
    """Some pages of one person, in one language."""

    address: str
    language: str
    person: str
    stops: tuple[Stop, ...]


def look(page: Page, name: str, light: Light) -> list[str]:
    """Put the open page in `light`, keep its picture, and return what is wrong."""
    page.set_viewport_size({"width": light.width, "height": 800})
    page.emulate_media(color_scheme="dark" if light.dark else "light")
    page.evaluate("size => { document.documentElement.style.fontSize = size }", f"{light.zoom}%")
    if light.is_pictured:
        # Half the time of a PNG.
        picture = PICTURES / f"{name}-{light.name}.jpg"
        page.screenshot(path=picture, type="jpeg", quality=75, full_page=True)
    # The tree is the same in every light of a width: all rules once a width, then those of what is seen.
    rules = SEEN if light.dark or light.zoom != 100 else OPTIONS
    found = [f"{name} {light.name}: {line}" for line in violations(page, rules)]
    wider = wider_than_screen(page)
    if wider > 0:
        found.append(f"{name} {light.name}: scrolls sideways by {wider} px")
    return found


def look_through(job: Job) -> list[str]:
    """All pages of a job in every light, in a browser of its own."""
    found: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = _opened(browser, job)
        for stop in job.stops:
            page.goto(stop.path)
            if (spoken := page.locator("html").get_attribute("lang")) != job.language:
                found.append(f"{stop.name}: speaks {spoken}, not {job.language}")
            for light in MATRIX:
                found += look(page, f"{stop.name}-{job.language}", light)
        browser.close()
    names = ", ".join(stop.name for stop in job.stops)
    print(f"{job.language}: {names}: {len(found) or 'nothing'} to put right", flush=True)
    return found


def _opened(browser: Browser, job: Job) -> Page:
    """A page of the person of the job, in its language: chosen last, since signing in speaks the person's."""
    context = browser.new_context(base_url=job.address)
    context.set_default_timeout(30_000)
    page = context.new_page()
    if job.person:
        sign_in(page, job.person)
    context.add_cookies([{"name": "langue", "value": job.language, "url": job.address}])
    return page


def jobs_of(address: str, stops: tuple[Stop, ...]) -> list[Job]:
    """Cut the pages into jobs by language and person."""
    jobs = []
    for language in LANGUAGES:
        for person in dict.fromkeys(stop.person for stop in stops):
            theirs = [stop for stop in stops if stop.person == person]
            jobs += [
                Job(address, language, person, tuple(theirs[start : start + AT_ONCE]))
                for start in range(0, len(theirs), AT_ONCE)
            ]
    return jobs
