"""An image of a text is served by the site itself, for ever the same; only what a row names is read."""

import io

import pytest
from PIL import Image

from foundation.uploads import remake_renditions
from resources.catalogue.actions import add_picture
from tests.factories import make_resource, person_with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def resource(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = io.BytesIO()
    Image.new("RGB", (1200, 800), "teal").save(made, "PNG")
    made.seek(0)
    resource = make_resource("coin-calme", body="## Ce soir\n\n![Un coin avec un coussin](coin.webp)\n")
    add_picture(resource, "coin.webp", remake_renditions(made), by=person_with_role("claire", "curator"))
    resource.refresh_from_db()
    return resource


def test_the_text_shows_it_and_the_site_serves_it(client, resource):
    picture = resource.pictures.get()
    page = client.get("/ressources/coin-calme/").content.decode()
    for stored in (picture.file.name, picture.small.name):
        assert f"/media/{stored}" in page
        answer = client.get(f"/media/{stored}")
        assert answer["Content-Type"] == "image/webp"
        assert "immutable" in answer["Cache-Control"]
        assert Image.open(io.BytesIO(b"".join(answer.streaming_content))).format == "WEBP"
    assert 'alt="Un coin avec un coussin"' in page


@pytest.mark.parametrize("name", ["secret_key", "..%2Fsecret_key", "autre.webp", "%2e%2e/secret_key"])
def test_nothing_else_is_read(client, resource, tmp_path, name):
    (tmp_path / "library" / "autre.webp").write_bytes(b"not of the library")
    assert client.get(f"/media/library/{name}").status_code == 404
