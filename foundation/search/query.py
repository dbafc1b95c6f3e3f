"""Reads a typed query: its words, what must and what may match, and how it was probably meant."""

from typing import NamedTuple

from foundation.search import analyser
from foundation.search.analyser import Word
from foundation.search.engines.asked import Asked, Group
from foundation.search.vocabulary import Vocabulary

LONGEST_QUERY = 300
MOST_WORDS = 12
# "One of these words" leaves out those of more documents than this share, and than one page of results.
FREQUENT_SHARE = 0.1
FREQUENT_FLOOR = 20
MANY = 2000


class Plan(NamedTuple):
    """What to ask of an engine; the groups of the words that the index has; the words it has not."""

    asked: Asked
    known: list[Group]
    unknown: list[Word]


def asked_words(query: str, *, prefix: bool) -> list[Word]:
    """Return the different words of `query`, at most `MOST_WORDS`, without stop words.

    With `prefix` the last word stays whatever it is: "le" may become "lecture".
    """
    every = list(analyser.words(query[:LONGEST_QUERY]))
    kept = {word.stem or word.form: word for word in every if word.stem}
    words = list(kept.values())[:MOST_WORDS]
    last = every[-1] if every else None
    if prefix and last and last.form and not last.stem and last.end == len(query.rstrip()):
        words.append(last)
    return words


def plan_of(words: list[Word], vocabulary: Vocabulary, *, prefix: bool) -> Plan:
    """Return what to ask for `words` (not empty)."""
    groups = [_group(word, vocabulary, complete=word is words[-1], prefix=prefix) for word in words]
    known = [group for group in groups if group]
    unknown = [word for word, group in zip(words, groups, strict=True) if not group]
    ceiling = max(FREQUENT_FLOOR, FREQUENT_SHARE * vocabulary.documents)
    known.sort(key=lambda group: _frequency(group, vocabulary))
    loose = [group for group in known if _frequency(group, vocabulary) <= ceiling] or known[:1]
    strict = [] if unknown else known
    many = bool(strict) and _frequency(strict[0], vocabulary) > MANY
    return Plan(Asked(strict, loose if len(strict) != 1 else [], many), known, unknown)


def suggestion_of(query: str, plan: Plan, vocabulary: Vocabulary) -> str | None:
    """Return `query` with each unknown word replaced by the nearest known; None if none is near."""
    text, changed = analyser.clean(query[:LONGEST_QUERY]), False
    for word in sorted(plan.unknown, reverse=True):
        if word.stem and (better := vocabulary.correction(word.form)):
            text, changed = text[: word.start] + better + text[word.end :], True
    return text.strip() if changed else None


def _group(word: Word, vocabulary: Vocabulary, *, complete: bool, prefix: bool) -> Group:
    """Return the known stems that `word` may stand for; only a last word may be unfinished."""
    exact = (word.stem,) if vocabulary.frequency(word.stem) else ()
    if complete and (prefix or not exact):
        return tuple(dict.fromkeys((*exact, *vocabulary.completions(word.form))))
    return exact


def _frequency(group: Group, vocabulary: Vocabulary) -> int:
    return min(vocabulary.documents, sum(vocabulary.frequency(stem) for stem in group))
