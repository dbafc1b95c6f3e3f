"""Ten characters on paper: four to find the row, six to be verified (DESIGN §6, Slips)."""

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass

from django.conf import settings

# No I, L, O, U: what looks like 1 and 0 is read as 1 and 0, and no word appears.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
SELECTOR = 4
READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
SCRYPT = {"n": 2**12, "r": 8, "p": 1, "dklen": 32}


@dataclass(frozen=True)
class NewCode:
    """A code that was just made: `text` is on paper only, the rest is stored."""

    text: str
    selector: str
    salt: str
    verifier: str


def make_code() -> NewCode:
    """Make a code; its verifier takes about 10 ms."""
    text = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    salt = secrets.token_hex(16)
    return NewCode(text, text[:SELECTOR], salt, _verifier(text, salt))


def normalise(typed: str) -> str:
    """Return what was typed as a code is written: case, spaces, dashes and look-alikes do not matter."""
    return "".join(sign for sign in _plain(typed) if sign in ALPHABET)


def foreign_sign(typed: str) -> str:
    """Return the first letter or digit of `typed` that no code has, or ""."""
    return next((sign for sign in _plain(typed) if sign.isalnum() and sign not in ALPHABET), "")


def _plain(typed: str) -> str:
    """Capital letters, and digits of any keyboard as 0 to 9."""
    wide = unicodedata.normalize("NFKC", typed).upper().translate(READ_AS)
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in wide)


def is_whole(code: str) -> bool:
    return len(code) == LENGTH


def matches(code: str, salt: str, verifier: str) -> bool:
    """Say whether a normalised code is the one of this salt and verifier, in constant time."""
    return hmac.compare_digest(_verifier(code, salt), verifier)


def grouped(code: str) -> str:
    """Return a code as it is printed: "K7M 4TQ 9XDR" (LOOK §6.19)."""
    return f"{code[:3]} {code[3:6]} {code[6:]}"


def _verifier(code: str, salt: str) -> str:
    """Scrypt of the code and a server key; without the key, a stolen table says nothing."""
    keyed = hmac.digest(settings.SECRET_KEY.encode(), code.encode(), "sha256")
    return hashlib.scrypt(keyed, salt=bytes.fromhex(salt), **SCRYPT).hex()
