"""Three words instead of a password: read from paper, typed on any keyboard (DESIGN §6, Without e-mail)."""

import hmac
import math
import secrets
import unicodedata
from functools import cache
from pathlib import Path

from django.conf import settings

COUNT = 3
LIST = Path(__file__).with_name("words.txt")


@cache
def words() -> tuple[str, ...]:
    """Return our list: common French words of three to eight letters, none with an accent."""
    return tuple(LIST.read_text(encoding="ascii").split())


@cache
def _known() -> frozenset[str]:
    return frozenset(words())


def bits() -> float:
    """How hard three words are to guess, in bits."""
    return COUNT * math.log2(len(words()))


def new_seed() -> str:
    """Return what a session may keep until the words are noted: without the server's key it says nothing."""
    return secrets.token_hex(16)


def words_of(seed: str) -> str:
    """Return the three words of a seed: "girafe velo nuage"."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), f"three words {seed}".encode(), "sha256")
    numbers = (int.from_bytes(digest[place * 8 : place * 8 + 8], "big") for place in range(COUNT))
    return " ".join(words()[number % len(words())] for number in numbers)


def as_typed(password: str) -> str:
    """Return three of our words as they are stored, however they are typed; any other password as it is.

    Case, spaces, dashes, accents and a missing space between two words do not matter.
    """
    letters = _letters(password)
    return letters if letters and _is_words(letters, COUNT) else password


def _letters(text: str) -> str:
    """The plain letters of `text`, or "" if it holds anything but letters, spaces, dashes and dots."""
    if len(text) > 80:
        return ""
    folded = unicodedata.normalize("NFKD", text.casefold())
    kept = [sign for sign in folded if unicodedata.category(sign) not in {"Mn", "Zs", "Pd", "Cc", "Cf"}]
    bare = "".join(kept).replace(".", "").replace("_", "").replace(",", "")
    return bare if bare.isascii() and bare.isalpha() else ""


def _is_words(letters: str, count: int) -> bool:
    """Whether `letters` are exactly `count` words of the list, put together."""
    if count == 1:
        return letters in _known()
    ends = range(3, min(8, len(letters) - 3 * (count - 1)) + 1)
    return any(letters[:end] in _known() and _is_words(letters[end:], count - 1) for end in ends)
