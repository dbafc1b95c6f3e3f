"""The longest and oddest names that a base may hold, at 320 px and on paper: no page is put out of shape."""

import datetime

import pytest
from django.test import Client

from accounts.schools.models import Document, Mandate
from tests.accounts.invitations.papers import awaited, waiting_for
from tests.browser.axe import wider_than_screen
from tests.browser.harness import CHROMIUM
from tests.factories import UserFactory, make_group, make_member, make_school

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is missing"),
]
# What may be typed: no space to break at, three marks on a letter. What may not, but stands in an old row:
# a direction never ended.
WIDE, PILED, TURNED = "W" * 200, "Z\u0301\u0302\u0323" * 50, "\u202e=cmd|" + "É" * 200
NAMES = {"wide": WIDE, "piled": PILED, "turned": TURNED}
OF_SCHOOL = ["", "documents/", "equipe/", "groupes/"]
OF_DIRECTION = [
    "reglages/", "reglages/fiche/", "reglages/listes/", "classes/", "membres/", "membres/fiches/",
    "membres/inviter/", "membres/attente/", "membres/pas-encore/", "voir-comme/",
]  # fmt: skip
OF_PERSON = [
    "/compte/",
    "/compte/nom/",
    "/compte/mes-donnees/",
    "/compte/mes-donnees/ecoles/",
    "/quoi-de-neuf/",
]


@pytest.fixture
def place(live_server, settings):
    settings.SITE_URL, settings.IS_DEMO = live_server.url, True
    school = make_school()
    director = make_member(school, "diane", "director")
    parent = make_member(school, "amina", "parent", "elected")
    make_member(school, "zoe", "parent")
    group = make_group(director, members=[parent])
    Document.objects.create(
        school=school, title="x", dated=datetime.date(2026, 11, 2), stored="x", file_name="x.pdf", size=1,
        content_type="application/pdf", readers="everyone",
    )  # fmt: skip
    waiting = waiting_for(school.rooms[0], UserFactory(username="nour"))
    return school, director, parent, group, waiting


def call_all(name: str, school, parent, group, waiting) -> None:
    """Write `name` in every row, past the forms that would refuse it."""
    user, room = parent.user, school.rooms[0]
    written = [
        (school, {"name": name[:80]}),
        (room, {"name": name[:40]}),
        (Document.objects.of_school(school).get(), {"title": name[:120]}),
        (group, {"name": name[:60], "purpose": name[:200]}),
        (parent, {"name": name[:80]}),
        (waiting, {"name": name[:80]}),
        (user, {"display_name": name[:60]}),
        (school.parent_lists.create(name="x"), {"name": name[:80], "is_association": True}),
    ]
    for row, values in written:
        vars(row).update(values)
        row.save(update_fields=list(values))
    Mandate.objects.filter(hat__membership=parent).update(parent_list=written[-1][0])
    one = awaited(school, "Petit", "Jean")
    one.first_name = one.last_name = name[:60]
    one.save(update_fields=["first_name", "last_name"])


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_no_page_scrolls_sideways(live_server, settings, chromium, place, name):
    school, director, parent, group, waiting = place
    call_all(name, school, parent, group, waiting)
    root = f"/ecoles/{school.slug}/"
    seen = {
        director.user: [root + page for page in OF_SCHOOL + OF_DIRECTION]
        + [f"{root}membres/{parent.key}/", f"{root}groupes/{group.key}/"],
        parent.user: [root + page for page in OF_SCHOOL] + OF_PERSON + [f"{root}groupes/{group.key}/"],
        None: [root, f"{root}documents/", "/ecoles/"],
    }
    wide = {}
    for person, pages in seen.items():
        context = chromium.new_context(base_url=live_server.url, viewport={"width": 320, "height": 640})
        if person is not None:
            client = Client()
            client.force_login(person)
            value = client.cookies[settings.SESSION_COOKIE_NAME].value
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}
            context.add_cookies([cookie])
        page = context.new_page()
        for path in pages:
            answer = page.goto(path)
            assert answer is not None and answer.status == 200, path
            if wider_than_screen(page) > 0:
                wide[str(person), path] = wider_than_screen(page)
            if path == f"{root}membres/":
                neighbour = page.get_by_text("Zoe", exact=True).first
                assert neighbour.is_visible() and neighbour.bounding_box()["x"] >= 0
        context.close()
    assert wide == {}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_no_slip_leaves_its_place(live_server, settings, chromium, place, name):
    school, director, parent, group, waiting = place
    awaited(school, "Diallo", "Awa")
    call_all(name, school, parent, group, waiting)
    client = Client()
    client.force_login(director.user)
    context = chromium.new_context(base_url=live_server.url)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"/ecoles/{school.slug}/membres/fiches/")
    page.locator('form[action$="imprimer/"] button').click()
    page.wait_for_selector(".slip")
    page.emulate_media(media="print")
    over = page.evaluate(
        """() => [...document.querySelectorAll(".slip")].flatMap((slip) => {
          const box = slip.getBoundingClientRect();
          return [...slip.querySelectorAll("*")].filter((one) => {
            const part = one.getBoundingClientRect();
            return part.width && (part.right > box.right + 1 || part.bottom > box.bottom + 1
              || part.left < box.left - 1);
          }).map((one) => one.className || one.localName);
        })"""
    )
    assert over == []
    codes = page.locator(".slip .code").all_inner_texts()
    assert len(codes) == 2 and all(len(code.replace(" ", "")) == 10 for code in codes)
    context.close()
