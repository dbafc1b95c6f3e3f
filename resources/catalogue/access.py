"""Find the text an address names, for whoever asks; the same answer for what is absent and what is not theirs."""

from django.http import Http404, HttpRequest

from resources.catalogue import policy
from resources.catalogue.models import OldSlug, Resource, Status, Variant, VariantKey


class Moved(Exception):
    """The address is an older one; `slug` is where it leads now."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


class Gone(Exception):
    """Something stood here and was removed or archived."""


def resource_for(request: HttpRequest, slug: str) -> Resource:
    """Return the resource at `slug`. Raises Moved, Gone, or Http404."""
    resource = Resource.objects.filter(slug=slug).first()
    if resource is None:
        raise _former(OldSlug.Place.RESOURCE, slug)
    _refuse_hidden(request, resource)
    return resource


def variant_for(request: HttpRequest, slug: str, key: str) -> tuple[Resource, Variant | None]:
    """Return the resource and its variant `key`, or None when that version does not exist yet."""
    if key not in VariantKey.values:
        raise Http404
    rows = Variant.objects.select_related("resource").filter(resource__slug=slug, key=key)
    variant = rows.first()
    if variant is None:
        return resource_for(request, slug), None
    _refuse_hidden(request, variant.resource)
    return variant.resource, variant if policy.can_read(request.user, variant) else None


def _refuse_hidden(request: HttpRequest, resource: Resource) -> None:
    if resource.status == Status.PUBLISHED:
        return
    if policy.can_read(request.user, resource):
        return
    if resource.status == Status.ARCHIVED:
        raise Gone
    raise Http404


def _former(place: str, slug: str) -> Exception:
    old = OldSlug.objects.filter(place=place, slug=slug).first()
    if old is None:
        return Http404()
    return Moved(old.target) if old.target else Gone()
