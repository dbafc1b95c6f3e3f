"""Turns text into words and stems: the same for what is stored, asked and highlighted.

Fold (NFKD, œ, æ, case) always comes before stemming; the plurals that Snowball leaves apart
(vidéos, jeux, menus) are stripped before and after it. Apostrophes and hyphens part words, so that
l’école and qu’il lose their elision.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

import Stemmer

from foundation.search.words import IRREGULARS, STOP_WORDS

# Kept with each index: after a change here or in `words`, indexes are to be built again.
VERSION = 1
LONGEST_WORD = 40
LONGEST_STEM = 60
LONGEST_TEXT = 200_000

_MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u0640"
# A letter, then letters and marks: runs of each, since to choose at every one costs half as much again.
_WORD = re.compile(rf"[^\W_]+(?:[{_MARKS}]+[^\W_]*)*")
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "ı": "i", "\u0640": None})
_PLURAL = re.compile(r"(?:[aiou]s|[aeo]ux)$")
_french = Stemmer.Stemmer("french", 0)
_arabic = Stemmer.Stemmer("arabic", 0)
_stemming = Lock()  # a Snowball stemmer serves one thread at a time


class Word(NamedTuple):
    """A word of a text: its place, its form (lower case, accents kept) and its stem.

    The stem is empty for a stop word and for what is too long to be one.
    """

    start: int
    end: int
    form: str
    stem: str


def clean(text: str) -> str:
    """Return at most `LONGEST_TEXT` characters of `text`, without NUL."""
    return text[:LONGEST_TEXT].replace("\x00", "")


def words(text: str) -> Iterator[Word]:
    """Yield the words of `text` in order, stop words too; places count from `clean(text)`."""
    for match in _WORD.finditer(clean(text)):
        yield Word(match.start(), match.end(), *_analysed(match.group()[: LONGEST_WORD + 1]))


def places(text: str, stems: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, stem) of the words of `text` whose stem is one of `stems`."""
    for match in _WORD.finditer(clean(text)):
        stem = _analysed(match.group()[: LONGEST_WORD + 1])[1]
        if stem and stem in stems:
            yield match.start(), match.end(), stem


def spans(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the words of a clean text from `start` on, where no word is under way."""
    return (match.span() for match in _WORD.finditer(text, start))


def terms(text: str) -> list[tuple[str, str]]:
    """Return (form, stem) for each word of `text` worth indexing, repeats kept."""
    return [
        pair for raw in _WORD.findall(clean(text)) if len(raw) <= LONGEST_WORD and (pair := _analysed(raw))[1]
    ]


def terms_in(text: str) -> Iterator[str]:
    """Yield the stems of `text`, in order."""
    return (stem for raw in _WORD.findall(clean(text)) if (stem := _analysed(raw[: LONGEST_WORD + 1])[1]))


@lru_cache(maxsize=32_768)
def fold(word: str) -> str:
    """Return `word` as letters and digits without accents, ligatures, capitals: Élu → elu, Œil → oeil."""
    letters = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS)).casefold()
    return "".join(letter for letter in letters if letter.isalnum())[:LONGEST_STEM]


@lru_cache(maxsize=32_768)
def _analysed(raw: str) -> tuple[str, str]:
    if len(raw) > LONGEST_WORD:
        return "", ""
    form = unicodedata.normalize("NFC", raw).lower()
    folded = fold(form)
    return form, "" if folded in STOP_WORDS or not folded else _stem(folded)


def _stem(folded: str) -> str:
    """Return the stem of a folded word; the word itself where nothing is left to strip."""
    folded = IRREGULARS.get(folded, folded)
    if "\u0600" <= folded[:1] <= "\u06ff":
        with _stemming:
            return _arabic.stemWord(folded)
    with _stemming:
        stem = _french.stemWord(_singular(folded))
    return _singular(stem)


def _singular(word: str) -> str:
    """Strip the s of vidéos and the x of jeux, not the al of journaux, which Snowball knows."""
    if len(word) < 4 or not _PLURAL.search(word):
        return word
    if word.endswith("aux") and not word.endswith("eaux"):
        return word
    return word[:-1]
