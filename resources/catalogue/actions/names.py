"""Addresses that stay: renaming redirects for ever, deleting says so."""

from django.db import transaction

from accounts.people.models import User
from resources.catalogue import index, policy, version
from resources.catalogue.actions.texts import store_text
from resources.catalogue.errors import AddressTaken, WrongState
from resources.catalogue.models import OldSlug, Resource


@transaction.atomic
def rename_resource(resource: Resource, slug: str, *, by: User) -> Resource:
    """Give a resource another address; every older one leads to it. Raises AddressTaken."""
    if slug == resource.slug:
        return resource
    place = OldSlug.Place.RESOURCE
    taken = OldSlug.objects.filter(place=place, slug=slug).exclude(target=resource.slug)
    if taken.exists() or Resource.objects.filter(slug=slug).exists():
        raise AddressTaken
    OldSlug.objects.filter(place=place, slug=slug).delete()
    OldSlug.objects.filter(place=place, target=resource.slug).update(target=slug)
    OldSlug.objects.create(place=place, slug=resource.slug, target=slug)
    old = resource.slug
    resource.slug = slug
    return store_text(resource, by=by, comment=f"renamed from {old}")


@transaction.atomic
def delete_resource(resource: Resource, *, by: User) -> None:
    """Remove a resource that is not public; its address says it was removed. Raises WrongState."""
    if not policy.can_delete(by, resource):
        raise WrongState
    place = OldSlug.Place.RESOURCE
    OldSlug.objects.filter(place=place, target=resource.slug).update(target="")
    OldSlug.objects.update_or_create(place=place, slug=resource.slug, defaults={"target": ""})
    pk = resource.pk
    resource.delete()
    index.refresh([pk])
    version.bump()
