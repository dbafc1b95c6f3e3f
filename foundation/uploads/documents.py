"""PDFs written anew in a child process: no author, program or date, nothing that acts by itself."""

from pathlib import Path
from typing import IO

from foundation.uploads import children
from foundation.uploads.errors import KindNotAccepted, LockedDocument, TooManyBytes, UnreadableFile
from foundation.uploads.headers import Kind, whole

_WORKER = Path(__file__).with_name("pdf_worker.py")


def remake_pdf(file: IO[bytes], *, max_file_bytes: int) -> bytes:
    """Give the document of `file` without what it says of its author.

    Raises KindNotAccepted, UnreadableFile, LockedDocument, TooManyBytes (all UploadError).
    """
    data, header = whole(file, max_file_bytes)
    if header.kind is not Kind.PDF:
        raise KindNotAccepted
    answer, made = children.ask(_WORKER, {}, data)
    match answer:
        case {"bytes": int(size)} if size == len(made) > 0:
            if size > max_file_bytes:
                raise TooManyBytes(limit=max_file_bytes // 1_000_000)
            return made
        case {"error": "locked"}:
            raise LockedDocument
        case _:
            raise UnreadableFile
