"""French typography (LOOK §1.7): spaces that do not break, curly apostrophes, « », …, and raised ordinals.

`french` is for short strings and for the text nodes of a rendered text, never for attributes or code.
It says the same twice: french(french(text)) == french(text).
"""

import re
from collections.abc import Iterator

NARROW = "\u202f"
FIXED = "\u00a0"
_ANY = "[ \u00a0\u2009\u202f]"

_ADDRESS = re.compile(r"((?:https?://|www\.)\S+|(?<![\w.+'-])[\w.+'-]+@[\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)
# What no address is without: looked for first, at a tenth of the cost.
_MAY_HOLD_ADDRESS = re.compile(r"@|://|www\.", re.IGNORECASE)
_MONTHS = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|janv\.|févr\.|avr\.|juil\.|sept\.|oct\.|nov\.|déc\."
)
_UNITS = (
    "ans?|mois|jours?|semaines?|heures?|minutes?|secondes?|min|h|euros?|points?|pages?|personnes?|élèves?|enfants?"
    "|mots?|fois|km|cm|mm|m|kg|g|ko|kB|Mo|MB|Go"
)
_CLASSES = "TPS|PS|MS|GS|CP|CE1|CE2|CM1|CM2|6e|5e|4e|3e|2de|1re"

# In this order: quotes before the marks that may follow them, hours before numbers with units.
# First the signs of which a text holds one at least if the rule finds anything in it; 0 is any digit.
_RULES: tuple[tuple[frozenset[str], re.Pattern[str], str], ...] = tuple(
    (frozenset(signs), re.compile(pattern), replacement)
    for signs, pattern, replacement in (
        (".", r"(?<!\.)\.{3}(?!\.)", "…"),
        ("'", r"(?<=[^\W\d_])'", "’"),
        ('"', r'(?<![\w"])"([^"\s](?:[^"\n]{0,300}[^"\s])?)"(?![\w"])', rf"«{FIXED}\1{FIXED}»"),
        ('«"', rf"«{_ANY}*", f"«{FIXED}"),
        ('»"', rf"(?<!{_ANY}){_ANY}*»", f"{FIXED}»"),
        ("-", rf"(?<=[^\W_]){_ANY}-{_ANY}(?=[^\W_])", " – "),
        (";!?", rf"{_ANY}([;!?]+)(?![-\w])", rf"{NARROW}\1"),
        (";!?", r"(?<=[\w)…»”’%€])([;!?]+)(?=[\s)»…”]|\Z)", rf"{NARROW}\1"),
        (":", rf"{_ANY}:(?=[\s»]|\Z)", f"{FIXED}:"),
        (":", r"(?<=[\w)»”’%€]):(?=\s|\Z)", f"{FIXED}:"),
        ("0", rf"\b([01]?\d|2[0-4]){_ANY}?h{_ANY}?([0-5]\d)\b", rf"\1{FIXED}h{FIXED}\2"),
        ("0", rf"\b([01]?\d|2[0-4]){_ANY}?h\b(?!')", rf"\1{FIXED}h"),
        ("0", rf"\b(\d{{1,2}}|1er){_ANY}({_MONTHS})(?!\w)(?:{_ANY}(\d{{4}})\b)?", "dates"),
        ("0", rf"(?<=\d){_ANY}(?=(?:{_UNITS})\b|[€%°])", FIXED),
        ("0", rf"(?<!\d)(?<!\d{_ANY})(\d{{1,3}}){_ANY}(?=\d{{3}}\b(?!{_ANY}?\d))", rf"\1{FIXED}"),
        ("°", rf"\b([nN]°){_ANY}?(?=\d)", rf"\1{FIXED}"),
        ("ABCDEFGH", rf"\b({_CLASSES}){_ANY}([A-H])\b(?!['’])", rf"\1{FIXED}\2"),
        ("MD", rf"\b(M\.|MM\.|Mme|Mmes|Dr){_ANY}(?=[A-ZÀ-Ý])", rf"\1{FIXED}"),
    )
)
_ORDINAL = re.compile(r"\b(1(?=ers?\b|res?\b)|[0-9]{1,4}(?=es?\b))(ers?|res?|es?)\b")


def french(text: str) -> str:
    """Give `text` with French spaces, apostrophes, quotes and ellipses; web and mail addresses stay."""
    if not _MAY_HOLD_ADDRESS.search(text):
        return _in_prose(text)
    parts = _ADDRESS.split(text)
    parts[::2] = [_in_prose(part) for part in parts[::2]]
    return "".join(parts)


def isolated(words: str) -> str:
    """Words of somebody in a sentence of ours, each in its own direction (Unicode's isolates)."""
    return f"\u2068{words}\u2069"


def ordinals(text: str) -> Iterator[tuple[str, bool]]:
    """Cut `text` into (piece, raised?): « le 1er mai » → « le 1 », « er » raised, « mai »."""
    for index, part in enumerate(_ADDRESS.split(text)):
        position = 0
        for match in () if index % 2 else _ORDINAL.finditer(part):
            yield part[position : match.start(2)], False
            yield match[2], True
            position = match.end()
        if position < len(part):
            yield part[position:], False


def _in_prose(text: str) -> str:
    held = set(text)
    if any(sign.isdecimal() for sign in held):
        held.add("0")
    for signs, pattern, replacement in _RULES:
        if not signs.isdisjoint(held):
            text = pattern.sub(_fix_date if replacement == "dates" else replacement, text)
    return text


def _fix_date(match: re.Match[str]) -> str:
    return FIXED.join(part for part in match.groups() if part)
