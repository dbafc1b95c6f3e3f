"""The school's own sheet, its logo, and the lists of parents that stand at its elections."""

from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from accounts.audit.actions import record
from accounts.schools.errors import ListInUse, ListNameTaken
from accounts.schools.models import Mandate, ParentList, School
from foundation.keys import random_key
from foundation.uploads import remake_image

SHEET = (
    "name",
    "level",
    "uai",
    "street",
    "postcode",
    "town",
    "telephone",
    "email",
    "hours",
    "gate",
    "absence",
    "commune_url",
    "time_zone",
    "holiday_zone",
    "languages",
)
LOGO_SIDE = 320
LOGO_BYTES = 30_000
LOGO_FILE_BYTES = 5_000_000


@transaction.atomic
def save_sheet(school: School, values: dict[str, Any], *, by: Any) -> list[str]:
    """Store what changed of the sheet; return the names of those fields."""
    changed = [name for name in SHEET if name in values and values[name] != getattr(school, name)]
    for name in changed:
        setattr(school, name, values[name])
    if changed:
        school.save(update_fields=changed)
        record("sheet_changed", by=by, school=school, fields=changed)
    return changed


def remade_logo(file: IO[bytes]) -> bytes:
    """Return the picture as we keep it. Raises UploadError."""
    made = remake_image(file, max_side=LOGO_SIDE, max_bytes=LOGO_BYTES, max_file_bytes=LOGO_FILE_BYTES)
    return made.content


@transaction.atomic
def set_logo(school: School, content: bytes, *, by: Any) -> None:
    """Make `content` (WebP of ours, "" for none) the logo; the file before goes once that is sure."""
    before = school.logo
    school.logo = (
        default_storage.save(f"schools/{random_key(16)}.webp", ContentFile(content)) if content else ""
    )
    school.save(update_fields=["logo"])
    record("logo_changed", by=by, school=school)
    if before:
        transaction.on_commit(lambda: default_storage.delete(before))


@transaction.atomic
def add_parent_list(school: School, name: str, *, is_association: bool, by: Any) -> ParentList:
    """Store a list of parents. Raises ListNameTaken."""
    try:
        with transaction.atomic():
            made = ParentList.objects.create(school=school, name=name, is_association=is_association)
    except IntegrityError as error:
        raise ListNameTaken from error
    record("parent_list_added", by=by, school=school, row=made.key)
    return made


@transaction.atomic
def change_parent_list(row: ParentList, name: str, *, is_association: bool, by: Any) -> None:
    """Correct a list of parents. Raises ListNameTaken."""
    try:
        with transaction.atomic():
            row.name, row.is_association = name, is_association
            row.save(update_fields=["name", "is_association"])
    except IntegrityError as error:
        row.refresh_from_db(fields=["name", "is_association"])
        raise ListNameTaken from error
    record("parent_list_changed", by=by, school=row.school, row=row.key)


@transaction.atomic
def remove_parent_list(row: ParentList, *, by: Any) -> None:
    """Take away a list on which nobody was elected. Raises ListInUse."""
    if Mandate.objects.filter(parent_list=row).exists():
        raise ListInUse
    school, key = row.school, row.key
    row.delete()
    record("parent_list_removed", by=by, school=school, row=key)
