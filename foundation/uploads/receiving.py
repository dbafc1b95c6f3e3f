"""Receive files in memory alone: what somebody sends never touches the disk on its way, whatever the address.

A list of families names children: neither a form refused, nor a wrong address, nor an ended session may leave
it in a temporary file. Measured: a body of 20 MB is 20 MB more in its process, until it is answered.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any, TypeVar

from django.contrib.auth import SESSION_KEY
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

# The heaviest file taken anywhere is 20 MB; the other fields of its form weigh little.
HEAVIEST_BODY = 21_000_000

View = TypeVar("View", bound=Callable[..., Any])


def takes_body_of(size: int) -> Callable[[View], View]:
    """Mark a view that takes several files at once: `size` bytes in all (others: HEAVIEST_BODY)."""

    def mark(view: View) -> View:
        view.heaviest_body = size  # type: ignore[attr-defined]
        return view

    return mark


class HeldInMemory(FileUploadHandler):
    """Hold files in memory; of a body too heavy, or of somebody signed out, keep names and sizes only.

    Such a file tells its true size and has no content, so that a form can say that it is too heavy. Nobody
    signed out has a file to send.
    """

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        session = getattr(self.request, "session", {})
        # The body is read once the address is known, for its token.
        view = getattr(getattr(self.request, "resolver_match", None), "func", None)
        heaviest = getattr(view, "heaviest_body", HEAVIEST_BODY)
        self._is_kept = content_length <= heaviest and SESSION_KEY in session

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._content = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self._is_kept:
            self._content.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self._content.seek(0)
        return InMemoryUploadedFile(
            self._content,
            self.field_name,
            self.file_name,  # type: ignore[arg-type]
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )
