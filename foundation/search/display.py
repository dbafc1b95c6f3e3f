"""Shows why a text matched: its matching words marked, and the passage that holds most of them."""

from collections.abc import Collection

from foundation.search.analyser import Word, clean, words

ELLIPSIS = "…"


def highlight(text: str, terms: Collection[str]) -> list[tuple[str, bool]]:
    """Return `text` in pieces, each with whether it is a word whose stem is in `terms`.

    The pieces joined give back the text (without NUL, at most `analyser.LONGEST_TEXT` characters).
    """
    text = clean(text)
    pieces, after = [], 0
    for word in words(text) if terms else ():
        if word.stem in terms and word.stem:
            pieces += [(text[after : word.start], False), (text[word.start : word.end], True)]
            after = word.end
    return [piece for piece in [*pieces, (text[after:], False)] if piece[0]]


def has_term(text: str, terms: Collection[str]) -> bool:
    """Tell whether a word of `text` has its stem in `terms`."""
    return any(word.stem in terms and word.stem for word in words(text))


def excerpt(text: str, terms: Collection[str], length: int = 200) -> str:
    """Return about `length` characters of `text` around where most of `terms` stand together.

    Cut between words, with an ellipsis where cut; the beginning if no term is there.
    """
    text = clean(text)
    if len(text) <= length:
        return text
    every = list(words(text))
    start = _best_start(every, terms, length)
    end = start + length
    inside = [word for word in every if word.start >= start and word.end <= end]
    last = inside[-1].end if inside else end
    # A sentence's own full stop, bracket or quote stays with its last word.
    while last < min(end, len(text)) and not text[last].isspace():
        last += 1
    before = ELLIPSIS if start else ""
    return before + text[start:last].strip() + (ELLIPSIS if last < len(text) else "")


def _best_start(every: list[Word], terms: Collection[str], length: int) -> int:
    """Return the place of the word from which a window holds most different terms, then most matches."""
    found = [word for word in every if word.stem and word.stem in terms]
    best, start = (0, 0), 0
    for first, word in enumerate(found):
        window = []
        for other in found[first:]:
            if other.end > word.start + length * 3 // 4:
                break
            window.append(other.stem)
        score = (len(set(window)), len(window))
        if score > best:
            best, start = score, word.start
    if start <= length // 4:
        return 0
    # A few words before the first match make the passage readable.
    return next(word.start for word in every if word.start >= start - length // 4)
