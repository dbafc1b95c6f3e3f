"""A phone lent after signing out: nothing of the person is left in it (DESIGN §6, Sessions).

The whole profile folder of a real Chromium is searched, its cache decompressed.
"""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli
from playwright.sync_api import BrowserContext, Error, Page, Playwright

from tests.browser.harness import ARGUMENTS, CHROMIUM, sign_in

# The demo's parent: her account, her school, what is held of her.
PRIVATE_PAGES = ("/compte/", "/compte/nom/", "/compte/email/", "/ecoles/jean-moulin/", "/compte/mes-donnees/")
PRIVATE_WORDS = ("Amina", "Belkacem", "parent@demo.invalid")
# A page for everybody, by which the search proves that it finds what is there.
PUBLIC_PAGE = "/ressources/eteindre-avant-la-nuit/"
PUBLIC_WORDS = "Comment éteindre l’écran avant la nuit"


@contextmanager
def phone(playwright: Playwright, folder: Path, address: str) -> Iterator[BrowserContext]:
    """A Chromium whose profile stays in `folder`."""
    context = playwright.chromium.launch_persistent_context(
        str(folder), executable_path=CHROMIUM, args=ARGUMENTS, base_url=address
    )
    yield context
    context.close()


def test_after_signing_out_the_phone_holds_nothing_private(
    playwright: Playwright, portal: str, tmp_path: Path
) -> None:
    with phone(playwright, tmp_path, portal) as context:
        page = context.pages[0]
        page.goto(PUBLIC_PAGE)
        sign_in(page, "parent")
        for path in PRIVATE_PAGES:
            page.goto(path)
        assert "Amina" in page.content()
        sign_out(page)
        assert shown(page.go_back) == ""
        assert stored(page) == {"local": 0, "session": 0, "caches": [], "databases": []}
        assert from_cache(page, PRIVATE_PAGES) == []
        page.goto(PUBLIC_PAGE)
        context.set_offline(True)
        for path in PRIVATE_PAGES:
            assert not shown_private(page, path)
        context.set_offline(False)
        sign_in(page, "parent-ar")
        for path in PRIVATE_PAGES:
            assert not shown_private(page, path)
        sign_out(page)
    left = everything_in(tmp_path)
    assert [word for word in PRIVATE_WORDS if word.encode() in left] == []
    assert PUBLIC_WORDS.encode() in left


def test_while_signed_in_nothing_private_is_written_either(
    playwright: Playwright, portal: str, tmp_path: Path
) -> None:
    """Twin: the pages do show what is searched for; they are `no-store`."""
    with phone(playwright, tmp_path, portal) as context:
        page = context.pages[0]
        sign_in(page, "parent")
        seen = ""
        for path in PRIVATE_PAGES:
            page.goto(path)
            seen += page.content()
        assert from_cache(page, PRIVATE_PAGES) == []
    assert [word for word in PRIVATE_WORDS if word not in seen] == []
    assert [word for word in PRIVATE_WORDS if word.encode() in everything_in(tmp_path)] == []


def sign_out(page: Page) -> None:
    page.goto("/compte/logout/")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def shown(move) -> str:
    """Private words on the page after `move`; a page that does not come shows none."""
    try:
        answer = move()
        text = answer.text() if answer else ""
    except Error:
        return ""
    return " ".join(word for word in PRIVATE_WORDS if word in text)


def shown_private(page: Page, path: str) -> str:
    return shown(lambda: page.goto(path))


def stored(page: Page) -> dict[str, object]:
    """What the site left in the browser's own stores."""
    return page.evaluate(
        """async () => ({
            local: localStorage.length,
            session: sessionStorage.length,
            caches: await caches.keys(),
            databases: (await indexedDB.databases()).map(base => base.name),
        })"""
    )


def from_cache(page: Page, paths: tuple[str, ...]) -> list[str]:
    """Which of these addresses the HTTP cache itself would answer."""
    return page.evaluate(
        """async paths => {
            const found = [];
            for (const path of paths) {
                try {
                    const answer = await fetch(path, {cache: "only-if-cached", mode: "same-origin"});
                    if (answer.ok) found.push(path);
                } catch { /* not in the cache */ }
            }
            return found;
        }""",
        list(paths),
    )


def everything_in(folder: Path) -> bytes:
    """All bytes of a profile, with the bodies of its cache decompressed beside them."""
    parts = []
    for path in folder.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            parts += [raw, body_of(raw)]
    return b"\n".join(parts)


def body_of(raw: bytes) -> bytes:
    """The body of an entry of Chromium's simple cache, decompressed; empty for any other file."""
    if not raw.startswith((0xFCFB6D1BA7725C30).to_bytes(8, "little")):
        return b""
    start = 24 + int.from_bytes(raw[12:16], "little")
    if raw[start : start + 2] == b"\x1f\x8b":
        return zlib.decompressobj(wbits=47).decompress(raw[start:])
    try:
        return brotli.Decompressor().process(raw[start:])
    except brotli.error:
        return b""
