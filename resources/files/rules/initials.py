"""K14: every sigle is a glossary term, or explained where it first stands."""

import re

from resources.files import texts
from resources.files.findings import marked as _
from resources.files.rules.subject import found, is_french

# Classes, and sigles that everybody reads as words.
KNOWN = frozenset({"CP", "CE1", "CE2", "CM1", "CM2", "PDF", "SMS", "QR", "A4", "OK"})
_SIGLE = re.compile(r"(?<![\w.])(?:[A-ZÀ-Þ]{2,}[0-9]?|pHARe)(?![\w]|’[A-Z])")
_ROMAN = re.compile(r"[IVXLC]+\Z")
_DETERMINER = r"(?:l[ea]s?\b|l’|une?\b|des?\b|du\b|d’|c’|ce\b|qui\b|cette\b|ces\b|votre\b|vos\b)"
_AFTER = re.compile(
    rf"\s?[*»”)]*\s?(?:,\s?{_DETERMINER}"
    r"|,\s?(?!puis|mais|avec)[a-zà-ÿœ]+(?<!ez) (?:de|du|des|d’|qui|pour)"
    r"|\(|:|–|est\b|sont\b|aide\b|aident\b|veut dire|sert\b|dit\b|donne\b|étudie\b)",
    re.IGNORECASE,
)
_NEXT = re.compile(r"(?:C’est|Ce sont|Cela veut dire|Ça veut dire|Il s’agit)\b", re.IGNORECASE)


def explained(page, library):
    """K14 on what the house wrote; a sigle of the title is explained at its first use in the body."""
    if not is_french(page):
        return
    known = KNOWN | _glossary(library) | {word for word in library.known_words if word.isupper()}
    units = _units(page)
    told = set()
    for index, (line, text) in enumerate(units):
        for match in _SIGLE.finditer(text):
            sigle = match.group()
            if sigle in known or sigle in told or _ROMAN.match(sigle):
                continue
            told.add(sigle)
            later = units[index + 1][1] if index + 1 < len(units) else ""
            if not _is_explained(sigle, text, match, later):
                yield found(
                    page, line, "K14", _("“%(sigle)s” is neither in the glossary nor explained."), sigle=sigle
                )
    for line, text in texts.front_texts(page):
        for match in _SIGLE.finditer(text):
            sigle = match.group()
            if sigle not in known | told and not _ROMAN.match(sigle):
                told.add(sigle)
                if not _AFTER.match(text[match.end() :]):
                    reason = _("“%(sigle)s” is neither in the glossary nor explained.")
                    yield found(page, line, "K14", reason, sigle=sigle)


def sigles(text):
    """Return the sigles of a text."""
    return [sigle for sigle in _SIGLE.findall(text) if not _ROMAN.match(sigle)]


def _glossary(library):
    return {word for entry in library.lists["glossaire.yml"] for word in _SIGLE.findall(entry["term"])}


def _units(page):
    """Return [(line, sentence)] of the body; a version simple line by line."""
    found_units = []
    for block in texts.prose(page, breaks=page.meta.get("variant") == "simple"):
        found_units += [(block.line, sentence) for sentence in texts.sentences(block.plain)]
    return found_units


def _is_explained(sigle, text, match, later):
    before, after = text[: match.start()], text[match.end() :]
    in_brackets = (
        before.rstrip().endswith("(") and after.lstrip().startswith(")") and len(texts.words(before)) >= 2
    )
    after_a_name = bool(re.search(r"[,:]\s(?:l[ea]s? |l’|une? )?$", before)) and len(texts.words(before)) >= 3
    starts_next = re.match(rf"(?:L[ea]s? |L’|Une? |Des |« )?{re.escape(sigle)}\b", later)
    return bool(_AFTER.match(after) or in_brackets or after_a_name or starts_next or _NEXT.match(later))
