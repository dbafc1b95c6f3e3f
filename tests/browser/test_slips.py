"""Slips as a printer makes them: A4 and A5, black, each on its own half, the square read back."""

import io
import re

import pytest
import zxingcpp
from django.test import Client
from PIL import Image

from accounts.invitations.models import Slip
from tests.accounts.invitations.papers import awaited
from tests.browser.harness import CHROMIUM
from tests.factories import make_member, make_school

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is missing"),
]
# Millimetres of the papers, width and height.
A4, A5 = (210, 297), (210, 148)
LONG = "Rakotomalala-Andriamampianina de Castelnau-Montratier"


@pytest.fixture
def school(live_server, settings):
    settings.SITE_URL = live_server.url
    return make_school(
        classes=["CP A", "CE1 A"],
        name="École élémentaire Jean-Moulin",
        town="Vaulx-la-Rivière",
        languages=["ar", "tr", "pt", "ro", "uk", "sq", "en"],
    )


@pytest.fixture
def page(live_server, settings, school, chromium):
    """A page of Chromium, signed in as the director."""
    client = Client()
    client.force_login(make_member(school, "helene", "director").user)
    context = chromium.new_context(base_url=live_server.url)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    yield context.new_page()
    context.close()


def print_all(page, school, *, paper="a4", fold=False):
    """Print every slip from the page, as a director does; the page is then as the printer has it."""
    page.goto(f"/ecoles/{school.slug}/membres/fiches/")
    page.check(f'input[name="paper"][value="{paper}"]')
    page.set_checked('input[name="fold"]', fold)
    page.locator('form[action$="imprimer/"] button').click()
    page.wait_for_selector(".slip")
    page.emulate_media(media="print")


def paper_sizes(page):
    """Return width and height of each page of the PDF, in millimetres."""
    pdf = page.pdf(prefer_css_page_size=True, print_background=False).decode("latin-1")
    boxes = re.findall(r"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [tuple(round(float(side) / 72 * 25.4) for side in box) for box in boxes]


def pictures(page, chosen):
    """Return each part as a grey picture, as a copier sees it."""
    return [Image.open(io.BytesIO(part.screenshot())).convert("L") for part in page.locator(chosen).all()]


def squares(pictures):
    return [[found.text for found in zxingcpp.read_barcodes(picture)] for picture in pictures]


def codes_on(page):
    return [code.replace(" ", "") for code in page.locator(".slip .code").all_inner_texts()]


def test_two_on_an_a4_each_square_leads_to_its_own_code(page, school, live_server):
    for name in ("Haddad", "Diallo", "Petit"):
        awaited(school, name)
    print_all(page, school)
    assert paper_sizes(page) == [A4, A4, A4]
    codes = codes_on(page)
    assert squares(pictures(page, ".slip")) == [[f"{live_server.url}/rejoindre/#{code}"] for code in codes]
    assert [len(found) for found in squares(pictures(page, ".leaf"))] == [0, 2, 1]
    assert {code[:4] for code in codes} == set(Slip.objects.living().values_list("selector", flat=True))


def test_a5_has_one_a_page(page, school):
    for name in ("Haddad", "Diallo"):
        awaited(school, name)
    print_all(page, school, paper="a5")
    assert paper_sizes(page) == [A5, A5, A5]
    assert [len(found) for found in squares(pictures(page, ".leaf"))] == [0, 1, 1]


def test_the_square_is_read_from_a_bad_copy(page, school):
    """Half the points, then black or white only: a tired copier."""
    awaited(school)
    print_all(page, school)
    [slip] = pictures(page, ".slip")
    copied = slip.resize((slip.width // 2, slip.height // 2)).point(lambda tone: 255 if tone > 140 else 0)
    assert len(zxingcpp.read_barcodes(copied)) == 1


INSIDE = """slips => slips.every(slip => {
  const box = slip.getBoundingClientRect();
  return slip.scrollHeight <= slip.clientHeight + 1
    && [...slip.querySelectorAll("p, li, dd, dt, h2, svg")].every(part => {
      const own = part.getBoundingClientRect();
      return own.right <= box.right + 1 && own.left >= box.left - 1 && own.bottom <= box.bottom + 1;
    });
})"""
THIRDS = """(slip, chosen) => {
  const box = slip.getBoundingClientRect(), third = box.width / 3;
  const own = slip.querySelector(chosen).getBoundingClientRect();
  return [own.left - box.left, own.right - box.left - 1].map(edge => Math.floor(edge / third));
}"""


@pytest.mark.parametrize(("paper", "fold"), [("a4", False), ("a4", True), ("a5", False), ("a5", True)])
def test_nothing_overflows_even_with_the_longest_words(page, school, paper, fold):
    awaited(school, LONG, "Marie-Antoinette Rakotomalala", rooms=school.rooms)
    print_all(page, school, paper=paper, fold=fold)
    assert page.eval_on_selector_all(".slip", INSIDE)


def test_folded_the_code_is_inside_and_the_name_outside(page, school):
    """Three parts of 70 mm: the first folds over the second, the third stays in sight."""
    awaited(school)
    print_all(page, school, fold=True)
    slip = page.locator(".slip")
    assert slip.evaluate(THIRDS, ".key .code") == [0, 0]
    assert slip.evaluate(THIRDS, ".key .qr") == [0, 0]
    assert slip.evaluate(THIRDS, ".whom") == [2, 2]


def test_no_colour_carries_anything(page, school):
    """All is black on white but the margin rule, which carries nothing."""
    awaited(school)
    print_all(page, school)
    colours = page.eval_on_selector_all(
        ".slip *", "parts => [...new Set(parts.map(part => getComputedStyle(part).color))]"
    )
    assert colours == ["rgb(0, 0, 0)"]


def test_the_paper_betrays_neither_a_child_nor_the_other_adult(page, school):
    awaited(school)
    awaited(school, "Haddad", "Youssef")
    print_all(page, school)
    for slip, name, other in ((0, "Amina", "Youssef"), (1, "Youssef", "Amina")):
        said = page.locator(".slip").nth(slip).inner_text()
        assert name in said
        assert other not in said
        assert " sur 2" not in said


def test_the_sheet_is_read_on_a_telephone_before_it_is_printed(page, school):
    awaited(school)
    page.set_viewport_size({"width": 360, "height": 740})
    print_all(page, school)
    page.emulate_media(media="screen")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_poster_of_a_class_is_one_a4(page, school, live_server):
    page.goto(f"/ecoles/{school.slug}/membres/fiches/")
    page.locator('form[action$="code-de-classe/"] button').click()
    page.wait_for_selector(".poster")
    page.emulate_media(media="print")
    assert paper_sizes(page) == [A4]
    [[square]] = squares(pictures(page, ".poster"))
    assert re.fullmatch(re.escape(f"{live_server.url}/rejoindre/#") + "[0-9A-Z]{10}", square)
