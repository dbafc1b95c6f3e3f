"""Keep the search index in step with what is published."""

from collections.abc import Iterable

from django.db import transaction

from foundation.html import plain_text
from foundation.search.index import Document, Index
from resources.catalogue.models import Resource, ResourceTheme, Status

LIBRARY_INDEX = Index("library")
REBUILT_AT_ONCE = 500


def refresh(resource_ids: Iterable[int]) -> None:
    """Put the published among `resource_ids` in the index, take others out, in the caller's transaction."""
    wanted = list(resource_ids)
    rows = Resource.objects.published().filter(pk__in=wanted)
    rows = rows.prefetch_related("variants", "theme_links__theme")
    documents = [document_of(resource) for resource in rows]
    LIBRARY_INDEX.remove(set(wanted) - {document.key for document in documents})
    LIBRARY_INDEX.replace(documents)


def refresh_themes(theme_ids: Iterable[int]) -> None:
    """Index again what bears these themes, whose names changed: a theme's name finds its resources."""
    refresh(ResourceTheme.objects.filter(theme__in=theme_ids).values_list("resource_id", flat=True))


@transaction.atomic
def rebuild() -> int:
    """Index the whole library anew, as after a change of the analyser; return how many resources."""
    LIBRARY_INDEX.clear()
    keys = list(Resource.objects.published().values_list("pk", flat=True))
    for start in range(0, len(keys), REBUILT_AT_ONCE):
        refresh(keys[start : start + REBUILT_AT_ONCE])
    return len(keys)


def document_of(resource: Resource) -> Document:
    """What is searched of a resource: title, summary, points, themes and text, and published variants."""
    texts = [resource.html]
    for variant in resource.variants.all():
        if variant.status == Status.PUBLISHED:
            texts += [variant.title, " ".join(variant.en_bref), variant.html]
    themes = [link.theme.name for link in resource.theme_links.all()]
    return Document(
        key=resource.pk,
        title=resource.title,
        summary=" ".join([resource.summary, *resource.en_bref, *themes]),
        body=" ".join(plain_text(text) for text in texts),
    )
