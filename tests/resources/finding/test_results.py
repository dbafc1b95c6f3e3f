"""The page of results: its sentence, its facets, and passages cited as in a book."""

import pytest
from django.http import HttpRequest, QueryDict

from foundation.search.analyser import terms_in
from resources.finding.results import cited, results_page

SCREEN = frozenset(terms_in("écran"))


@pytest.mark.parametrize(
    ("passage", "shown"),
    [
        ("Un écran calme vite.", "Un écran calme vite."),
        ("…près de l’écran éteint, une pa…", "…\u00a0près de l’écran éteint, une…"),
        ("…l’histoire. Sur un écran, rien ne finit. Elle v…", "Sur un écran, rien ne finit. Elle…"),
        ("…devant l’écran. Il rit.…", "…\u00a0devant l’écran. Il rit."),
        ("…écran…", "…\u00a0écran…"),
    ],
)
def test_a_passage_is_cited_in_whole_words(passage: str, shown: str) -> None:
    assert cited(passage, SCREEN) == shown


def page_of(address: str) -> dict[str, object]:
    request = HttpRequest()
    request.GET = QueryDict(address)
    return results_page(request)


@pytest.mark.django_db
def test_a_search_without_result_offers_no_wall_of_zeros() -> None:
    page = page_of("q=zzzzzz")
    assert page["facets"] == []
    assert "<b>0" not in str(page["sentence"])
