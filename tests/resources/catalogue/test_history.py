"""Every stored state is kept, compared in words, and brought back whole."""

import pytest

from resources.catalogue import actions, history
from resources.catalogue.comparison import differences
from resources.catalogue.fields import latest_values, values_of
from resources.catalogue.models import Resource
from tests.factories import ThemeFactory

pytestmark = pytest.mark.django_db


def test_a_kept_state_holds_the_themes_it_was_saved_with(draft, claire):
    ThemeFactory(slug="jeux")
    actions.revise_text(draft, {"themes": ["jeux", "ecrans"]}, by=claire, edit_number=draft.edit_number)
    newest, first = history.stored_versions(draft)
    assert history.values_at(draft, history.version_of(draft, newest.pk))["themes"] == ["jeux", "ecrans"]
    assert history.values_at(draft, history.version_of(draft, first.pk))["themes"] == ["ecrans"]


def test_a_kept_state_of_a_public_text_holds_the_words_that_waited(public, claire):
    current = Resource.objects.get(pk=public.pk)
    actions.revise_text(current, {"title": "Attend ?"}, by=claire, edit_number=current.edit_number)
    newest = history.stored_versions(public)[0]
    assert history.values_at(public, history.version_of(public, newest.pk))["title"] == "Attend ?"
    assert newest.who == "Claire"


def test_another_texts_state_is_not_found(draft, public):
    other = history.stored_versions(public)[0]
    second = actions.create_resource("autre", values_of(public), by=None)
    assert history.version_of(second, other.pk) is None
    assert history.version_of(public, other.pk) is not None
    assert history.version_of(public, "1 OR 1=1") is None


def test_a_comparison_says_what_was_added_and_removed():
    before = {"title": "Un <b>titre</b>", "body": "Une ligne.\nUne autre.", "audiences": ["parents"]}
    after = {"title": "Un beau <b>titre</b>", "body": "Une ligne.\nUne de plus.", "audiences": ["parents"]}
    found = {one.name: one for one in differences(before, after)}
    assert set(found) == {"title", "body"}
    kinds = [block.kind for block in found["body"].blocks]
    assert kinds == ["same", "removed", "added"]
    html = "".join(block.html for one in found.values() for block in one.blocks)
    assert "<b>" not in html
    assert "<ins> beau</ins>" in html


def test_bringing_a_state_back_writes_a_new_one(draft, claire):
    first = history.stored_versions(draft)[-1]
    actions.revise_text(draft, {"title": "Deux ?"}, by=claire, edit_number=draft.edit_number)
    kept = history.version_of(draft, first.pk)
    current = Resource.objects.get(pk=draft.pk)
    values = history.values_at(draft, kept)
    actions.revise_text(current, values, by=claire, edit_number=current.edit_number)
    now = Resource.objects.get(pk=draft.pk)
    assert latest_values(now) == values
    assert len(history.stored_versions(draft)) == 3
