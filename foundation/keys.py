"""Random keys that stand in addresses and logs instead of a row's number (RULES §7)."""

import secrets

# No vowel: no word appears by chance.
LETTERS = "bcdfghjkmnpqrstvwxz"


def random_key(length: int = 8) -> str:
    """Return `length` random lower-case letters."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def person_key() -> str:
    """Return the key that stands for an account in logs and ledgers, which hold no name."""
    return random_key(12)
