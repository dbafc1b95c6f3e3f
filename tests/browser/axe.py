"""Ask axe-core what is wrong with the page in the browser, as it stands."""

import json

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
# What else than structure: the only rules that light and the size of text change.
SEEN = {**OPTIONS, "runOnly": {"type": "rule", "values": ["color-contrast", "target-size"]}}
WIDER_THAN_SCREEN = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def violations(page: Page, options: dict[str, object] = OPTIONS) -> list[str]:
    """Each rule that fails, with where: empty when the page is clean."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(f"async () => (await axe.run({json.dumps(options)})).violations")
    return [
        f"{rule['id']}: {node['target']} {node['html'][:120]}" for rule in found for node in rule["nodes"]
    ]


def wider_than_screen(page: Page) -> int:
    """By how many pixels the page scrolls sideways."""
    return page.evaluate(WIDER_THAN_SCREEN)
