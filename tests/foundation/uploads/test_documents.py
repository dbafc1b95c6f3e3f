"""A PDF is written anew: who wrote it, with what and when is gone, and nothing in it acts by itself."""

import io

import pikepdf
import pytest

from foundation.uploads import (
    HeicNotAccepted,
    KindNotAccepted,
    LockedDocument,
    TooManyBytes,
    UnreadableFile,
    inspect_header,
    remake_pdf,
)
from tests.foundation.uploads.pictures import picture


def pdf(**options) -> bytes:
    """A document of one page that says who wrote it, in three places, and runs a script when opened."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(200, 200))
    with document.open_metadata(update_docinfo=False) as metadata:
        metadata["dc:creator"] = ["Diallo-XMP"]
    document.docinfo["/Author"] = "Diallo-Info"
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('Diallo-Script')")
    document.Root.OpenAction = script
    page.obj.AA = pikepdf.Dictionary(O=script)
    page.obj.Annots = pikepdf.Array(
        [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=script)]
    )
    page.obj.PieceInfo = pikepdf.Dictionary(App=pikepdf.Dictionary(Private="Diallo-Piece"))
    document.attachments["note.txt"] = b"Diallo-Attached"
    output = io.BytesIO()
    document.save(output, compress_streams=False, **options)
    return output.getvalue()


def remade(data: bytes, limit: int = 20_000_000) -> bytes:
    return remake_pdf(io.BytesIO(data), max_file_bytes=limit)


def test_author_program_and_date_are_gone():
    assert all(f"Diallo-{place}".encode() in pdf() for place in ("Info", "XMP", "Piece"))
    made = pikepdf.open(io.BytesIO(remade(pdf())))
    assert len(made.pages) == 1
    assert not dict(made.docinfo) and "/Metadata" not in made.Root and not list(made.attachments)
    made.save(
        plain := io.BytesIO(), stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False
    )
    assert b"Diallo" not in plain.getvalue()


def test_nothing_acts_by_itself():
    made = pikepdf.open(io.BytesIO(remade(pdf())))
    assert "/OpenAction" not in made.Root and "/AA" not in made.pages[0].obj
    action = made.pages[0].Annots[0].A
    assert (str(action.S), "/JS" in action) == ("/Named", False)


def test_a_document_behind_a_password_is_told():
    locked = pdf(encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(LockedDocument):
        remade(locked)


def test_one_that_only_forbids_printing_opens():
    assert remade(pdf(encryption=pikepdf.Encryption(owner="a", user="")))


@pytest.mark.parametrize("data", [b"%PDF-1.7\n" + bytes(300), pdf()[:200]], ids=["empty", "cut short"])
def test_what_cannot_be_read_is_told(data):
    with pytest.raises(UnreadableFile):
        remade(data)


def test_a_picture_is_no_document():
    with pytest.raises(KindNotAccepted):
        remade(picture("PNG"))


def test_a_heavy_one_is_told():
    with pytest.raises(TooManyBytes):
        remade(pdf(), limit=500)


def test_a_photo_of_a_new_telephone_is_refused_kindly():
    with pytest.raises(HeicNotAccepted, match="JPEG"):
        inspect_header(io.BytesIO(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(100)))
