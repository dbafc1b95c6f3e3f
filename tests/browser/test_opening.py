"""A school opens: from the director's slip to printed slips, outside demo, second factor included.

What a person does is counted: clicks, typed fields, screens. Ten minutes are for a person: they are told from
the counts (JOURNEYS §3.1, §4.3), never from a clock.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
import zxingcpp
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from PIL import Image
from playwright.sync_api import Browser, Page, Response

from accounts.invitations.models import Invitation, Slip
from accounts.people.proof import has_factor
from accounts.schools.models import School
from tests.accounts.families.lists import as_bytes, onde, parent
from tests.browser.harness import CHROMIUM
from tests.factories import make_member, make_school
from tests.sending import send_now

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is missing"),
]
# Seconds of somebody who has never seen the pages: to find and click, to fill a field, to read a screen.
CLICK, FIELD, SCREEN = 4, 8, 10
THREE = ("CP A", "CE1 A", "CM2 A")
NINE = ("CP A", "CP B", "CE1 A", "CE1 B", "CE2 A", "CE2 B", "CM1 A", "CM1 B", "CM2 A")


@dataclass
class Acts:
    """A person before the screen."""

    page: Page
    clicks: int = 0
    fields: int = 0
    screens: int = 0
    seen: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("response", self._see)

    def _see(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.status == 200:
            self.screens += 1
            self.seen.append(urlsplit(response.url).path)

    def click(self, selector: str) -> None:
        self.clicks += 1
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()

    def type(self, selector: str, text: str) -> None:
        self.fields += 1
        self.page.fill(selector, text)

    def minutes(self) -> float:
        return (self.clicks * CLICK + self.fields * FIELD + self.screens * SCREEN) / 60


@pytest.fixture
def page(live_server: "object", chromium: Browser, settings: "object") -> Iterator[Page]:
    settings.SITE_URL = live_server.url
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 800})
    # Three hundred and forty codes are slow on a busy machine.
    context.set_default_timeout(120_000)
    yield context.new_page()
    context.close()


def mailed_code() -> str:
    """Return the digits of the newest mail, as the background process sends them."""
    send_now()
    return re.search(r"\b\d{4}-?\d{4}\b", mail.outbox[-1].body).group()


def totp(secret: str) -> str:
    """Return what a code application shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def families(classes, adults):
    """An ONDE file: that many adults in as many classes, turn by turn; every third has an address."""
    rows = [
        parent(
            f"Famille{'abcdefghij'[n // 100]}{'abcdefghij'[n // 10 % 10]}{'abcdefghij'[n % 10]}",
            "Dominique",
            classes[n % len(classes)],
            email="" if n % 3 else f"adulte{n}@famille.example",
        )
        for n in range(adults)
    ]
    return as_bytes(onde(*rows, children=1), encoding="cp1252")


def done_steps(page: Page, slug: str) -> list[bool]:
    """What the checklist says, read in a page of its own."""
    other = page.context.new_page()
    other.goto(f"/ecoles/{slug}/reglages/")
    states = (
        other.locator("section.section")
        .first.locator("article")
        .evaluate_all("rows => rows.map(row => row.classList.contains('is-done'))")
    )
    other.close()
    return states


def join_as_director(acts: Acts, code: str) -> None:
    """In by the slip, with an address that a mailed code proves."""
    page = acts.page
    page.goto(f"/rejoindre/#{code}")
    acts.click('form[action="/rejoindre/"] .btn-primary')
    acts.click("button[value=me]")
    acts.type("[name=email]", "helene@ecole.example")
    acts.click("button[value=email]")
    acts.type("[name=code]", mailed_code())
    acts.click('form[action="/rejoindre/email/code/"] .btn-primary')


def add_second_factor(acts: Acts) -> None:
    """At the first entry in the admin: a code application, after a fresh proof, then the recovery codes."""
    page = acts.page
    page.goto("/admin/")
    acts.click('a[href*="totp"]')
    if page.locator("button[value=send]").count():
        acts.click("button[value=send]")
        acts.type("[name=code]", mailed_code())
        acts.click("main form .btn-primary")
    secret = page.locator("main bdi b").inner_text()
    acts.type("[name=code]", totp(secret))
    acts.click('form[action*="totp"] .btn-primary')


