"""K17: the version simple, as far as it can be measured (EDITORIAL §3): no reading by people."""

import re

from resources.files import texts
from resources.files.findings import marked as _
from resources.files.rules.initials import sigles
from resources.files.rules.subject import SIMPLE, found, measured_as, source_of

LINE_WORDS = 12
_EXPLAINED = r"\b(?:nom|est|sont|s’appellent?)\b.*%s|%s\s*(?::|,|»? (?:est|sont|veut dire|aide|aident)\b)"
# "Doigt 4 : …" counts the lines; it tells no fact.
_NUMBERED = re.compile(r"^\w+ \d{1,2}(?=\W?:)")
_PRONOUN = re.compile(
    r"(?<![\w-])(?:il|elle|ils|elles)(?![\w])(?! y a\b| faut\b| est (?:tard|possible|temps)\b| s’agit\b)",
    re.IGNORECASE,
)
_AFTER_VERB = re.compile(r"-t?-?(?:il|elle|ils|elles)\b", re.IGNORECASE)
_NAME = re.compile(
    r"\b(?i:l[ea]s?|une?|des|du|aux?|ce|cette|cet|ces|votre|vos|ton|ta|tes|son|sa|ses|leurs?|notre|nos|chaque"
    r"|d’autres)\s+[a-zà-ÿœ]{2,}|(?i:[ld])’[a-zà-ÿœ]{3,}|\b[A-ZÀ-Þ]{2,}\b|(?<!^)\b[A-ZÀ-Þ][a-zà-ÿ]{2,}"
)
_PASSIVE = re.compile(
    r"\b(?:est|sont|était|étaient|sera|seront|a été|ont été|être)\s+(?:\w+ment\s+)?"
    r"\w+(?:ée?s?|ie?s?|ue?s?|ite?s?|erte?s?)\s+par\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b\w+(?:era|ira|dra|rra|ura|erez|rrez|drez|aurez|eront|iront|dront|rront|uront)\b", re.IGNORECASE
)
_NOT_FUTURE = frozenset({"ira", "opera", "serrez", "barrez", "fourrez", "bourrez", "cadrez"})


def version_simple(page, library):
    """K17: one short sentence a line, nothing that only a practised reader untangles."""
    if measured_as(page) != SIMPLE:
        return
    lines = texts.blocks(page, breaks=True)
    for index, block in enumerate(lines):
        yield from _one_line(page, block)
        if block.kind != "heading" and _PRONOUN.search(_AFTER_VERB.sub("", block.plain)):
            before = [
                other.plain for other in lines[max(0, index - 2) : index] if other.section == block.section
            ]
            if not any(_NAME.search(text) for text in [*before, _up_to_pronoun(block.plain)]):
                reason = _("This line says il or elle: the two lines before do not name whom or what.")
                yield found(page, block.line, "K17", reason)
    yield from _sigles(page, library, lines)
    yield from _same_numbers(page, library)


def _one_line(page, block):
    text = block.plain
    sentences = texts.sentences(text)
    if block.kind == "paragraph" and len(sentences) > 1:
        yield found(page, block.line, "K17", _("Two sentences on one line."))
    count = len(texts.words(text))
    if count > LINE_WORDS:
        reason = _("This line has %(count)s words, more than %(limit)s.")
        yield found(page, block.line, "K17", reason, count=count, limit=LINE_WORDS)
    if re.search(r"[()]", text):
        yield found(page, block.line, "K17", _("No parenthesis in a version simple."))
    if _PASSIVE.search(text):
        yield found(page, block.line, "K17", _("No passive: say who does it."))
    for match in _FUTURE.finditer(text):
        if match.group().casefold() not in _NOT_FUTURE:
            yield found(page, block.line, "K17", _("“%(word)s”: use the present tense."), word=match.group())


def _up_to_pronoun(text):
    match = _PRONOUN.search(text)
    return text[: match.start()] if match else ""


def _sigles(page, library, lines):
    """A sigle is explained on its line or the next one, in the glossary or not."""
    told = set()
    for index, block in enumerate(lines):
        for sigle in sigles(block.plain):
            if sigle in told or sigle in library.known_words or re.fullmatch(r"CP|CE1|CE2|CM1|CM2", sigle):
                continue
            told.add(sigle)
            later = " ".join(other.plain for other in lines[index + 1 : index + 3])
            here = re.search(_EXPLAINED % (re.escape(sigle), re.escape(sigle)), block.plain)
            if not here and not re.search(rf"{re.escape(sigle)}\b|C’est|Ce sont|Ce mot", later):
                yield found(
                    page, block.line, "K17", _("“%(sigle)s” is not explained on the next line."), sigle=sigle
                )


def _same_numbers(page, library):
    """A version simple holds no fact that its guide has not: at least no number."""
    source = source_of(page, library)
    if source is None:
        return
    known = set(re.findall(r"\d+", source.body)) | set(re.findall(r"\d+", " ".join(_front(source))))
    written = _in_digits(source)
    for block in texts.blocks(page, breaks=True):
        for number in re.findall(r"\d+", _NUMBERED.sub("", block.plain)):
            if number not in known | written:
                reason = _("The number %(number)s is not in the text this is a version of.")
                yield found(page, block.line, "K17", reason, number=number)


def _front(page):
    return [text for _line, text in texts.front_texts(page)]


_LETTERS = dict(
    zip(
        [
            "un",
            "une",
            "deux",
            "trois",
            "quatre",
            "cinq",
            "six",
            "sept",
            "huit",
            "neuf",
            "dix",
            "onze",
            "douze",
            "quinze",
            "vingt",
            "trente",
            "quarante",
            "cent",
        ],
        ["1", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "15", "20", "30", "40", "100"],
        strict=True,
    )
)


def _in_digits(page):
    """Return the digits of the numbers that a guide writes in letters, and of what it counts in lists."""
    found_words = {word.casefold() for word in texts.words(" ".join([page.body, *_front(page)]))}
    return {digits for word, digits in _LETTERS.items() if word in found_words} | {"1", "2", "3"}
