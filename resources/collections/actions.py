"""Write a selection: its introduction, its order, the reason of each resource. Readers see it at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.people.models import User
from foundation.html import LIBRARY, render
from resources.catalogue import policy, version
from resources.catalogue.errors import AddressTaken, EditedMeanwhile, WrongState
from resources.catalogue.models import OldSlug, Resource, Status
from resources.collections.models import Collection, CollectionItem

PLACE = OldSlug.Place.COLLECTION
FIELDS = ("title", "introduction", "status", "starts", "ends", "featured")


@dataclass(frozen=True)
class Item:
    """A resource of a selection, by slug, and why it is advised."""

    slug: str
    note: str = ""


@transaction.atomic
def create_collection(slug: str, values: Mapping[str, Any], items: Sequence[Item], *, by: User) -> Collection:
    """Start a selection. `values` as FIELDS. Raises AddressTaken, foundation.html.HtmlError."""
    _refuse_others(by)
    _refuse_taken(slug)
    return _stored(Collection(slug=slug), values, items)


@transaction.atomic
def revise_collection(
    collection: Collection,
    values: Mapping[str, Any],
    items: Sequence[Item],
    *,
    by: User,
    edit_number: int,
    slug: str = "",
) -> Collection:
    """Save what a form opened at `edit_number` holds; another slug leaves a redirection.

    Raises EditedMeanwhile, AddressTaken, foundation.html.HtmlError.
    """
    _refuse_others(by)
    current = Collection.objects.select_for_update().get(pk=collection.pk)
    if current.edit_number != edit_number:
        raise EditedMeanwhile
    if slug and slug != current.slug:
        _refuse_taken(slug, former=current.slug)
        OldSlug.objects.filter(place=PLACE, slug=slug).delete()
        OldSlug.objects.filter(place=PLACE, target=current.slug).update(target=slug)
        OldSlug.objects.create(place=PLACE, slug=current.slug, target=slug)
        current.slug = slug
    current.edit_number += 1
    return _stored(current, values, items)


@transaction.atomic
def delete_collection(collection: Collection, *, by: User) -> None:
    """Remove a selection that is not public; its address says so. Raises WrongState."""
    _refuse_others(by)
    if collection.status == Status.PUBLISHED:
        raise WrongState
    slug = collection.slug
    collection.delete()
    OldSlug.objects.filter(place=PLACE, target=slug).update(target="")
    OldSlug.objects.update_or_create(place=PLACE, slug=slug, defaults={"target": ""})
    version.bump()


def _stored(collection: Collection, values: Mapping[str, Any], items: Sequence[Item]) -> Collection:
    for name in FIELDS:
        if name in values:
            setattr(collection, name, values[name])
    rendered = render(collection.introduction, LIBRARY)
    collection.html, collection.renderer = rendered.html, rendered.version
    if collection.status == Status.PUBLISHED:
        collection.published = collection.published or timezone.localdate()
    collection.save()
    _store_items(collection, items)
    version.bump()
    return collection


def _store_items(collection: Collection, items: Sequence[Item]) -> None:
    """Write the items in the order given; a resource named twice keeps its first place."""
    wanted: dict[str, Item] = {}
    for item in items:
        wanted.setdefault(item.slug, item)
    found = Resource.objects.in_bulk(list(wanted), field_name="slug")
    collection.items.all().delete()
    CollectionItem.objects.bulk_create(
        CollectionItem(collection=collection, resource=found[item.slug], note=item.note, position=place)
        for place, item in enumerate(item for item in wanted.values() if item.slug in found)
    )


def _refuse_others(by: User) -> None:
    if not policy.can_edit(by):
        raise WrongState


def _refuse_taken(slug: str, former: str = "") -> None:
    """An address is taken by a selection, or by a redirection that leads to another one."""
    led_here = OldSlug.objects.filter(place=PLACE, slug=slug)
    if former:
        led_here = led_here.exclude(target=former)
    if Collection.objects.filter(slug=slug).exists() or led_here.exists():
        raise AddressTaken
