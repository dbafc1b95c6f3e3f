"""Read a published selection and its items."""

from django.http import Http404

from resources.collections.models import Collection


def published_collection(slug: str) -> tuple[Collection, list[tuple[int, str]]]:
    """Return the selection and its [(resource key, note)] in order. Raises Http404. Two queries."""
    found = Collection.objects.published().filter(slug=slug).first()
    if found is None:
        raise Http404
    return found, list(found.items.order_by("position").values_list("resource_id", "note"))
