"""By which an adult of a list is found again: last and first name, folded."""

import unicodedata


def fold(text: str) -> str:
    """Lower case, without accents, hyphens, apostrophes or spaces: "Le Goff-D'Arcy" gives "legoffdarcy"."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe").casefold())
    return "".join(sign for sign in plain if sign.isalnum())


def match_of(last_name: str, first_name: str) -> str:
    """Return the key of a name: the folded last name, a bar, the folded first name."""
    return f"{fold(last_name)}|{fold(first_name)}"[:160]
