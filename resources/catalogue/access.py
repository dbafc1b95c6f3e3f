"""Find the text an address names; the same answer for what is absent and what is not the asker’s."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from resources.catalogue import policy
from resources.catalogue.anytext import Text
from resources.catalogue.models import OldSlug, Resource, Status, Variant, VariantKey
from resources.catalogue.snapshot import library


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
        raise former(OldSlug.Place.RESOURCE, slug)
    _refuse_hidden(request, resource)
    return resource


def variant_for(request: HttpRequest, slug: str, key: str) -> tuple[Resource, Variant | None]:
    """Return the resource and its variant `key`, or None when that version does not exist yet."""
    if key not in VariantKey.values:
        raise Http404
    card = library(request).by_slug.get(slug)
    if not (card and key in card.variants) and not policy.can_edit(request.user):
        # No such version in public, known without a query; only a curator reads another.
        return resource_for(request, slug), None
    rows = Variant.objects.select_related("resource").filter(resource__slug=slug, key=key)
    variant = rows.first()
    if variant is None:
        return resource_for(request, slug), None
    _refuse_hidden(request, variant.resource)
    return variant.resource, variant if policy.can_read(request.user, variant) else None


def text_of(request: HttpRequest, slug: str, key: str) -> tuple[Resource, Text]:
    """The resource and the text at `slug` and `key` ("" for the full text). Raises Http404, Moved, Gone."""
    if not key:
        found = resource_for(request, slug)
        return found, found
    found, version = variant_for(request, slug, key)
    if version is None:
        raise Http404
    return found, version


def former_addresses(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer an old slug with its new address, and what was removed with a page that says so."""

    @wraps(view)
    def wrapped(request: HttpRequest, slug: str, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, slug, *args, **kwargs)
        except Moved as moved:
            return HttpResponsePermanentRedirect(request.path.replace(f"/{slug}/", f"/{moved.slug}/", 1))
        except Gone:
            return render(request, "resources/gone.html", status=410)

    return wrapped


def _refuse_hidden(request: HttpRequest, resource: Resource) -> None:
    if resource.status == Status.PUBLISHED:
        return
    if policy.can_read(request.user, resource):
        return
    if resource.status == Status.ARCHIVED:
        raise Gone
    raise Http404


def former(place: str, slug: str) -> Exception:
    """What to raise for an address that leads nowhere today: Moved, Gone, or Http404."""
    old = OldSlug.objects.filter(place=place, slug=slug).first()
    if old is None:
        return Http404()
    return Moved(old.target) if old.target else Gone()
