"""Files of messages: made ours on arrival, kept a day for a message not sent yet, gone with it (RULES §2).

A file is written before its row and removed after its row is: a failure between the two leaves a file that
no address opens, which `sweep` takes away.
"""

import datetime
from collections.abc import Iterable, Sequence
from functools import partial
from typing import IO, Any, cast

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models import Sum
from django.utils import timezone

from accounts.schools.models import Membership
from exchanges.discussions.errors import FileRefused, NoRoomLeft, PicturesOnly, TooManyFiles
from exchanges.discussions.models import Attachment, Post
from foundation.keys import random_key
from foundation.uploads import Taken, UploadError, take

FOLDER = "attachments"
SIDE = 1600
PICTURE_BYTES = 290_000
KEPT_UNSENT = datetime.timedelta(days=1)


def keep(
    files: Iterable[UploadedFile], uploader: Membership, already: Sequence[Attachment] = ()
) -> list[Attachment]:
    """Store what was sent for a message still to come, beside what is there `already`.

    Raises FileRefused (with the file's name and why), TooManyFiles, NoRoomLeft: nothing of the batch is kept.
    """
    sent = list(files)
    if len(sent) + len(already) > Attachment.MOST_A_POST:
        raise TooManyFiles
    made = [_taken(file) for file in sent]
    if made and space_used(uploader) + sum(len(one.content) for one in made) > Attachment.MOST_A_MEMBER:
        raise NoRoomLeft
    return [_store(one, uploader) for one in made]


def unsent(
    uploader: Membership, keys: Iterable[str], now: datetime.datetime | None = None
) -> list[Attachment]:
    """Return the files of a message not sent yet that these keys name, of this person only."""
    since = (now or timezone.now()) - KEPT_UNSENT
    rows = Attachment.objects.filter(
        uploader=uploader, post__isnull=True, added__gt=since, key__in=list(keys)
    )
    return list(rows.order_by("pk")[: Attachment.MOST_A_POST])


@transaction.atomic
def attach(post: Post, files: Sequence[Attachment]) -> None:
    """Give `files`, of a message not sent yet, to `post`; inside the transaction that stores it.

    Without a name: pictures only, named by us, and nobody is written as who sent them (RULES §2).
    """
    if post.is_anonymous and not all(file.is_picture for file in files):
        raise PicturesOnly
    for place, file in enumerate(files, start=1):
        fields: dict[str, object] = {"post": post}
        if post.is_anonymous:
            fields |= {"uploader": None, "name": f"image-{place}.webp", "added": _hour(post.created)}
        Attachment.objects.filter(pk=file.pk, uploader=file.uploader_id, post__isnull=True).update(**fields)
    if files:
        Post.objects.filter(topic=post.topic_id, pk=post.pk).update(has_files=True)
        post.has_files = True


@transaction.atomic
def remove_of(post: Post) -> None:
    """Take away the files of a message that is withdrawn or erased, or removed for good."""
    _remove(Attachment.objects.filter(post=post))


@transaction.atomic
def remove_of_removed(author: Membership) -> None:
    """Take away what is still kept of messages of this person that decisions removed."""
    _remove(Attachment.objects.filter(post__author=author, post__state=Post.State.REMOVED))


def forget_removed(undoable: models.QuerySet[Any] | Iterable[str]) -> int:
    """Take away the files of removed messages but those whose keys are in `undoable`: for the clock."""
    removed = Attachment.objects.unscoped().filter(post__state=Post.State.REMOVED)
    with transaction.atomic():
        return _remove(removed.exclude(post__key__in=undoable))


@transaction.atomic
def remove_unsent(uploader: Membership) -> None:
    """Take away what somebody sent for messages they never sent."""
    _remove(Attachment.objects.filter(uploader=uploader, post__isnull=True))


def forget_unsent(now: datetime.datetime | None = None) -> int:
    """Take away files of messages not sent within a day: for the clock."""
    before = (now or timezone.now()) - KEPT_UNSENT
    with transaction.atomic():
        return _remove(Attachment.objects.unscoped().filter(post__isnull=True, added__lte=before))


def sweep(now: datetime.datetime | None = None) -> int:
    """Remove stored files that no row names, a day old at least: for the clock."""
    if not default_storage.exists(FOLDER):
        return 0
    before = (now or timezone.now()) - KEPT_UNSENT
    known = set(Attachment.objects.unscoped().values_list("stored", flat=True))
    gone = 0
    for name in default_storage.listdir(FOLDER)[1]:
        path = f"{FOLDER}/{name}"
        if path not in known and default_storage.get_modified_time(path) < before:
            default_storage.delete(path)
            gone += 1
    return gone


def space_used(uploader: Membership) -> int:
    """Bytes of a member's files, sent or not; those of messages without a name are nobody's."""
    found = Attachment.objects.filter(uploader=uploader).aggregate(total=Sum("size"))
    return found["total"] or 0


def _taken(file: UploadedFile) -> Taken:
    name = file.name or ""
    limit = Attachment.MOST_BYTES
    try:
        return take(cast(IO[bytes], file), name, side=SIDE, picture_bytes=PICTURE_BYTES, max_file_bytes=limit)
    except UploadError as error:
        raise FileRefused(name, error) from error


def _store(taken: Taken, uploader: Membership) -> Attachment:
    key = random_key(24)
    suffix = ".webp" if taken.is_picture else ".pdf"
    stored = default_storage.save(f"{FOLDER}/{random_key(24)}{suffix}", ContentFile(taken.content))
    return Attachment.objects.create(
        uploader=uploader,
        key=key,
        name=taken.name,
        stored=stored,
        content_type=taken.content_type,
        size=len(taken.content),
        width=taken.width,
        height=taken.height,
    )


def _remove(rows: models.QuerySet[Attachment]) -> int:
    stored = list(rows.values_list("stored", flat=True))
    rows.delete()
    for path in stored:
        transaction.on_commit(partial(default_storage.delete, path))
    return len(stored)


def _hour(moment: datetime.datetime) -> datetime.datetime:
    return moment.replace(minute=0, second=0, microsecond=0)
