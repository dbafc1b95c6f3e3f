"""Groups as people live them: on a phone, by keyboard, by ear, without script (JOURNEYS §4, task 7)."""

import re
import time
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.axe import wider_than_screen
from tests.browser.harness import letters, press, sign_in
from tests.browser.test_joining import Trip, main_button
from tests.browser.test_journeys import focused, press_until
from tests.browser.test_shared_phone import sign_out

GROUPS = "/ecoles/jean-moulin/groupes/"
# Of the form one writes in: a discussion has other ones, which hold no field to type in.
SEND = "form:has([name=text]) .btn-primary"
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
    trip.tap(SEND)


def mails_to(data: Path, address: str) -> list[str]:
    """What each mail to `address` says; a file holds several, one after the other."""
    texts = [text for path in (data / "mail").glob("*") for text in path.read_bytes().split(b"-" * 79)]
    mails = [message_from_bytes(text.strip(), policy=default) for text in texts]
    return [mail.get_body(("plain",)).get_content() for mail in mails if address in (mail["To"] or "")]


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
    # Before they read it: what was read is mailed no more. At night and on holidays the mail waits for the
    # hour that the page has just named.
    if re.search(r"19\s*h\s*30", words):
        wait_for_mail(portal_data, "elue@demo.invalid", name)

    asker.page.goto(group)
    go(asker, ".entry-title a")
    go(asker, f"button[formaction='{path_of(topic)}resolu/']")
    expect(asker.page.locator(".head .solved")).to_be_visible()
    expect(asker.page.locator(".notice.is-done .answer")).to_have_text("À 8 h, devant le portail.")
    go(asker, "#message-2 button[formaction$='/merci/']")
    expect(asker.page.locator("#message-2 button[name=take_back]")).to_be_visible()
    spent("joins, asks and thanks", asker)


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
    trip.taps += 1
    page.locator("button[data-copy]").click()
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


# By keyboard and by ear ---------------------------------------------------------------------------


def asked(page: Page, group: str, title: str, text: str = "Qui sait ?") -> str:
    """Ask in the group, and give the path of the discussion."""
    page.goto(f"{group}question/")
    page.fill("[name=title]", title)
    page.fill("[name=text]", text)
    press(page, SEND)
    return path_of(page.url).partition("#")[0]


def to(page: Page, selector: str) -> None:
    """Tab to what matches; all that has the focus on the way shows it, below what had it before."""
    last = -1e9

    def reached() -> bool:
        nonlocal last
        shown, top = page.evaluate(FOCUS)
        assert shown, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if page.evaluate("document.activeElement.closest('main') !== null"):
            assert top >= last - 1, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
            last = top
        return focused(page, selector)

    press_until(page, reached)


# Whether the focus is drawn, and where what has it begins on the page.
FOCUS = """() => {
    const style = getComputedStyle(document.activeElement);
    const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const block = document.activeElement.closest("form, article, section, main, body");
    return [drawn, block.getBoundingClientRect().top + scrollY];
}"""


