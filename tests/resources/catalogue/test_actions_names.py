"""Addresses that stay: renamed, removed, never taken over."""

import pytest
from django.db.models import ProtectedError

from resources.catalogue import actions
from resources.catalogue.errors import AddressTaken, StillUsed, WrongState
from resources.catalogue.models import Resource, Source, Theme
from resources.collections import actions as collections
from resources.collections.actions import Item
from resources.collections.models import Collection
from resources.glossary import actions as glossary
from resources.glossary.models import Term
from tests.factories import SourceFactory, UserFactory, make_collection, make_resource

pytestmark = pytest.mark.django_db


def test_a_former_address_leads_to_the_new_one_for_ever(public, claire, visitor):
    actions.rename_resource(public, "eteindre-le-soir", by=claire)
    actions.rename_resource(Resource.objects.get(pk=public.pk), "eteindre-tot", by=claire)
    for former in ("eteindre", "eteindre-le-soir"):
        response = visitor.get(f"/ressources/{former}/")
        assert response.status_code == 301
        assert response.url == "/ressources/eteindre-tot/"
    assert visitor.get("/ressources/eteindre-tot/").status_code == 200


def test_nobody_takes_over_a_former_address(public, claire, values):
    actions.rename_resource(public, "eteindre-le-soir", by=claire)
    with pytest.raises(AddressTaken):
        actions.create_resource("eteindre", values, by=claire)
    with pytest.raises(AddressTaken):
        actions.create_resource("eteindre-le-soir", values, by=claire)
    back = actions.rename_resource(Resource.objects.get(pk=public.pk), "eteindre", by=claire)
    assert back.slug == "eteindre"


def test_what_was_deleted_says_so(public, claire, visitor):
    with pytest.raises(WrongState):
        actions.delete_resource(public, by=claire)
    actions.archive_text(public, by=claire)
    actions.delete_resource(Resource.objects.get(pk=public.pk), by=claire)
    assert visitor.get("/ressources/eteindre/").status_code == 410


def test_a_text_of_a_selection_is_not_deleted(public, claire):
    make_collection("soirees", [public])
    actions.archive_text(public, by=claire)
    with pytest.raises(ProtectedError):
        actions.delete_resource(Resource.objects.get(pk=public.pk), by=claire)
    assert Resource.objects.filter(pk=public.pk).exists()


def test_a_theme_is_renamed_and_kept_while_used(public, theme, claire):
    theme.slug = "ecrans-et-sommeil"
    actions.store_theme(theme, by=claire)
    with pytest.raises(StillUsed):
        actions.delete_theme(theme, by=claire)
    free = actions.store_theme(Theme(slug="libre", name="Libre", line="Rien."), by=claire)
    actions.delete_theme(free, by=claire)
    assert not Theme.objects.filter(slug="libre").exists()


def test_a_source_is_kept_while_a_text_links_to_it(claire):
    source = SourceFactory()
    text = make_resource("lie", links=[])
    actions.revise_text(text, {"links": [source.address]}, by=claire, edit_number=text.edit_number)
    with pytest.raises(StillUsed):
        actions.delete_source(source, by=claire)
    other = SourceFactory()
    actions.delete_source(other, by=claire)
    assert not Source.objects.filter(pk=other.pk).exists()


def test_readers_see_a_changed_word_of_the_school_at_once(claire, visitor):
    term = glossary.store_term(Term(term="ENT", slug="ent", line="Le site de l’école."), by=claire)
    assert "Le site de l’école." in visitor.get("/glossaire/").content.decode()
    term.line = "Le site où l’école écrit."
    glossary.store_term(term, by=claire)
    assert "Le site où l’école écrit." in visitor.get("/glossaire/").content.decode()
    glossary.delete_term(term, by=claire)
    assert "Le site où l’école écrit." not in visitor.get("/glossaire/").content.decode()


def test_a_selection_keeps_order_notes_and_rendered_words(public, claire, visitor):
    second = make_resource("second")
    given = {"title": "Soirées", "introduction": "Pour **ce soir**.", "status": "published", "featured": 0}
    items = [Item("second", "Le plus court."), Item("eteindre"), Item("second", "Deux fois.")]
    made = collections.create_collection("soirees", given, items, by=claire)
    assert [item.resource.slug for item in made.items.all()] == ["second", "eteindre"]
    assert "<strong>ce soir</strong>" in made.html
    assert "Le plus court." in visitor.get("/selections/soirees/").content.decode()
    assert second.collection_items.count() == 1


def test_only_curators_write_what_stands_around_the_texts(theme):
    parent = UserFactory()
    with pytest.raises(WrongState):
        actions.store_theme(theme, by=parent)
    with pytest.raises(WrongState):
        glossary.store_term(Term(term="ENT", slug="ent", line="…"), by=parent)
    with pytest.raises(WrongState):
        collections.create_collection("a", {"title": "A", "introduction": "A"}, [], by=parent)
    assert not Collection.objects.exists()
