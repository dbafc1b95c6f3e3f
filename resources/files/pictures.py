"""The images of the folder: made anew once, kept with each resource that shows them, written back as kept."""

import hashlib
import io
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction

from foundation.uploads import UploadError, inspect_header, remake_renditions
from resources.catalogue.models import Picture
from resources.files.findings import BadFiles, Finding
from resources.files.findings import marked as _

# A file that is already what we would make of it keeps its bytes, so that export gives them back.
HEAVIEST = 160_000
MAX_FILE_BYTES = 15_000_000
_PLAIN_CHUNKS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH"})


def store_pictures(resource, names, images):
    """Store the images `names` that a resource shows, from `images` {name: path}; say if any changed.

    A picture that no text shows any more stays: it may have been sent here. Raises BadFiles naming the image
    that is none, is damaged, or is too large.
    """
    kept = {picture.name: picture for picture in resource.pictures.all()}
    changed = False
    for name in sorted(names):
        data = images[name].read_bytes()
        picture = kept.get(name)
        if picture and hashlib.sha256(data).hexdigest() in (picture.digest, _digest_of_kept(picture)):
            continue
        _store(picture or Picture(resource=resource, name=name), data)
        changed = True
    return changed


def picture_bytes(picture):
    """Return the bytes that export writes for a picture."""
    with picture.file.open("rb") as file:
        return file.read()


def _store(picture, data):
    try:
        sent = inspect_header(io.BytesIO(data))
        made = remake_renditions(io.BytesIO(data), max_file_bytes=MAX_FILE_BYTES)
    except UploadError as error:
        reason = _("This image cannot be taken: %(reason)s")
        found = Finding(f"images/{picture.name}", 1, "", reason, {"reason": str(error)})
        raise BadFiles([found]) from error
    widest = made[-1]
    same_size = (sent.width, sent.height) == (widest.width, widest.height)
    is_ours = _is_plain_webp(data) and same_size and len(data) <= HEAVIEST
    content = data if is_ours else widest.content
    old = [file.name for file in (picture.file, picture.small) if file]
    digest = hashlib.sha256(data).hexdigest()
    stem = f"{picture.name.rpartition('.')[0]}-{digest[:12]}"
    picture.file.save(f"{stem}.webp", ContentFile(content), save=False)
    if len(made) > 1:
        picture.small.save(f"{stem}-480.webp", ContentFile(made[0].content), save=False)
    else:
        picture.small = ""
    picture.width, picture.height = widest.width, widest.height
    picture.weight, picture.digest = len(content), digest
    picture.save()
    _delete_later(picture.file.storage, old)


def _delete_later(storage, names):
    """Remove files once their rows are gone for good: a batch undone must find them again."""
    for name in names:
        transaction.on_commit(partial(storage.delete, name))


def _digest_of_kept(picture):
    try:
        return hashlib.sha256(picture_bytes(picture)).hexdigest()
    except OSError:
        return ""


def _is_plain_webp(data):
    """Say whether the bytes are a WebP of picture chunks only: no place, no date, no animation."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return False
    if int.from_bytes(data[4:8], "little") + 8 != len(data):
        return False
    position = 12
    while position + 8 <= len(data):
        if data[position : position + 4] not in _PLAIN_CHUNKS:
            return False
        size = int.from_bytes(data[position + 4 : position + 8], "little")
        position += 8 + size + size % 2
    return position == len(data)