def import_file(acts: Acts, slug: str, content: bytes) -> None:
    page = acts.page
    page.goto(f"/ecoles/{slug}/reglages/")
    acts.click(f'a[href="/ecoles/{slug}/membres/importer/"]')
    acts.clicks += 1
    page.set_input_files(
        "[name=list]", {"name": "CSVExtraction-responsables.csv", "mimeType": "text/csv", "buffer": content}
    )
    acts.click("main form .btn-primary")
    acts.click("main form .btn-primary")


def test_from_the_directors_slip_to_printed_slips_for_three_classes_and_sixty_adults(page: Page) -> None:
    assert not settings.IS_DEMO
    out = io.StringIO()
    call_command(
        "open_school",
        "École Jean-Moulin",
        level="elementaire",
        town="Vaulx-la-Rivière",
        director="Hélène Faure",
        stdout=out,
    )
    code = re.search(r"\b[0-9A-Z]{3} [0-9A-Z]{3} [0-9A-Z]{4}\b", out.getvalue()).group().replace(" ", "")
    school = School.objects.get()
    slug, acts = school.slug, Acts(page)

    join_as_director(acts, code)
    add_second_factor(acts)
    director = school.memberships.get().user
    assert has_factor(director)
    assert done_steps(page, slug) == [False, False, False, False]

    page.goto(f"/ecoles/{slug}/reglages/")
    acts.click(f'a[href="/ecoles/{slug}/reglages/fiche/"]')
    acts.type("[name=telephone]", "01 99 00 12 34")
    acts.click("main form .btn-primary")
    assert done_steps(page, slug) == [True, False, False, False]

    acts.click(f'a[href="/ecoles/{slug}/classes/"]')
    acts.type("[name=names]", ", ".join(THREE))
    acts.click("main section form .btn-primary")
    assert done_steps(page, slug) == [True, True, False, False]

    import_file(acts, slug, families(THREE, 60))
    assert Invitation.objects.of_school(school).waiting().count() == 60
    assert done_steps(page, slug) == [True, True, True, False]

    acts.click(f'main a[href="/ecoles/{slug}/membres/fiches/"]')
    acts.click('form[action$="imprimer/"] .btn-primary')
    assert page.locator(".slip").count() == 60
    assert page.locator(".cover h2").all_inner_texts() == list(THREE)
    assert Slip.objects.living().count() == 60
    assert done_steps(page, slug) == [True, True, True, True]
    print(
        f"opening: {acts.clicks} clicks, {acts.fields} typed fields, {acts.screens} screens,"
        f" about {acts.minutes():.1f} min"
    )
    assert acts.minutes() <= 10
    # Nothing left for a family: the school is still closed.
    send_now()
    assert {to for message in mail.outbox for to in message.to} == {"helene@ecole.example"}


def test_nine_piles_for_three_hundred_and_forty_adults_and_later_who_is_not_in(
    page: Page, live_server: "object", client: "object"
) -> None:
    school = make_school("jean-moulin", classes=NINE, is_open=False)
    client.force_login(make_member(school, "helene", "director").user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    acts = Acts(page)
    import_file(acts, school.slug, families(NINE, 340))
    acts.click(f'main a[href="/ecoles/{school.slug}/membres/fiches/"]')
    acts.clicks += 2
    page.check("[name=fold]")
    page.check("[name=check_list]")
    acts.click('form[action$="imprimer/"] .btn-primary')
    piles = page.locator(".cover h2").all_inner_texts()
    assert piles == list(NINE)
    assert page.locator(".slip").count() == 340
    print(f"nine piles: {acts.clicks} clicks, {acts.screens} screens, about {acts.minutes():.1f} min")
    assert acts.minutes() <= 15

    # In each pile the names are in order once the halves of the sheets are laid one on the other.
    first = page.locator(".ticks").first.locator("li").all_inner_texts()
    assert first == sorted(first)
    page.emulate_media(media="print")
    picture = Image.open(io.BytesIO(page.locator(".slip").nth(7).screenshot()))
    code = page.locator(".slip .code").nth(7).inner_text().replace(" ", "")
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [
        f"{live_server.url}/rejoindre/#{code}"
    ]

    page.emulate_media(media="screen")
    page.goto(f"/ecoles/{school.slug}/")
    later = Acts(page)
    later.click(f'main a[href="/ecoles/{school.slug}/membres/pas-encore/"]:visible')
    later.click("main details summary")
    assert page.locator("main details[open] label bdi").first.is_visible()
    print(f"not in yet: {later.clicks} taps, {later.screens} screen")
    assert later.clicks <= 2
