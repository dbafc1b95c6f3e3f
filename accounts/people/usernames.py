"""Make user names that one can read aloud and copy from paper."""

import secrets
import unicodedata

LETTERS = 12


def candidate(name: str) -> str:
    """Return the first word of `name` in plain letters and four digits: « Amina B. » gives "amina-4821".

    Never made from an e-mail address: a user name is told to others.
    """
    folded = unicodedata.normalize("NFKD", name.split()[0] if name.split() else "")
    word = "".join(letter for letter in folded.lower() if letter.isascii() and letter.isalnum())[:LETTERS]
    return f"{word or 'membre'}-{secrets.randbelow(9000) + 1000}"
