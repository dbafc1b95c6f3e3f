"""A theme's name finds its resources, also once it was changed in the admin."""

import pytest

from foundation.search.models import SearchIndex
from resources.catalogue.actions import store_theme
from resources.catalogue.index import LIBRARY_INDEX
from resources.files.actions import rerender_library
from tests.factories import ThemeFactory, make_resource, person_with_role

pytestmark = pytest.mark.django_db


def test_a_new_name_finds_and_the_old_one_does_not():
    theme = ThemeFactory(slug="nuit", name="Sommeil")
    resource = make_resource("eteindre", themes=[theme])
    assert LIBRARY_INDEX.search("sommeil").keys == [resource.pk]
    theme.name = "Repos"
    store_theme(theme, by=person_with_role("claire", "curator"))
    assert LIBRARY_INDEX.search("repos").keys == [resource.pk]
    assert LIBRARY_INDEX.search("sommeil").keys == []


def test_an_index_of_an_older_analyser_is_made_again():
    resource = make_resource("eteindre", title="Éteindre ?")
    SearchIndex.objects.update(analyser=0)
    assert LIBRARY_INDEX.is_stale()
    rerender_library()
    assert not LIBRARY_INDEX.is_stale()
    assert LIBRARY_INDEX.search("eteindre").keys == [resource.pk]
