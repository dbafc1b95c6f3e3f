"""Images of the folder: made anew, kept, written back, never lost by a batch that fails."""

import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from resources.catalogue.models import Picture, Resource
from resources.files.actions import export_library, load_library
from resources.files.findings import BadFiles
from tests.resources.files.conftest import BULLETIN, GUIDE, SIMPLE, write

pytestmark = pytest.mark.django_db
SHOWN = "\n![Une feuille de papier](papier.webp)\n"


def image(width=640, height=320, kind="WEBP", colour="navy", **options):
    made = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(made, kind, **options)
    return made.getvalue()


def with_exif():
    exif = Image.Exif()
    exif[0x010E] = "a secret place"
    return image(exif=exif)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def shown(folder):
    return write(folder, {"rendez-vous.md": GUIDE + SHOWN, "images/papier.webp": image()})


def kept_bytes():
    with Picture.objects.get().file.open("rb") as file:
        return file.read()


def test_a_text_shows_our_copy_with_its_size(shown):
    load_library(shown)
    picture = Picture.objects.get()
    assert (picture.resource.slug, picture.name, picture.width, picture.height) == (
        "rendez-vous",
        "papier.webp",
        640,
        320,
    )
    html = Resource.objects.get(slug="rendez-vous").html
    assert picture.file.url in html
    assert 'width="640"' in html
    assert picture.small


def test_what_was_loaded_comes_back_byte_for_byte_and_a_second_load_changes_nothing(shown, tmp_path):
    load_library(shown)
    assert not load_library(shown).changed
    export_library(tmp_path / "out")
    assert (tmp_path / "out/images/papier.webp").read_bytes() == (shown / "images/papier.webp").read_bytes()


@pytest.mark.parametrize(
    "data", [image(2000, 1000), image(kind="PNG"), with_exif()], ids=["large", "png", "exif"]
)
def test_what_is_not_as_we_would_make_it_is_made_anew_and_then_stays(shown, tmp_path, data):
    write(shown, {"images/papier.webp": data})
    load_library(shown)
    assert kept_bytes() != data
    assert b"secret" not in kept_bytes()
    assert Image.open(io.BytesIO(kept_bytes())).format == "WEBP"
    assert not load_library(shown).changed
    export_library(shown)
    assert (shown / "images/papier.webp").read_bytes() == kept_bytes()
    assert not load_library(shown).changed


def test_a_new_image_under_an_old_name_is_shown_though_no_text_changed(
    shown, django_capture_on_commit_callbacks
):
    load_library(shown)
    old = Picture.objects.get().file.name
    write(shown, {"images/papier.webp": image(colour="red")})
    with django_capture_on_commit_callbacks(execute=True):
        report = load_library(shown)
    assert (report.updated, report.pictures) == ([], ["rendez-vous"])
    picture = Picture.objects.get()
    assert picture.file.name != old
    assert picture.file.url in Resource.objects.get(slug="rendez-vous").html
    assert not default_storage.exists(old)


def test_a_variant_shows_the_images_of_its_resource(folder):
    write(folder, {"rendez-vous.simple.md": SIMPLE + SHOWN, "images/papier.webp": image()})
    load_library(folder)
    resource = Resource.objects.get(slug="rendez-vous")
    assert Picture.objects.get().file.url in resource.variants.get().html


def test_a_batch_that_fails_leaves_the_old_image_in_place(shown):
    load_library(shown)
    before = Picture.objects.values().get()
    damaged = image(colour="red")[:60]
    write(
        shown,
        {
            "images/papier.webp": image(colour="red"),
            "bulletin.md": BULLETIN + SHOWN.replace("papier.webp", "autre.webp"),
            "images/autre.webp": damaged,
        },
    )
    with pytest.raises(BadFiles) as caught:
        load_library(shown)
    assert [one.path for one in caught.value.findings] == ["images/autre.webp"]
    assert Picture.objects.values().get() == before
    assert default_storage.exists(before["file"])


def test_an_image_that_no_text_shows_is_told_not_loaded(folder):
    write(folder, {"images/papier.webp": image()})
    assert load_library(folder).unused == ["papier.webp"]
    assert not Picture.objects.exists()


def test_an_image_of_a_row_edited_here_is_left_alone(shown):
    load_library(shown)
    before = Picture.objects.values().get()
    Resource.objects.filter(slug="rendez-vous").update(title="Et maintenant ?")
    write(shown, {"images/papier.webp": image(colour="red")})
    load_library(shown)
    assert Picture.objects.values().get() == before
