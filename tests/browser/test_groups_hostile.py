"""Texts and names made to break a group's pages, put in through its forms; another script; and paper."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from portal.demo.addresses import group_key, topic_key
from tests.browser.axe import violations, wider_than_screen
from tests.browser.harness import letters, press
from tests.browser.test_groups import SEND, asked

# Each opens what it does not close, or asks for room that there is not.
HOSTILE = {
    "overridden": "\u202eegassem ruetcerid ud \u2067tout \u2066à l’envers (1) [2] {3}",
    "piled": "".join(letter + "\u0310\u0311\u0342\u035b\u0489" * 12 for letter in "zalgo ") * 20,
    "look-alike": "Lа dіrесtіоn vоus dеmаndе lе mоt dе раssе.",
    "unseen": "pa\u200bs d\u2060e pl\ufeffi \u00ad" * 400 + "\U000e0041\U000e0042",
    "endless": "a" * 10_000,
    "wide": "\ufdfd" * 300 + "W" * 3000,
    "dressed": f"> > > cité\n\n- - - liste\n\n```\n{'x' * 400}\n```\n\n# {'T' * 300}",
    "right to left": "\u05d0\u05d1\u05d2 (abc) \u0627\u0644\u0639 123 !",
}
PLAIN = "Bonjour (à tous) : 1, 2, 3 !"
# Boxes of a message, and whether its words run from left to right.
SHAPE = """article => {
    const box = article.getBoundingClientRect();
    const parts = [".note", ".said", ".quiet"].map((name) => {
        const part = article.querySelector(name).getBoundingClientRect();
        return [part.x, part.width, part.height, part.y - box.y].map(Math.round);
    });
    const words = article.querySelector(".said p").firstChild;
    const places = [...words.data].map((sign, place) => {
        const range = document.createRange();
        range.setStart(words, place);
        range.setEnd(words, place + 1);
        return Math.round(range.getBoundingClientRect().x);
    });
    return JSON.stringify([Math.round(box.x), Math.round(box.width), Math.round(box.height), parts, places]);
}"""
# What is drawn outside the column that it belongs to.
OUTSIDE = """() => [...document.querySelectorAll("main *")].filter((one) => {
    const box = one.getBoundingClientRect();
    const apart = one.closest(".visually-hidden, .said");
    return box.width && !apart && (box.left < 0 || box.right > innerWidth);
}).map((one) => one.outerHTML.slice(0, 90))"""


def whole(page: Page) -> None:
    """Nothing is wider than the screen."""
    assert wider_than_screen(page) == 0, page.url
    assert page.evaluate(OUTSIDE) == [], page.url


def say(page: Page, topic: str, text: str) -> None:
    page.goto(topic)
    page.fill("[name=text]", text)
    press(page, SEND)
    assert "#message-" in page.url, text[:60]


def test_no_text_leaves_its_place_or_touches_its_neighbours(
    visit: Callable[..., Page], own_group: str
) -> None:
    page = visit("about:blank", width=320, person="parent")
    neighbour = asked(page, own_group, "Voisine", PLAIN)
    row = page.locator("article", has=page.locator(f"h3 a[href='{neighbour}']"))
    topic = asked(page, own_group, HOSTILE["overridden"][:20] + "W" * 100, PLAIN)
    page.goto(topic)
    before = page.locator("#message-1 .said").screenshot()
    shape = page.locator("#message-1").evaluate(SHAPE)
    for text in HOSTILE.values():
        say(page, topic, text)
    say(page, topic, PLAIN)
    page.goto(topic)
    whole(page)
    last = len(HOSTILE) + 2
    assert page.locator("article.post").count() == last
    assert page.locator("#message-1").evaluate(SHAPE) == shape
    assert page.locator(f"#message-{last}").evaluate(SHAPE) == shape
    assert page.locator("#message-1 .said").screenshot() == before
    expect(page.locator("#message-4 .said")).to_have_text(HOSTILE["look-alike"])

    key = page.locator(f"#message-{last - 1} a[href$='/modifier/']").get_attribute("href")
    endless = topic + "message/6/signaler/"
    page.goto(own_group)
    whole(page)
    assert row.locator("h3").inner_text() == "Voisine"
    for address in (f"{topic}repondre/?citer=6", f"{own_group}chercher/?q={'a' * 60}", key):
        page.goto(address)
        whole(page)
    page = visit(endless, width=320, person="elue")
    whole(page)
    page.goto(topic)
    whole(page)


def test_a_name_that_deceives_is_refused_in_words(visit: Callable[..., Page]) -> None:
    page = visit("/ecoles/jean-moulin/groupes/ouvrir/", width=320, person="parent")
    page.fill("[name=purpose]", HOSTILE["overridden"] + "W" * 120)
    for name in (
        "Parents \u202edu CE1",
        "Parents du C\u200bE1",
        "Parеnts du CE1",
        "Par\u0310\u0311\u0342\u035bents",
        # The name of a group that is there, but for one Greek letter.
        "Parents du CE1 Α",
    ):
        page.fill("[name=name]", name)
        if name.startswith("Parents du CE1"):
            page.locator("select[name=classroom]").select_option(label="CE1 A")
        press(page, ".group-form .btn-primary")
        why = page.locator("[role=alert] li").filter(has=page.locator("a[href='#id_name']"))
        expect(why).to_have_count(1)
        assert len(why.inner_text()) > 20
        expect(page.locator("[name=name]")).to_have_value(name)
        whole(page)
    # The twin: a name that is what it looks like; its purpose, whatever it holds, stays in its place.
    page.fill("[name=name]", f"Déménagements {letters()}")
    press(page, ".group-form .btn-primary")
    assert re.search(r"/groupes/[a-z]{8}/$", page.url)
    whole(page)
    for address in (page.url + "presentation/", "/ecoles/jean-moulin/groupes/"):
        page.goto(address)
        whole(page)


def test_a_group_that_speaks_arabic_in_both_languages(visit: Callable[..., Page]) -> None:
    school, name, title = "jean-moulin", "أولياء نتحدث العربية", "ما معنى كلمة « cantine » في الورقة؟"
    group = f"/ecoles/{school}/groupes/{group_key(school, name)}/"
    topic = f"{group}{topic_key(group_key(school, name), title)}/"
    page = visit(group, language="ar", person="parent-ar")
    for address in (group, topic, f"{group}question/"):
        page.goto(address)
        assert page.locator("html").get_attribute("dir") == "rtl"
        whole(page)
        assert violations(page) == [], address
    page.goto(topic)
    note, said = (page.locator(f"#message-2 {part}").bounding_box() for part in (".note", ".said"))
    assert abs(note["x"] + note["width"] - said["x"] - said["width"]) < 2
    say(page, topic, "Le mot « cantine » (en français) : 12 h !")
    ways = page.locator("article.post .said").evaluate_all(
        "all => all.map(one => getComputedStyle(one).direction)"
    )
    assert (ways[:2], ways[-1]) == (["rtl", "rtl"], "ltr")
    page.goto(f"{topic}?langue=fr")
    assert page.locator("html").get_attribute("dir") == "ltr"
    assert page.locator("h1 > bdi").evaluate("one => [one.lang, getComputedStyle(one).direction]") == [
        "ar",
        "rtl",
    ]
    assert page.locator("#message-1 .said").evaluate(
        "one => [one.lang, getComputedStyle(one).direction]"
    ) == [
        "ar",
        "rtl",
    ]
    whole(page)


def test_a_discussion_on_paper_is_its_messages(visit: Callable[..., Page]) -> None:
    group = group_key("jean-moulin", "Parents du CE1 A")
    title = "Où trouver la poésie à apprendre ?"
    page = visit(f"/ecoles/jean-moulin/groupes/{group}/{topic_key(group, title)}/", person="parent")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1
    page.emulate_media(media="print")
    for shown in ("h1", ".who", ".notice.is-done .answer", "#message-2 .note", "#message-2 .said"):
        expect(page.locator(shown).first).to_be_visible()
    for hidden in ("nav", ".quiet", "form", ".aside", ".help-band", "footer"):
        assert not any(one.is_visible() for one in page.locator(hidden).all()), hidden
