"""Images are made anew, small and bare, in a child that may die without harm."""

import io
import resource
import subprocess

import pytest
from PIL import Image

from foundation.uploads import (
    AnimatedImage,
    KindNotAccepted,
    TooManyBytes,
    TooManyPixels,
    UnreadableFile,
    UploadError,
    children,
    remake_image,
    remake_renditions,
)
from tests.foundation.uploads.pictures import animated, bomb, lying, photograph, picture, with_place


def remake(data: bytes, max_side: int = 1600, max_bytes: int = 300_000, **limits):
    return remake_image(io.BytesIO(data), max_side=max_side, max_bytes=max_bytes, **limits)


def opened(remade) -> Image.Image:
    image = Image.open(io.BytesIO(remade.content))
    assert (image.format, image.size) == ("WEBP", (remade.width, remade.height))
    return image


@pytest.mark.parametrize(
    "data",
    [
        picture("JPEG"),
        picture("PNG"),
        picture("PNG", mode="P"),
        picture("PNG", mode="RGBA"),
        picture("WEBP"),
        picture("JPEG", mode="CMYK", progressive=True),
    ],
    ids=["jpeg", "png", "palette", "transparent", "webp", "progressive, for print"],
)
def test_every_kind_becomes_a_webp_of_the_same_picture(data):
    image = opened(remake(data, max_side=600)).convert("RGB")
    assert image.size == (600, 450)
    red, blue = image.getpixel((50, 200)), image.getpixel((550, 200))
    assert red[0] > 200 > red[2] and blue[2] > 200 > blue[0]


def test_a_small_picture_is_not_enlarged():
    assert opened(remake(picture(size=(30, 20)))).size == (30, 20)


def test_transparency_stays():
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    output = io.BytesIO()
    clear.save(output, "PNG")
    assert opened(remake(output.getvalue())).convert("RGBA").getpixel((5, 5))[3] == 0


def test_place_device_and_comment_are_gone():
    before = with_place()
    assert Image.open(io.BytesIO(before)).getexif().get_ifd(0x8825)
    after = remake(before)
    image = opened(after)
    assert not dict(image.getexif()) and not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)
    for word in (b"Diallo", b"school yard", b"EXIF", b"XMP ", b"ICCP"):
        assert word not in after.content


@pytest.mark.parametrize(("orientation", "red_at"), [(1, "left"), (3, "right"), (6, "top"), (8, "bottom")])
def test_a_picture_stands_as_it_was_held(orientation, red_at):
    image = opened(remake(with_place(orientation), max_side=400)).convert("RGB")
    width, height = image.size
    assert (width > height) == (red_at in ("left", "right"))
    points = {
        "left": (5, height // 2),
        "right": (width - 5, height // 2),
        "top": (width // 2, 5),
        "bottom": (width // 2, height - 5),
    }
    assert (
        max(points, key=lambda side: image.getpixel(points[side])[0] - image.getpixel(points[side])[2])
        == red_at
    )


def test_the_library_has_two_widths_within_their_weights():
    narrow, wide = remake_renditions(io.BytesIO(photograph()))
    assert [(narrow.width, narrow.height), (wide.width, wide.height)] == [(480, 640), (960, 1280)]
    assert len(narrow.content) <= 60_000 and len(wide.content) <= 160_000
    assert opened(narrow) and opened(wide)


def test_a_picture_of_many_details_is_poorer_not_heavier():
    rich = remake(photograph(), max_side=960, max_bytes=1_000_000)
    light = remake(photograph(), max_side=960, max_bytes=80_000)
    assert len(light.content) <= 80_000 < len(rich.content)


def test_a_narrow_picture_has_one_rendition():
    assert [copy.width for copy in remake_renditions(io.BytesIO(picture(size=(400, 300))))] == [400]
    assert [copy.width for copy in remake_renditions(io.BytesIO(picture(size=(700, 300))))] == [480, 700]
    held = remake_renditions(io.BytesIO(with_place(6)))
    assert [(copy.width, copy.height) for copy in held] == [(480, 960), (500, 1000)]


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_moving_picture_is_refused(kind):
    with pytest.raises(AnimatedImage):
        remake(animated(kind))


def test_a_second_picture_in_a_photograph_is_left_out():
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    output = io.BytesIO()
    frames[0].save(output, "MPO", save_all=True, append_images=frames[1:])
    assert opened(remake(output.getvalue())).convert("RGB").getpixel((9, 9))[0] > 200


@pytest.mark.parametrize(
    "data", [animated("GIF"), b"<svg onload='ran()'/>", b"%PDF-1.4\n%%EOF"], ids=["gif", "svg", "pdf"]
)
def test_what_is_no_picture_of_ours_is_refused(data):
    with pytest.raises(KindNotAccepted):
        remake(data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_cut_short_is_told(kind):
    data = photograph((300, 300)) if kind == "JPEG" else picture(kind)
    for part in (2, 3):
        with pytest.raises(UnreadableFile):
            remake(data[: len(data) // part])


@pytest.mark.parametrize("size", [(6000, 8000), (1, 50_000_000), (64, 63)])
def test_a_header_that_lies_harms_nobody(size):
    try:
        assert opened(remake(lying(*size)))
    except UploadError as error:
        assert str(error)


def test_a_heavy_file_is_told_before_it_is_decoded():
    with pytest.raises(TooManyBytes, match="1"):
        remake(photograph() + bytes(1_000_000), max_file_bytes=1_000_000)


def test_a_bomb_costs_the_parent_nothing():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(TooManyPixels):
        remake(bomb())
    assert opened(remake(bomb(4_888))).size == (1600, 1600)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 30_000  # kB; decoded here it would be 72,000 in colour


def test_the_child_has_no_more_memory_than_it_is_given(monkeypatch):
    """The twin: the same picture, which passes above, with a child that may not hold it."""
    monkeypatch.setattr(children, "MEMORY_MEGABYTES", 160)
    assert remake(picture())
    with pytest.raises((TooManyPixels, UnreadableFile)):
        remake(bomb(4_888))


def test_the_child_has_no_more_time_than_it_is_given(monkeypatch):
    monkeypatch.setattr(children, "WALL_SECONDS", 0.01)
    with pytest.raises(UnreadableFile):
        remake(picture())


def test_the_child_sees_none_of_our_secrets(monkeypatch):
    seen = {}

    def spy(command, **options):
        seen.update(options["env"])
        raise subprocess.CalledProcessError(1, command)

    monkeypatch.setenv("SECRET_KEY", "x")
    monkeypatch.setattr(children.subprocess, "run", spy)
    with pytest.raises(UnreadableFile):
        remake(picture())
    assert "PATH" in seen and "SECRET_KEY" not in seen


def test_a_child_that_answers_nonsense_is_told(monkeypatch):
    for answer in (b"", b"{}\n", b'{"sizes": []}\n', b'{"error": "unreadable"}\n'):
        monkeypatch.setattr(children, "_run", lambda worker, question, answer=answer: answer)
        with pytest.raises(UnreadableFile):
            remake(picture())
