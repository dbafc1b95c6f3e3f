"""Names of classes as files write them: folded to compare, and what certainly is one."""

import re

from accounts.invitations.matching import fold

LONGEST = 40
_WORD_CLASS = re.compile(r"^\s*(?:classe|cl\.?)(?:\s+des?\b)?[\s:.-]+(?=\S)", re.IGNORECASE)
_LIST = re.compile(r"\s*[,|;\n]\s*")
# Words that stand in the name of a class and in no name of a person (DOMAIN 5.2).
_LEVEL = re.compile(
    r"(?:t?ps|ms|gs|tps?ps|c[pem]\d?[a-z]?|c[em][12][a-z]{0,2}|cpce1|ulis\w*|upe2?a\w*|segpa\w*|rased"
    r"|classe|section|maternelle|elementaire|petits?|moyens?|grands?|cours|cycle|niveau|[3-6](?:e|eme))"
)
# 6A, 6eB2, 301; 2nde3, 1G2, TSTMG1.
_CODE = re.compile(r"[3-6](?:e|eme)?[a-z]{0,2}\d{0,2}|(?:2|2n?de|1|1e|1e?re|t|te|tle)[a-z]{0,6}\d{1,2}")


def class_name(text: str) -> str:
    """Return the name without the word “classe” before it, single spaces: "CLASSE  CE2" gives "CE2"."""
    return " ".join(_WORD_CLASS.sub("", text).split())


def class_key(text: str) -> str:
    """Return what two writings of one class have in common: "CLASSE  CP-A" and "CP A" give "cpa"."""
    return fold(class_name(text))


def split_classes(cell: str, known: frozenset[str]) -> list[str]:
    """Return the names in a cell: the whole where it is a class of the school, else its parts."""
    if not cell.strip() or class_key(cell) in known:
        return [cell] if cell.strip() else []
    return [part for part in _LIST.split(cell.strip()) if part]


def is_class(text: str) -> bool:
    """Whether an unknown name is certainly a class: any other may be the name of a child, and is dropped."""
    if len(class_name(text)) > LONGEST or "@" in text or not text.isprintable():
        return False
    if _WORD_CLASS.match(text) and len(text) <= LONGEST and not re.search(r"\d{3}", text):
        return True
    words = [fold(word) for word in re.split(r"[\s/+.-]+", text) if word.strip()]
    if re.search(r"\d{3}", text) or len(words) > 6:
        return bool(_CODE.fullmatch(fold(text)))
    return bool(_CODE.fullmatch(fold(text))) or any(_LEVEL.fullmatch(word) for word in words)
