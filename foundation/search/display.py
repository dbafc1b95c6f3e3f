"""Shows why a text matched: its matching words marked, and the passage that holds most of them."""

from collections.abc import Collection, Iterator, Mapping

from foundation.search.analyser import clean, places, spans, terms_in

ELLIPSIS = "…"
MOST_PLACES = 5


def highlight(text: str, terms: Collection[str]) -> list[tuple[str, bool]]:
    """Return `text` in pieces, each with whether it is a word whose stem is in `terms`.

    The pieces joined give back the text (without NUL, at most `analyser.LONGEST_TEXT` characters).
    """
    text = clean(text)
    pieces, after = [], 0
    for start, end, _ in places(text, terms) if terms else ():
        pieces += [(text[after:start], False), (text[start:end], True)]
        after = end
    return [piece for piece in [*pieces, (text[after:], False)] if piece[0]]


def has_term(text: str, terms: Collection[str]) -> bool:
    """Tell whether a word of `text` has its stem in `terms`."""
    return any(stem in terms for stem in terms_in(text))


def excerpt(text: str, terms: Collection[str], length: int = 200) -> str:
    """Return about `length` characters of `text` around where most of `terms` stand together.

    Cut between words, with an ellipsis where cut; the beginning if no term is there.
    """
    text = clean(text)
    if len(text) <= length:
        return text
    start = _opening(text, terms, length)
    end = last = start + length
    for _, after in spans(text, start):
        if after > end:
            break
        last = after
    # A sentence's own full stop, bracket or quote stays with its last word.
    while last < min(end, len(text)) and not text[last].isspace():
        last += 1
    before = ELLIPSIS if start else ""
    return before + text[start:last].strip() + (ELLIPSIS if last < len(text) else "")


def _opening(text: str, terms: Collection[str], length: int) -> int:
    """Return where to begin: a few words before the best match, which make it readable."""
    start = _best_start(list(places(text, terms)), length) - length // 4
    if start <= 0:
        return 0
    between_words = text.rfind(" ", 0, start) + 1
    return next(place for place, _ in spans(text, between_words) if place >= start)


def passage(text: str, forms: Mapping[str, str], length: int = 200) -> str | None:
    """Return the excerpt of `text` around its best words, None if it holds none.

    `forms` are the spellings known to the index, each with its stem (`Hits.forms`): looking for them
    as they stand spares analysing the whole text.
    """
    text = clean(text)
    lowered = text.lower()
    if len(lowered) != len(text):  # a rare letter grows when lowered: places would shift
        lowered = text
    found = sorted(place for form, stem in forms.items() for place in _places(lowered, form, stem))
    if not found:
        return None
    start = max(0, _best_start(found, length) - length // 2)
    end = start + 2 * length
    # Whole words only.
    start = text.find(" ", start) + 1 if start else 0
    end = text.rfind(" ", start, end) if end < len(text) else len(text)
    shown = excerpt(text[start:end], frozenset(forms.values()), length)
    before = ELLIPSIS if start and not shown.startswith(ELLIPSIS) else ""
    return before + shown + (ELLIPSIS if end < len(text) and not shown.endswith(ELLIPSIS) else "")


def _places(lowered: str, form: str, stem: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, stem) for the first `MOST_PLACES` times that `form` stands alone."""
    at, seen = lowered.find(form), 0
    while at >= 0 and seen < MOST_PLACES:
        end = at + len(form)
        if not lowered[at - 1 : at].isalnum() and not lowered[end : end + 1].isalnum():
            seen += 1
            yield at, end, stem
        at = lowered.find(form, end)


def _best_start(found: list[tuple[int, int, str]], length: int) -> int:
    """Return the start of the match from which `length` characters hold most stems, then most matches."""
    best, start = (0, 0), 0
    for first, (place, _, _) in enumerate(found):
        window = []
        for _, end, stem in found[first:]:
            if end > place + length * 3 // 4:
                break
            window.append(stem)
        score = (len(set(window)), len(window))
        if score > best:
            best, start = score, place
    return start
