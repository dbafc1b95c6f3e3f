"""The addresses of groups, discussions and moderation, who gets which, and how two answers are compared."""

from collections.abc import Iterator

from django.urls import get_resolver

from tests.architecture import crawl
from tests.architecture.test_crawl_two_schools import NOBODY, answer

ROOT = "ecoles/<slug:slug>/"
# In each, every other one of its school that may exist for others and not for this person.
UNKNOWN = {
    "lea": ("secret", "ce1", "there"),
    "removed": ("secret",),
    "left": ("secret",),
    "barred": ("ce1",),
    "suspended": ("secret",),
    "nadia": ("team",),
    "rosa": ("team", "there"),
    "paul": ("open",),
    "proche": ("open", "both"),
    "helper": ("open",),
    "relay": ("open",),
    "secretary": ("team",),
    "pending": ("open",),
    "zoe": ("open",),
}
# Of those, whoever tries to act there too.
ACTORS = ("lea", "removed", "barred", "paul", "pending", "zoe")
# Name of the address → what answers to GET, to: a member · who runs it · a parent who has not joined.
# Whoever may not know of the group gets 404 from each that bears its key.
ADDRESSES = {
    "group": (200, 200, 302),
    "group_card": (200, 200, 200),
    "join_group": (405, 405, 405),
    "leave_group": (200, 200, 404),
    "silence_group": (200, 200, 404),
    "group_lines": (200, 200, 404),
    "group_members": (200, 200, 404),
    "fold_person": (405, 405, 405),
    "group_settings": (403, 200, 404),
    "pause_group": (405, 405, 405),
    "group_facilitators": (200, 200, 404),
    "invite_to_group": (403, 200, 404),
    "group_requests": (403, 200, 404),
    "search_group": (200, 200, 404),
    "ask": (200, 200, 404),
    "edit_post": (403, 403, 404),
    "withdraw_post": (403, 403, 404),
    "post_history": (404, 404, 404),
    "thank": (405, 405, 405),
    "topic": (200, 200, 404),
    "reply": (200, 200, 404),
    "follow_topic": (405, 405, 405),
    "solve_topic": (405, 405, 405),
    "pin_topic": (405, 405, 405),
    "post": (302, 302, 404),
    "report_post": (200, 200, 404),
}
# Those that bear no key of a group, to the same three.
WITHOUT_KEY = {
    "groups": (200, 200, 200),
    "open_group": (200, 200, 200),
    "suggest_group": (403, 403, 403),
    "group_invitation": (200, 200, 200),
    "moderation": (403, 200, 403),
    "moderation_decide": (403, 302, 403),
    "hide_meanwhile": (405, 405, 405),
    "moderation_undo": (405, 405, 405),
    "moderation_file": (403, 200, 403),
    "decision": (404, 404, 404),
    "what_i_reported": (404, 404, 404),
}
# RULES §3: of a group of parents the direction has the card, and may not join; all else is not there.
OF_DIRECTION = {"group": 302, "group_card": 200, "join_group": 405}


def routes() -> dict[str, str]:
    """{name of the address: route} of what stands under a school and is of the exchanges."""
    found = {
        pattern.name: route
        for route, pattern in crawl.routes()
        if pattern.callback.__module__.startswith("exchanges.") and route.startswith(ROOT)
    }
    return found | {"groups": f"{ROOT}groupes/"}


def path_of(name, slug, values):
    """The address of `name` with these parts."""
    [(candidate, names)] = [
        one for found in get_resolver().reverse_dict.getlist(name) for one in found[0] if "slug" in one[1]
    ][:1]
    return "/" + candidate % {part: values.get(part, slug) if part != "slug" else slug for part in names}


def keyed(slug, values, names=ADDRESSES) -> Iterator[tuple[str, str]]:
    for name in names:
        yield name, path_of(name, slug, values)


def nothing(values):
    """As `values`, of what does not exist."""
    return {part: value if part == "number" else NOBODY for part, value in values.items()}


def asked(client, path, posts, values):
    """As `answer`, with what was asked for taken out."""
    return answer(client, path, posts, *{str(value) for value in values.values() if len(str(value)) == 8})


def parts_of(name):
    return {
        part for found in get_resolver().reverse_dict.getlist(name) for one in found[0] for part in one[1]
    }


def decided(client, slug, number):
    """What the page of a decision answers, the parts of its address taken out."""
    path = f"/ecoles/{slug}/decisions/{number}/"
    return answer(client, path, False, f"/{number}/", f"%2F{number}%2F", f'"{number}"')


def general_pages(slug, group=None):
    """Where something of many groups is listed, counted or told."""
    yield from ("/", f"/ecoles/{slug}/", f"/ecoles/{slug}/groupes/", "/quoi-de-neuf/", "/compte/")
    yield from ("/compte/ce-que-je-recois/", f"/ecoles/{slug}/a-moderer/", f"/ecoles/{slug}/groupes/ouvrir/")
    if group is not None:
        yield f"/ecoles/{slug}/groupes/{group.key}/"


def plain(page, word):
    text = page.content.decode().replace(word, "…").replace(word.capitalize(), "…")
    return [line for line in text.splitlines() if "csrf" not in line and "nonce" not in line]
