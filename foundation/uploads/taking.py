"""One file sent by somebody, made ours: a picture made anew, a PDF without its author."""

from dataclasses import dataclass
from typing import IO

from foundation.uploads.documents import remake_pdf
from foundation.uploads.headers import Kind, inspect_header
from foundation.uploads.names import safe_name
from foundation.uploads.remaking import remake_image
from foundation.uploads.serving import PICTURE

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as it is kept: its content, a name fit for a page, its kind; size in pixels of a picture."""

    content: bytes
    name: str
    content_type: str
    width: int = 0
    height: int = 0

    @property
    def is_picture(self) -> bool:
        return self.content_type == PICTURE


def take(file: IO[bytes], name: str, *, side: int, picture_bytes: int, max_file_bytes: int) -> Taken:
    """Return what is kept of a file sent. Raises UploadError."""
    clean = safe_name(name)
    stem = (clean.rpartition(".")[0] or clean)[:100]
    if getattr(file, "size", 0) <= max_file_bytes and inspect_header(file).kind is Kind.PDF:
        content = remake_pdf(file, max_file_bytes=max_file_bytes)
        return Taken(content, f"{stem}.pdf", PDF)
    made = remake_image(file, max_side=side, max_bytes=picture_bytes, max_file_bytes=max_file_bytes)
    return Taken(made.content, f"{stem}.webp", PICTURE, made.width, made.height)
