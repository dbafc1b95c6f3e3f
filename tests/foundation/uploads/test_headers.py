"""A file is what its first bytes say, never what its name says."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.uploads import (
    MAX_PIXELS,
    Header,
    Kind,
    KindNotAccepted,
    TooManyPixels,
    UnreadableFile,
    UploadError,
    inspect_header,
)
from tests.foundation.uploads.pictures import bomb, picture, with_place

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="ran()"/>'


def inspect(data: bytes) -> Header:
    file = io.BytesIO(data)
    header = inspect_header(file)
    assert file.tell() == 0
    return header


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (picture("JPEG", (321, 123)), Kind.JPEG),
        (picture("JPEG", (321, 123), progressive=True, icc_profile=b"x" * 200_000), Kind.JPEG),
        (picture("PNG", (321, 123)), Kind.PNG),
        (picture("WEBP", (321, 123)), Kind.WEBP),
        (picture("WEBP", (321, 123), lossless=True), Kind.WEBP),
        (
            picture("WEBP", (321, 123), mode="RGBA", exif=b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x00\x00"),
            Kind.WEBP,
        ),
    ],
    ids=["jpeg", "progressive with a long profile", "png", "webp", "webp lossless", "webp extended"],
)
def test_kind_and_size_are_read_without_decoding(data, kind):
    assert inspect(data) == Header(kind, 321, 123)


def test_a_pdf_is_known():
    assert inspect(PDF) == Header(Kind.PDF)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8",
        SVG,
        b"\n " + SVG,
        b"<!DOCTYPE html><script>ran()</script>",
        picture("GIF"),
        picture("BMP"),
        picture("TIFF"),
        b"PK\x03\x04" + bytes(200),
        b"MZ" + bytes(200),
        b"GIF89a/*" + PDF,
        b" " + PDF,
    ],
    ids=lambda data: repr(data[:12]),
)
def test_another_kind_is_refused_whatever_its_name(data):
    with pytest.raises(KindNotAccepted):
        inspect(data)


@pytest.mark.parametrize(
    "head", [picture("JPEG"), picture("PNG"), picture("WEBP"), PDF], ids=["jpeg", "png", "webp", "pdf"]
)
def test_a_file_that_is_two_things_is_refused(head):
    archive_end = b"PK\x05\x06" + bytes(18)
    page = head[:20] + b"<html><script>ran()</script>" + head[20:]
    for two in (head + archive_end, page):
        with pytest.raises(KindNotAccepted):
            inspect(two)
    assert inspect(head + bytes(40))


def test_an_image_that_is_a_pdf_too_is_refused():
    with pytest.raises(KindNotAccepted):
        inspect(picture("JPEG", comment=PDF))


def test_a_bomb_is_refused_by_its_header():
    data = bomb()
    assert len(data) < 400_000
    with pytest.raises(TooManyPixels, match="13000"):
        inspect(data)
    assert inspect(bomb(4_888)).width ** 2 < MAX_PIXELS[Kind.PNG]


@pytest.mark.parametrize("data", [picture("PNG"), with_place(), picture("WEBP")], ids=["png", "jpeg", "webp"])
def test_a_header_cut_short_is_told(data):
    for length in range(len(data[:60])):
        try:
            inspect(data[:length])
        except (KindNotAccepted, UnreadableFile) as error:
            assert str(error)


@given(
    st.sampled_from([picture("JPEG", (8, 8)), picture("PNG", (8, 8)), picture("WEBP", (8, 8)), PDF]),
    st.data(),
)
def test_bytes_bent_by_chance_are_read_or_refused(data, draw):
    bent = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 8))):
        bent[draw.draw(st.integers(0, len(bent) - 1))] = draw.draw(st.integers(0, 255))
    try:
        header = inspect(bytes(bent))
    except UploadError:
        return
    assert header.width * header.height <= MAX_PIXELS.get(header.kind, 0)
