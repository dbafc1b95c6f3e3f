"""Resources that may already say the same: a near title, or the same source."""

from typing import Any

from rapidfuzz import fuzz, process, utils

from resources.catalogue.models import Resource

# Of 100; two titles of the starter library that are not duplicates stay under 72.
NEAR = 80
MAX_SHOWN = 5


def likely_duplicates(title: str, source_address: str, *, apart_from: int | None = None) -> list[Resource]:
    """Return at most five resources with a near title or the same source address. Two queries."""
    rows = list(Resource.objects.exclude(pk=apart_from or 0).values_list("pk", "title", "source_address"))
    titles = {pk: utils.default_process(other) for pk, other, _ in rows}
    near = process.extract(
        utils.default_process(title),
        titles,
        scorer=_nearness,
        score_cutoff=NEAR,
        limit=MAX_SHOWN,
    )
    address = _folded(source_address)
    same = [pk for pk, _, other in rows if address and _folded(other) == address]
    keys = list(dict.fromkeys([pk for _, _, pk in near] + same))[:MAX_SHOWN]
    found = Resource.objects.in_bulk(keys)
    return [found[key] for key in keys]


def _nearness(one: str, other: str, **options: Any) -> float:
    """Between the same words in any order, and all the words of one among the other's."""
    return (fuzz.token_sort_ratio(one, other) + fuzz.token_set_ratio(one, other)) / 2


def _folded(address: str) -> str:
    """The same page is written with or without www, a last slash, a secure scheme."""
    bare = address.strip().lower().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return bare.rstrip("/")
