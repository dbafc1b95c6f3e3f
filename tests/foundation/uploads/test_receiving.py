"""Files are received in memory alone, up to a weight, from somebody signed in."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.core.files.uploadedfile import SimpleUploadedFile

from foundation.uploads import TooManyBytes, receiving, remake_image
from tests.foundation.uploads.pictures import picture

CONTENT = bytes(range(256)) * 40


@pytest.fixture
def receive(rf):
    """Return the file as a view gets it."""

    def act(content: bytes = CONTENT, *, signed_in: bool = True):
        request = rf.post(
            "/", {"title": "x", "file": SimpleUploadedFile("a.pdf", content, "application/pdf")}
        )
        request.session = {SESSION_KEY: "1"} if signed_in else {}
        assert request.POST["title"] == "x"
        return request.FILES["file"]

    return act


def test_a_file_arrives_whole_with_what_was_said_of_it(receive):
    file = receive()
    assert (file.name, file.content_type, file.size) == ("a.pdf", "application/pdf", len(CONTENT))
    assert file.read() == CONTENT
    assert b"".join(file.chunks()) == CONTENT


def test_a_file_of_several_pieces_arrives_whole(receive):
    content = CONTENT * 300
    assert receive(content).read() == content


def test_an_empty_file_is_a_file(receive):
    assert (receive(b"").size, receive(b"").read()) == (0, b"")


def test_of_a_body_too_heavy_nothing_is_held_but_its_size(receive, monkeypatch):
    monkeypatch.setattr(receiving, "HEAVIEST_BODY", 1000)
    file = receive()
    assert (file.name, file.size) == ("a.pdf", len(CONTENT))
    assert file.read() == b""


def test_of_somebody_signed_out_nothing_is_held(receive):
    assert receive(signed_in=False).read() == b""
    assert receive(signed_in=True).read() == CONTENT


def test_a_picture_too_heavy_to_be_received_is_said_to_be_too_heavy(receive, monkeypatch):
    photograph = picture()
    remake_image(receive(photograph), max_side=400, max_bytes=100_000, max_file_bytes=len(photograph))
    monkeypatch.setattr(receiving, "HEAVIEST_BODY", 1000)
    with pytest.raises(TooManyBytes):
        remake_image(receive(photograph), max_side=400, max_bytes=100_000, max_file_bytes=4000)
