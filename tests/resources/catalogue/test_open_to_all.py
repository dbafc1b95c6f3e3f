"""The margin says "open to all" of what is, and never of words still being written."""

from resources.catalogue.drafts import newest_page
from resources.catalogue.pages import reading_page
from resources.catalogue.snapshot import library


def test_a_public_page_says_open_to_all(public):
    assert reading_page(public, public, library())["note"]["open"]


def test_a_text_sent_to_review_does_not(sent):
    assert not reading_page(sent, sent, library())["note"]["open"]


def test_the_preview_of_a_public_text_does_not(public):
    assert not newest_page(public, library())["note"]["open"]
