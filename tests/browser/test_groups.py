"""Groups as the people in them live them, on a phone: open, invite, ask, answer, thank (JOURNEYS §4, task 7)."""

import re
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.axe import wider_than_screen
from tests.browser.test_joining import Trip, letters

GROUPS = "/ecoles/jean-moulin/groupes/"
# JOURNEYS §4: screens, taps and bytes of what one person does, from the list of groups.
MOST_SCREENS, MOST_TAPS, MOST_BYTES = 5, 11, 150_000


def who_can_read(page: Page) -> int:
    """The bold number under « Qui peut lire ici », which every page of a group bears above all else."""
    number = re.match(r"\D*(\d+)", page.locator(".who .entry-text b").first.inner_text())
    assert number, page.url
    assert page.locator("main .who").first.is_visible()
    return int(number[1])


def go(trip: Trip, selector: str) -> int:
    """Tap, and see who can read where it led."""
    trip.tap(selector)
    assert wider_than_screen(trip.page) == 0, trip.page.url
    return who_can_read(trip.page)


def told(page: Page) -> str:
    """What the page announces was done, with plain spaces."""
    return " ".join(page.locator(".messages[role=status]").inner_text().split())


def write(trip: Trip, text: str, title: str = "") -> None:
    if title:
        trip.type("[name=title]", title)
    trip.type("form[data-draft] [name=text]", text)
    trip.tap("form[data-draft] .btn-primary")


def mails_to(data: Path, address: str) -> list[str]:
    texts = (path.read_text(errors="replace") for path in (data / "mail").glob("*"))
    return [text for text in texts if f"To: {address}" in text]


def spent(name: str, trip: Trip) -> None:
    print(f"{name}: {len(trip.screens)} screens, {trip.taps} taps, {trip.weight / 1000:.0f} kB")
    assert len(trip.screens) <= MOST_SCREENS
    assert trip.taps <= MOST_TAPS
    assert trip.weight <= MOST_BYTES


def test_parents_open_a_group_ask_answer_and_thank(
    visit: Callable[..., Page], portal_data: Path, portal: str
) -> None:
    name, title = f"Sortie {letters()}", f"Quel car pour la sortie {letters()} ?"
    opener = Trip(visit("about:blank", person="parent"))
    opener.page.goto(f"{portal}{GROUPS}")
    group = opens(opener, name)
    address = copies_the_address(opener)

    asker = Trip(visit("about:blank", person="elue"))
    asker.page.goto(address)
    assert who_can_read(asker.page) == 1
    assert go(asker, "form[action*='/invitation/'] .btn-primary") == 2
    assert asker.page.url == group
    # The first message of all, of somebody who never wrote here: at once before everybody (RULES §4).
    go(asker, ".empty .btn-primary")
    write(asker, "Le mot parle d’un car, sans heure. Qui sait ?", title)
    topic = asker.page.url.partition("#")[0]
    assert who_can_read(asker.page) == 2
    words = told(asker.page)
    assert "2 parents" in words
    assert re.search(r"\b7\s*h\b", words), words
    answers(opener, group, title)
    spent("opens, invites and answers", opener)

    asker.page.goto(group)
    go(asker, ".entry-title a")
    go(asker, f"button[formaction='{path_of(topic)}resolu/']")
    expect(asker.page.locator(".head .solved")).to_be_visible()
    expect(asker.page.locator(".notice.is-done .answer")).to_have_text("À 8 h, devant le portail.")
    go(asker, "#message-2 button[formaction$='/merci/']")
    expect(asker.page.locator("#message-2 button[name=take_back]")).to_be_visible()
    spent("joins, asks and thanks", asker)
    # At night and on holidays the mail waits for the hour that the page has just named.
    if re.search(r"19\s*h\s*30", words):
        wait_for_mail(portal_data, "elue@demo.invalid", name)


def opens(trip: Trip, name: str) -> str:
    """The address of a group of CM2 B's parents, opened from the list of groups."""
    page = trip.page
    go(trip, f"a[href='{GROUPS}ouvrir/']")
    trip.type("[name=name]", name)
    trip.type("[name=purpose]", "S’entraider pour la sortie.")
    trip.taps += 1
    page.locator("select[name=classroom]").select_option(label="CM2 B")
    assert go(trip, ".group-form .btn-primary") == 1
    return page.url


def copies_the_address(trip: Trip) -> str:
    page = trip.page
    go(trip, "a[href$='/inviter/']")
    go(trip, "button[name=renew]")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    trip.tap("button[data-copy]")
    expect(page.locator("button[data-copy] + [role=status]")).not_to_be_empty()
    return page.evaluate("navigator.clipboard.readText()")


def answers(trip: Trip, group: str, title: str) -> None:
    """The other parent finds the question as new, and answers it."""
    page = trip.page
    page.goto(group)
    row = page.locator(".entry.is-new", has_text=title)
    expect(row.locator(".state")).to_be_visible()
    go(trip, ".entry.is-new .entry-title a")
    expect(page.locator("#message-1.is-new .state")).to_be_visible()
    write(trip, "À 8 h, devant le portail.")
    assert page.url.endswith("#message-2")
    assert "2 parents" in told(page)


def path_of(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def wait_for_mail(data: Path, address: str, words: str) -> None:
    end = time.monotonic() + 30
    while not any(words in text for text in mails_to(data, address)):
        assert time.monotonic() < end, "no mail left"
        time.sleep(0.5)


def test_the_direction_suggests_a_group_and_has_its_card_only(visit: Callable[..., Page]) -> None:
    name = f"Ateliers du samedi {letters()}"
    director = Trip(visit(GROUPS, person="directrice"))
    go(director, f"a[href='{GROUPS}proposer/']")
    director.type("[name=name]", name)
    director.type("[name=purpose]", "Réparer et coudre, entre parents.")
    assert go(director, ".group-form .btn-primary") == 0
    card = director.page.url
    assert told(director.page)

    parent = Trip(visit(GROUPS, person="parent"))
    go(parent, f".entry-title a:has-text('{name}')")
    assert go(parent, "button[value=take_on]") == 1
    go(parent, ".empty .btn-primary")
    write(parent, "On commence samedi ?", "Premier atelier")
    topic = parent.page.url.partition("#")[0]
    spent("takes on and writes first", parent)

    page = director.page
    page.goto(card)
    assert who_can_read(page) == 1
    expect(page.locator("main")).not_to_contain_text("atelier")
    assert page.locator("main form, main .btn-primary").count() == 0
    group = card.removesuffix("presentation/")
    within = (
        "membres/ journal/ silence/ animation/ inviter/ demandes/ reglages/ question/ chercher/?q=atelier"
    )
    beyond = "repondre/ message/1/"
    addresses = [group + part for part in within.split()] + [topic + part for part in ["", *beyond.split()]]
    seen = {address: page.request.get(address).status for address in addresses}
    assert set(seen.values()) == {404}, seen
    assert page.goto(group).url == card
    # The twin: all these addresses answer to whoever is in.
    assert {parent.page.request.get(address).status for address in addresses} == {200}
