"""Addresses of the results page: read whatever comes, written in one canonical way."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from resources.catalogue.models import Audience
from resources.finding.facets import Choice, Facet, FacetIndex

PATH = "/ressources/"
QUERY, PAGE = "q", "page"
PARAMETERS = (QUERY, *(facet.value for facet in Facet), PAGE)
LONGEST_QUERY = 200
# Search starts with what is for parents (DESIGN §5, Finding); this value of `pour` takes that off.
EVERYONE = "tous"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks. `implied`: it names no audience, so that parents' was chosen for it."""

    query: str
    choice: Choice
    page: int
    implied: bool


def read(parameters: QueryDict, index: FacetIndex) -> Asked:
    """Read an address; values that no facet has count as absent, a page that is no number as the first."""
    choice = {
        facet: value
        for facet in Facet
        if (value := parameters.get(facet.value, "")) and index.is_value(facet, value)
    }
    implied = Facet.AUDIENCE not in choice and parameters.get(Facet.AUDIENCE.value) != EVERYONE
    if implied:
        choice[Facet.AUDIENCE] = Audience.PARENTS.value
    # A lone surrogate cannot be sent back to the browser.
    typed = parameters.get(QUERY, "")[:LONGEST_QUERY].encode("utf-8", "ignore").decode("utf-8")
    return Asked(typed.replace("\x00", "").strip(), choice, _page(parameters.get(PAGE, "")), implied)


def write(query: str, choice: Mapping[Facet, str], page: int = 1) -> str:
    """Return the address of a search; parents are meant unless another audience, or everyone, is said."""
    pairs = [(QUERY, query)] if query else []
    for facet in Facet:
        value = choice.get(facet, "")
        if facet is Facet.AUDIENCE:
            value = "" if value == Audience.PARENTS else value or EVERYONE
        if value:
            pairs.append((facet.value, value))
    if page > 1:
        pairs.append((PAGE, str(page)))
    return f"{PATH}?{urlencode(pairs)}" if pairs else PATH


def with_value(choice: Choice, facet: Facet, value: str) -> Choice:
    """Return `choice` with `value` in the place of what `facet` had."""
    return {**choice, facet: value}


def without(choice: Choice, facet: Facet) -> Choice:
    """Return `choice` without `facet`."""
    return {other: value for other, value in choice.items() if other is not facet}


def _page(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1
