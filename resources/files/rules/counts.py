"""K12: dates, hours, per cent, digits; nothing that grows old silently."""

import re

from resources.files import texts
from resources.files.findings import marked as _
from resources.files.rules.subject import FICHE, SIMPLE, found, is_french, is_selection, measured_as

NUMBER_WORDS = (
    "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante"
    "|cinquante|soixante|cent|deux cents|trois cents|mille"
)
_UNITS = "secondes?|minutes?|heures?|jours?|semaines?|mois|ans|années|euros?|centimes?|kilomètres?"
_I = re.IGNORECASE
_WRONG = [
    (
        re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\d/])"),
        _("“%(text)s”: write the date in words."),
    ),
    (
        re.compile(r"\b\d{1,2}[hH]\d{2}\b|\b\d{1,2}:\d{2}\b|\b\d{1,2}h\b"),
        _("“%(text)s”: write the hour as 16 h 30."),
    ),
    (re.compile(r"\b[IVXLC]{2,}(?:e|ème)?\b|\b[IVX]+(?:e|ème)\b"), _("“%(text)s”: no Roman numeral.")),
    (re.compile(r"\b\d+ ?(?:ème|ième|eme|è)s?\b|\b1 ?ère\b|\b1 ?er\w+"), _("“%(text)s”: write 6e, 1re.")),
    (
        re.compile(r"\b(?:en|classe de|élèves? de) (?:sixième|cinquième|quatrième|troisième)\b", _I),
        _("“%(text)s”: write 6e, 5e, 4e, 3e."),
    ),
    (
        re.compile(rf"\b(?:{NUMBER_WORDS})[ {texts.NBSP}](?:{_UNITS})\b", _I),
        _("“%(text)s”: write the number in digits."),
    ),
    (
        re.compile(r"\bcette année\b(?! scolaire \d)|\brécemment\b|\bdepuis peu\b", _I),
        _("“%(text)s” grows old: give the date, or leave it out."),
    ),
]
_PER_CENT = re.compile(rf"\d+(?:[,.]\d+)?[ {texts.NBSP}]?%|pour cent\b|pourcentage", re.IGNORECASE)
_IN_LETTERS = re.compile(rf"(?<![\w-])(?<!les )(?<!’)(?:{NUMBER_WORDS})(?![\w-])", re.IGNORECASE)


def dates_hours_and_digits(page, library):
    """K12 on what the house wrote; percentages only outside guides; a version simple counts in digits."""
    if not is_french(page):
        return
    kind = measured_as(page)
    for line, text in texts.lines_of_ours(page):
        for pattern, reason in _WRONG:
            for match in pattern.finditer(text):
                yield found(page, line, "K12", reason, text=match.group())
        if kind != FICHE and not is_selection(page):
            for match in _PER_CENT.finditer(text):
                yield found(
                    page, line, "K12", _("“%(text)s”: no percentage here; “1 in 4”."), text=match.group()
                )
        if kind == SIMPLE:
            for match in _IN_LETTERS.finditer(text):
                yield found(
                    page, line, "K12", _("“%(text)s”: write the number in digits."), text=match.group()
                )
