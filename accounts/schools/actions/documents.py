"""The shelf: files taken in, remade where they are pictures, and taken away with their file."""

import datetime
from dataclasses import dataclass
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts.audit.actions import record
from accounts.schools.errors import OtherSchool
from accounts.schools.models import Classroom, Document, School
from foundation.keys import random_key
from foundation.uploads import Kind, TooManyBytes, inspect_header, remake_image, safe_name

MAX_BYTES = 20_000_000
SIDE = 1600
PICTURE_BYTES = 400_000
# A form sent again within this time is a second click, not a second paper.
SENT_TWICE = datetime.timedelta(minutes=10)
FIELDS = ("title", "kind", "dated", "readers")


@dataclass(frozen=True)
class Taken:
    """A file as the shelf keeps it."""

    content: bytes
    file_name: str
    content_type: str


def take_file(file: IO[bytes], name: str, size: int) -> Taken:
    """Return what is kept of a file sent: a PDF as it is, a picture made anew. Raises UploadError."""
    if size > MAX_BYTES:
        raise TooManyBytes(limit=MAX_BYTES // 1_000_000)
    clean = safe_name(name)
    if inspect_header(file).kind is Kind.PDF:
        content, suffix, content_type = file.read(MAX_BYTES + 1), ".pdf", "application/pdf"
    else:
        made = remake_image(file, max_side=SIDE, max_bytes=PICTURE_BYTES, max_file_bytes=MAX_BYTES)
        content, suffix, content_type = made.content, ".webp", "image/webp"
    stem = clean.rpartition(".")[0] or clean
    return Taken(content, stem[:100] + suffix, content_type)


@transaction.atomic
def add_document(
    school: School, values: dict[str, Any], classrooms: list[Classroom], taken: Taken, *, by: Any
) -> Document:
    """Put a paper on the shelf, once even if the form is sent twice. Raises OtherSchool."""
    _refuse_other_school(school, classrooms)
    # One at a time: two sendings of one form would not see each other.
    School.objects.select_for_update().get(pk=school.pk)
    known = _just_added(school, values, taken, by)
    if known is not None:
        return known
    stored = default_storage.save(f"documents/{random_key(24)}", ContentFile(taken.content))
    document = Document.objects.create(
        school=school,
        stored=stored,
        file_name=taken.file_name,
        size=len(taken.content),
        content_type=taken.content_type,
        added_by=by,
        **{name: values[name] for name in FIELDS},
    )
    document.classrooms.set(classrooms)
    record("document_added", by=by, school=school, row=document.key, readers=document.readers)
    return document


@transaction.atomic
def revise_document(
    document: Document, values: dict[str, Any], classrooms: list[Classroom], *, by: Any
) -> None:
    """Correct what is said of a paper, or who may read it; its file stays. Raises OtherSchool."""
    _refuse_other_school(document.school, classrooms)
    for name in FIELDS:
        setattr(document, name, values[name])
    document.save(update_fields=list(FIELDS))
    document.classrooms.set(classrooms)
    record("document_changed", by=by, school=document.school, row=document.key, readers=document.readers)


@transaction.atomic
def remove_document(document: Document, *, by: Any) -> None:
    """Take a paper off the shelf; its file goes once that is sure."""
    school, key, stored = document.school, document.key, document.stored
    document.delete()
    record("document_removed", by=by, school=school, row=key)
    transaction.on_commit(lambda: default_storage.delete(stored))


def _just_added(school: School, values: dict[str, Any], taken: Taken, by: Any) -> Document | None:
    """The same file under the same words, put there a moment ago by the same person."""
    rows = Document.objects.of_school(school).filter(
        added_by=by,
        added__gte=timezone.now() - SENT_TWICE,
        file_name=taken.file_name,
        size=len(taken.content),
        **{name: values[name] for name in FIELDS},
    )
    for row in rows:
        with default_storage.open(row.stored) as file:
            if file.read() == taken.content:
                return row
    return None


def _refuse_other_school(school: School, classrooms: list[Classroom]) -> None:
    if any(room.school_id != school.pk for room in classrooms):
        raise OtherSchool
