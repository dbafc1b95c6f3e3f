"""Read a published selection and its items."""

from resources.catalogue.access import former
from resources.catalogue.models import OldSlug
from resources.collections.models import Collection


def published_collection(slug: str) -> tuple[Collection, list[tuple[int, str]]]:
    """Return the selection and its [(resource key, note)] in order. Raises Http404, Moved, Gone."""
    found = Collection.objects.published().filter(slug=slug).first()
    if found is None:
        raise former(OldSlug.Place.COLLECTION, slug)
    return found, list(found.items.order_by("position").values_list("resource_id", "note"))
