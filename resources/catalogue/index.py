"""Keep the search index in step with what is published."""

from collections.abc import Iterable

from foundation.html import plain_text
from foundation.search.index import Document, Index
from resources.catalogue.models import Resource, Status

LIBRARY_INDEX = Index("library")


def refresh(resource_ids: Iterable[int]) -> None:
    """Put the published among `resource_ids` in the index, take others out, in the caller's transaction."""
    wanted = list(resource_ids)
    rows = Resource.objects.published().filter(pk__in=wanted).prefetch_related("variants")
    documents = [document_of(resource) for resource in rows]
    LIBRARY_INDEX.remove(set(wanted) - {document.key for document in documents})
    LIBRARY_INDEX.replace(documents)


def document_of(resource: Resource) -> Document:
    """What is searched of a resource: title, summary, points and text, and its published variants."""
    texts = [resource.html]
    for variant in resource.variants.all():
        if variant.status == Status.PUBLISHED:
            texts += [variant.title, " ".join(variant.en_bref), variant.html]
    return Document(
        key=resource.pk,
        title=resource.title,
        summary=" ".join([resource.summary, *resource.en_bref]),
        body=" ".join(plain_text(text) for text in texts),
    )