def test_ask_answer_and_thank_by_keyboard_alone(visit: Callable[..., Page], own_group: str) -> None:
    title = f"Gants perdus {letters()}"
    page = visit(own_group, width=1280, person="parent")
    to(page, f"a[href='{own_group}question/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/question/")
    to(page, "[name=title]")
    page.keyboard.type(title)
    to(page, "[name=text]")
    page.keyboard.type("Des gants verts, au vestiaire.")
    to(page, "[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "question" not in url)
    topic = path_of(page.url)

    page = visit(topic, width=1280, person="elue")
    to(page, "#message-1 button[formaction$='/merci/']")
    page.keyboard.press("Space")
    page.wait_for_url("**#message-1")
    expect(page.locator("#message-1 button[name=take_back]")).to_be_visible()
    # From the message one comes on: what was thanked stands before what is typed.
    to(page, "[name=text]")
    page.keyboard.type("Je les ai vus hier.")
    to(page, "form[data-draft] [type=submit]")
    page.keyboard.press("Space")
    page.wait_for_url("**#message-2")
    expect(page.locator("#message-2 .said")).to_have_text("Je les ai vus hier.")


def test_what_a_screen_reader_says_of_a_discussion(visit: Callable[..., Page], own_group: str) -> None:
    title = f"Piscine {letters()}"
    page = visit("about:blank", person="parent")
    topic = asked(page, own_group, title)
    page = visit(own_group, person="elue")
    row = page.locator("article", has=page.get_by_role("heading", name=title, level=3))
    assert re.match(r"1\s\w+", row.locator(".state").inner_text())
    row.get_by_role("link", name=title, exact=True).click()
    page.wait_for_url(f"**{topic}")
    assert page.get_by_role("heading", level=1).all_inner_texts() == [title]
    heard = page.locator("#message-1").get_by_role("heading", level=2)
    new = page.locator("#message-1 .state").inner_text()
    # Number, who, and that it is new: in the order in which one decides whether to listen.
    assert re.fullmatch(rf"Message 1\W+Amina Belkacem\W+{new}", heard.text_content())
    press(page, SEND)
    assert focused(page, "[role=alert]")
    page.locator("[role=alert] a").first.click()
    assert focused(page, "[name=text]")
    field = page.locator("[name=text]")
    assert field.get_attribute("aria-invalid") == "true"
    told_of = " ".join(
        page.locator(f"[id='{one}']").inner_text() for one in field.get_attribute("aria-describedby").split()
    )
    label, _colon, why = page.locator("[role=alert] a").first.inner_text().partition("\N{NO-BREAK SPACE}: ")
    assert page.get_by_label(label).get_attribute("name") == "text"
    assert why and why in told_of
    assert " : " in page.title().replace("\N{NO-BREAK SPACE}", " ")
    field.fill("Jeudi.")
    press(page, SEND)
    assert told(page)
    assert page.locator("article.post").count() == page.locator("article.post h2").count() == 2


# Nothing typed is lost, nothing is left behind ------------------------------------------------------


def test_without_script_what_was_typed_comes_back_and_is_sent_once(
    visit: Callable[..., Page], own_group: str
) -> None:
    title, long = f"Cantine {letters()}", "Riz. " * 2100
    page = visit(f"{own_group}question/", person="parent", script=False)
    page.fill("[name=title]", title)
    press(page, SEND)
    expect(page.locator("[role=alert]")).to_be_visible()
    expect(page.locator("[name=title]")).to_have_value(title)
    page.fill("[name=text]", long)
    press(page, SEND)
    expect(page.locator("[role=alert]")).to_be_visible()
    assert len(page.locator("[name=text]").input_value()) > 10_000
    page.fill("[name=text]", "Du riz demain ?")
    # The session ends while one types; one signs in again in another tab, and sends the form given back.
    page.context.clear_cookies(name="sessionid")
    press(page, SEND)
    expect(page.locator("[name=title]")).to_have_value(title)
    expect(page.locator("[name=text]")).to_have_value("Du riz demain ?")
    sign_in(page.context.new_page(), "parent")
    press(page, SEND)
    # Signing in changed the token that the form given back holds: it comes once more, filled.
    expect(page.locator("[name=text]")).to_have_value("Du riz demain ?")
    press(page, SEND)
    expect(page.locator("h1")).to_have_text(title)
    page.goto(own_group)
    assert page.get_by_role("link", name=title, exact=True).count() == 1


def test_a_draft_outlives_the_page_and_nothing_else(
    visit: Callable[..., Page], own_group: str, portal: str
) -> None:
    page = visit("about:blank")
    sign_in(page, "elue")
    page.goto(f"{own_group}question/")
    title = f"Brouillon {letters()}"
    page.fill("[name=title]", title)
    page.fill("[name=text]", "À finir plus tard.")
    expect(page.locator("[data-draft-says]")).to_be_visible()
    kept(page, 1)
    page.reload()
    expect(page.locator("[name=title]")).to_have_value(title)
    press(page, SEND)
    expect(page.locator("h1")).to_have_text(title)
    kept(page, 0)
    page.fill("[name=text]", "Une suite, jamais envoyée.")
    kept(page, 1)
    sign_out(page)
    assert page.evaluate("localStorage.length") == 0


def kept(page: Page, count: int) -> None:
    """See how many drafts the browser keeps, once it has had the time to write."""
    end = time.monotonic() + 5
    while page.evaluate("localStorage.length") != count:
        assert time.monotonic() < end
        page.wait_for_timeout(50)


def test_a_shared_phone_keeps_no_draft(
    visit: Callable[..., Page], new_slip: Callable[..., str], own_group: str
) -> None:
    page = visit(f"/rejoindre/#{new_slip('CM2 B')}")
    press(page, main_button("/rejoindre/"))
    press(page, "button[value=me]")
    page.check("[name=shared]")
    press(page, "button[value=none]")
    press(page, main_button("/rejoindre/fin/"))
    page.goto(f"{own_group}presentation/")
    press(page, "button[value=join]")
    page.goto(f"{own_group}question/")
    page.fill("[name=title]", "Rien ne reste ici")
    page.fill("[name=text]", "Pas même ceci.")
    page.wait_for_timeout(500)
    page.reload()
    expect(page.locator("[name=title]")).to_have_value("")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
