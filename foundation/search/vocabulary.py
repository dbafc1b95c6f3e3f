"""The words of an index, kept in the process: how frequent, how spelt, what a typed word may become."""

from bisect import bisect_left
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from foundation.search.analyser import fold
from foundation.search.models import SearchIndex, SearchWord

COMPLETIONS = 20
ENOUGH = 2000
SHORTEST_COMPLETED = 2
SHORTEST_CORRECTED = 4


class Vocabulary:
    """A picture of one index's word table, true as long as the index bears `stamp`."""

    def __init__(self, stamp: int | None, documents: int, rows: Iterable[tuple[str, str, int]]) -> None:
        """Take (stem, form, documents) rows; an empty form counts the stem's own documents."""
        self.stamp = stamp
        self.documents = documents
        self._frequency: dict[str, int] = {}
        self._spellings: dict[str, tuple[int, str, str]] = {}
        self._forms: dict[str, tuple[str, ...]] = {}
        for stem, form, count in rows:
            if not form:
                self._frequency[stem] = count
                continue
            self._forms[stem] = (*self._forms.get(stem, ()), form)
            folded = fold(form)
            # Élève and élevé fold alike: the commoner spelling speaks for both.
            self._spellings[folded] = max(self._spellings.get(folded, (0, "", "")), (count, form, stem))
        self._sorted = sorted(self._spellings)

    def frequency(self, stem: str) -> int:
        """Return how many documents hold `stem`."""
        return self._frequency.get(stem, 0)

    def forms(self, stems: Iterable[str]) -> dict[str, str]:
        """Return every spelling of `stems`, each with its stem."""
        return {form: stem for stem in stems for form in self._forms.get(stem, ())}

    def completions(self, form: str) -> tuple[str, ...]:
        """Return the stems of the words that begin as `form` does, the commonest first.

        No more than `COMPLETIONS`, and none past `ENOUGH` documents: one letter more narrows them.
        """
        start = fold(form)
        if len(start) < SHORTEST_COMPLETED:
            return ()
        first = bisect_left(self._sorted, start)
        after = bisect_left(self._sorted, start + "\U0010ffff")
        stems = {self._spellings[word][2] for word in self._sorted[first:after]}
        kept, held = [], 0
        for stem in sorted(stems, key=lambda stem: (-self.frequency(stem), stem))[:COMPLETIONS]:
            if held >= ENOUGH:
                break
            kept.append(stem)
            held += self.frequency(stem)
        return tuple(kept)

    def correction(self, form: str) -> str | None:
        """Return the known spelling nearest to `form`, accents and all; None when none is near.

        One slip is forgiven in four letters, two from six, three from twelve; of several as near, the
        one with the same first letter, then the one in most documents.
        """
        typed = fold(form)
        if len(typed) < SHORTEST_CORRECTED or typed.isdigit():
            return None
        slips = 1 + (len(typed) >= 6) + (len(typed) >= 12)
        near = process.extract(
            typed, self._sorted, scorer=OSA.distance, score_cutoff=slips, limit=None, processor=None
        )
        if not near:
            return None
        best = min(near, key=lambda found: (found[1], found[0][0] != typed[0], -self._spellings[found[0]][0]))
        return self._spellings[best[0]][1]


_kept: dict[str, Vocabulary] = {}


def vocabulary_of(name: str) -> Vocabulary:
    """Return the picture this process holds, which may be of an earlier stamp."""
    return _kept.get(name) or read_vocabulary(name)


def read_vocabulary(name: str) -> Vocabulary:
    """Read the word table again (two queries) and keep it."""
    index = SearchIndex.objects.filter(name=name).first()
    rows = SearchWord.objects.filter(index=name).values_list("stem", "form", "documents")
    _kept[name] = Vocabulary(
        index.stamp if index else None, index.documents if index else 0, rows.iterator(chunk_size=5000)
    )
    return _kept[name]
