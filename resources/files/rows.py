"""What the database holds, as the canonical texts of the files it would be exported to."""

import re

from resources.catalogue.fields import digest_of
from resources.catalogue.models import HelpNumber, Resource, Source, Status, Theme
from resources.collections.models import Collection
from resources.files import canon
from resources.glossary.models import Term

_BLANKS = re.compile(r"[ \t\r\n]+")


def stored_texts():
    """Return {file name: canonical text} of the whole library, a dozen queries for any number of rows."""
    texts = {name: canon.list_text(name, entries) for name, entries in stored_lists().items() if entries}
    for resource in Resource.objects.prefetch_related(
        "theme_links__theme", "related_links__target", "variants"
    ):
        name = f"{resource.slug}.md"
        texts[name] = canon.page_text(name, resource_meta(resource), resource.body)
        for variant in resource.variants.all():
            name = f"{resource.slug}.{variant.key}.md"
            texts[name] = canon.page_text(name, variant_meta(variant, resource), variant.body)
    for collection in Collection.objects.prefetch_related("items__resource"):
        name = f"selections/{collection.slug}.md"
        texts[name] = canon.page_text(name, collection_meta(collection), collection.introduction)
    return texts


def stored_lists():
    """Return {file name: entries} of the list files."""
    return {
        "themes.yml": list(Theme.objects.values("slug", "name", "line")),
        "glossaire.yml": list(Term.objects.values("term", "line")),
        "sources.yml": list(Source.objects.values("address", "title", "publisher", "grade", "checked")),
        "numeros.yml": list(HelpNumber.objects.values("number", "name", "line", "hours", "themes")),
    }


def resource_meta(resource):
    """Return the front matter of a resource."""
    return {
        **_common_meta(resource),
        "slug": resource.slug,
        "kind": resource.kind,
        "addressee": resource.addressee,
        "number": resource.number,
        "audiences": resource.audiences,
        "levels": resource.levels,
        "themes": [link.theme.slug for link in resource.theme_links.all()],
        "language": resource.language,
        "source": {
            "site": resource.source_site,
            "address": resource.source_address,
            "licence": resource.source_licence,
        },
        "pour_aller_plus_loin": {
            "related": [link.target.slug for link in resource.related_links.all()],
            "links": resource.links,
        },
        "competences": resource.competences,
        "media_seconds": resource.media_seconds,
        "media_bytes": resource.media_bytes,
        "media_subtitles": resource.media_subtitles,
        "featured": resource.featured or None,
        "status": resource.status,
    }


def variant_meta(variant, resource):
    """Return the front matter of a variant; a published one says nothing of its status."""
    return {
        **_common_meta(variant),
        "variant": variant.key,
        "source_reviewed": source_reviewed(variant, resource),
        "read_by": variant.read_by,
        "status": None if variant.status == Status.PUBLISHED else variant.status,
    }


def source_reviewed(variant, resource):
    """Return the review date of the source that a translation renders, None when it is out of date."""
    if variant.key == "simple" or variant.source_digest != digest_of(resource):
        return None
    return resource.reviewed


def collection_meta(collection):
    """Return the front matter of a selection."""
    return {
        "title": _one_line(collection.title),
        "slug": collection.slug,
        "items": [
            {"slug": item.resource.slug, "note": _one_line(item.note)} for item in collection.items.all()
        ],
        "starts": collection.starts,
        "ends": collection.ends,
        "featured": collection.featured or None,
        "status": collection.status,
        "published": collection.published,
    }


def _common_meta(text):
    return {
        "title": _one_line(text.title),
        "summary": _one_line(text.summary),
        "en_bref": [_one_line(point) for point in text.en_bref],
        "published": text.published,
        "reviewed": text.reviewed,
        "review_by": text.review_by,
    }


def _one_line(text):
    return _BLANKS.sub(" ", text).strip(" ")
