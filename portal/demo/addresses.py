"""Addresses that are the same in every demo, so that guides, pictures and journeys lead to them."""

import hashlib

from foundation.keys import LETTERS


def steady_key(words: str) -> str:
    """A key as `foundation.keys` gives, the same for the same words."""
    number = int.from_bytes(hashlib.sha256(words.encode()).digest())
    return "".join(LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in range(8))


def group_key(school: str, name: str) -> str:
    return steady_key(f"{school} {name}")


def topic_key(group: str, title: str) -> str:
    return steady_key(f"{group} {title}")
