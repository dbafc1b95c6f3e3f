"""An address that a selection or a theme once had leads to the new one, or says that the page was removed."""

import pytest

from resources.catalogue.models import OldSlug
from tests.factories import ThemeFactory, make_collection, make_resource

pytestmark = pytest.mark.django_db
PLACES = [
    ("selections", "/selections/{}/"),
    ("selections", "/integrer/selection/{}/"),
    ("themes", "/themes/{}/"),
]


@pytest.fixture
def now(db):
    theme = ThemeFactory(slug="le-neuf", name="Le neuf")
    resource = make_resource("un-texte", themes=[theme])
    make_collection("le-neuf", [resource])
    OldSlug.objects.create(place="selections", slug="l-ancien", target="le-neuf")
    OldSlug.objects.create(place="themes", slug="l-ancien", target="le-neuf")
    OldSlug.objects.create(place="selections", slug="le-parti", target="")
    OldSlug.objects.create(place="themes", slug="le-parti", target="")


@pytest.mark.parametrize(("place", "address"), PLACES)
def test_it_redirects_for_ever_or_says_so(client, now, place, address):
    assert client.get(address.format("le-neuf")).status_code == 200
    moved = client.get(address.format("l-ancien"))
    assert (moved.status_code, moved["Location"]) == (301, address.format("le-neuf"))
    assert client.get(address.format("le-parti")).status_code == 410
    assert client.get(address.format("jamais-vu")).status_code == 404
