"""Press what a page of moderation offers, as somebody with a browser does."""

import re

from django.test import Client

CHOSEN = "_selected_action"
ADMIN = "/admin/a-moderer/"


def fields(page: str) -> dict[str, list[str]]:
    """What the page of a decision sends beside what is typed."""
    form = page.split('class="confirm"', 1)[1].split("</form>", 1)[0]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form):
        found.setdefault(name, []).append(value)
    checked = re.search(r'name="ground"[^>]*value="(\w+)"[^>]*checked', form)
    if checked:
        found["ground"] = [checked[1]]
    return found


def press(client: Client, base: str, decision: str, *refs: str):
    """Open the page where a decision is confirmed."""
    return client.get(f"{base}decider/", {"decision": decision, CHOSEN: list(refs)})


def confirm(client: Client, base: str, decision: str, *refs: str, **typed):
    """Press a decision, then confirm it with what the page holds and `typed`; the page one comes back to."""
    page = press(client, base, decision, *refs)
    assert page.status_code == 200, (page.status_code, page.headers)
    sent = fields(page.content.decode()) | typed
    return client.post(f"{base}decider/", sent, follow=True)


def said(response) -> str:
    """The messages at the top of a page."""
    page = response.content.decode()
    return page.split('class="messages"', 1)[1].split("<h1", 1)[0] if 'class="messages"' in page else ""
