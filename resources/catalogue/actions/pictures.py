"""The images of a resource: taken in remade, removed once no text shows them."""

import hashlib
from collections.abc import Sequence
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.people.models import User
from foundation.html import HtmlError, image_uses
from foundation.uploads import Remade
from resources.catalogue import policy, version
from resources.catalogue.anytext import texts_of
from resources.catalogue.errors import PictureInUse, PictureNameTaken, WrongState
from resources.catalogue.models import Picture, Resource
from resources.catalogue.rendering import fill_rendering


@transaction.atomic
def add_picture(resource: Resource, name: str, renditions: Sequence[Remade], *, by: User) -> Picture:
    """Keep an image under `name` ("lit-calme.webp"), narrow rendition first. Raises PictureNameTaken.

    Names are one for the whole library: its files share one folder.
    """
    if not policy.can_edit(by):
        raise WrongState
    if Picture.objects.filter(name=name).exists():
        raise PictureNameTaken
    widest = renditions[-1]
    digest = hashlib.sha256(widest.content).hexdigest()
    picture = Picture(resource=resource, name=name, width=widest.width, height=widest.height)
    picture.weight, picture.digest = len(widest.content), digest
    stem = f"{name.rpartition('.')[0]}-{digest[:12]}"
    picture.file.save(f"{stem}.webp", ContentFile(widest.content), save=False)
    if len(renditions) > 1:
        picture.small.save(f"{stem}-480.webp", ContentFile(renditions[0].content), save=False)
    picture.save()
    _show_again(resource, name)
    return picture


@transaction.atomic
def remove_picture(picture: Picture, *, by: User) -> None:
    """Remove an image that no text of its resource shows. Raises PictureInUse."""
    if not policy.can_edit(by):
        raise WrongState
    if picture.name in names_in_use(picture.resource):
        raise PictureInUse
    storage = picture.file.storage
    files = [str(file.name) for file in (picture.file, picture.small) if file]
    picture.delete()
    for name in files:
        transaction.on_commit(partial(storage.delete, name))


def names_in_use(resource: Resource) -> set[str]:
    """Names of the images that the public or the newest words of a resource and its variants show."""
    texts = texts_of(resource)
    pending = [str(text.pending.get("body", "")) for text in texts if text.pending]
    bodies = [*(text.body for text in texts), *pending]
    names: set[str] = set()
    for body in bodies:
        try:
            names |= {use.name for use in image_uses(body)}
        except HtmlError:
            continue
    return names


def _show_again(resource: Resource, name: str) -> None:
    """Render anew the texts that named the image before it was there; no word changes, so no revision."""
    shown = False
    for text in texts_of(resource):
        if any(use.name == name for use in image_uses(text.body)):
            fill_rendering(text)
            text.save(update_fields=["html", "headings", "renderer", "reading_minutes"])
            shown = True
    if shown:
        version.bump()
