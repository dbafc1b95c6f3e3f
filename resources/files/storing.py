"""Write one file of the library into its rows; the caller holds the transaction and decided that it may."""

from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from foundation.html import LIBRARY, HtmlError, render
from resources.catalogue.actions import store_text
from resources.catalogue.fields import digest_of
from resources.catalogue.models import (
    HelpNumber,
    OldSlug,
    RelatedResource,
    Resource,
    ResourceTheme,
    Source,
    Status,
    Theme,
    Variant,
    VariantKey,
)
from resources.collections.models import Collection, CollectionItem
from resources.files.findings import BadFiles, Finding
from resources.files.findings import marked as _
from resources.glossary.models import Term

COMMENT = "loaded from files"


def store_resource(page, by):
    """Create or update the resource of a page, its related ones apart (`store_related`)."""
    meta = page.meta
    resource = Resource.objects.filter(slug=meta["slug"]).first() or Resource(slug=meta["slug"])
    OldSlug.objects.filter(place=OldSlug.Place.RESOURCE, slug=resource.slug).delete()
    source, further = meta.get("source") or {}, meta.get("pour_aller_plus_loin") or {}
    values = {
        **_text_values(page),
        "kind": meta["kind"],
        "addressee": meta.get("addressee") or "",
        "number": meta.get("number"),
        "audiences": meta.get("audiences") or [],
        "levels": meta.get("levels") or [],
        "language": meta["language"],
        "source_site": source.get("site") or "",
        "source_address": source.get("address") or "",
        "source_licence": source.get("licence") or "",
        "links": further.get("links") or [],
        "competences": meta.get("competences") or [],
        "media_seconds": meta.get("media_seconds"),
        "media_bytes": meta.get("media_bytes"),
        "media_subtitles": meta.get("media_subtitles"),
        "themes": meta.get("themes") or [],
    }
    resource.featured = meta.get("featured") or 0
    return _store(resource, page, values, by)


def store_related(page):
    """Write the related resources of a page, once all resources of the batch are there."""
    slugs = (page.meta.get("pour_aller_plus_loin") or {}).get("related") or []
    resource = Resource.objects.get(slug=page.meta["slug"])
    targets = Resource.objects.in_bulk(slugs, field_name="slug")
    wanted = [targets[slug].pk for slug in slugs if slug in targets]
    if wanted == list(resource.related_links.order_by("position").values_list("target_id", flat=True)):
        return
    resource.related_links.all().delete()
    RelatedResource.objects.bulk_create(
        RelatedResource(resource=resource, target_id=pk, position=place) for place, pk in enumerate(wanted)
    )


def store_variant(page, resource, key, by):
    """Create or update the variant of a page; it renders its source as this stands now."""
    meta = page.meta
    variant = Variant.objects.filter(resource=resource, key=key).first() or Variant(
        resource=resource, key=key
    )
    is_current = key == VariantKey.SIMPLE or meta.get("source_reviewed") == resource.reviewed
    variant.source_digest = digest_of(resource) if is_current else ""
    variant.read_by = meta.get("read_by") or ""
    return _store(variant, page, _text_values(page), by)


def store_collection(page):
    """Create or update the selection of a page, with its items in order."""
    meta = page.meta
    collection = Collection.objects.filter(slug=meta["slug"]).first() or Collection(slug=meta["slug"])
    if collection.pk:
        collection.edit_number += 1
    collection.title = meta["title"]
    collection.introduction = page.body
    for name in ("status", "published", "starts", "ends"):
        setattr(collection, name, meta.get(name))
    collection.featured = meta.get("featured") or 0
    rendered = _rendered(page)
    collection.html, collection.renderer = rendered.html, rendered.version
    collection.save()
    entries = meta.get("items") or []
    keys = dict(Resource.objects.filter(slug__in=[e["slug"] for e in entries]).values_list("slug", "pk"))
    collection.items.all().delete()
    CollectionItem.objects.bulk_create(
        CollectionItem(
            collection=collection,
            resource_id=keys[entry["slug"]],
            note=entry.get("note") or "",
            position=place,
        )
        for place, entry in enumerate(entries)
        if entry["slug"] in keys
    )
    return collection


def store_list(name, entries):
    """Create or update the rows of a list file's entries; what left the file waits for `remove_gone`."""
    model, key, values = _LISTS[name]
    kept = model._default_manager.in_bulk([entry[key] for entry in entries], field_name=key)
    for place, entry in enumerate(entries):
        row = kept.get(entry[key]) or model()
        for field, value in values(entry, place).items():
            setattr(row, field, value)
        row.save()


def remove_gone(name, entries):
    """Remove the rows that left a list file. Raises BadFiles for a theme that a resource still has."""
    model, key, _values = _LISTS[name]
    gone = model._default_manager.exclude(**{f"{key}__in": [entry[key] for entry in entries]})
    if model is Theme:
        _refuse_themes_in_use(gone, name)
        _tell_removed(gone)
    gone.delete()


def free_numbers(pages):
    """Let go of the series numbers of fiches that are about to be written, so that two can be exchanged."""
    slugs = [page.meta["slug"] for page in pages]
    Resource.objects.filter(slug__in=slugs, number__isnull=False).update(number=None)


def number_taken(page, slugs):
    """Say whether a resource outside `slugs` already has the number of this fiche-outil in its series."""
    series = Q(addressee=page.meta.get("addressee") or "", number=page.meta.get("number"))
    return Resource.objects.filter(series).exclude(slug__in=slugs).exists()


def _store(text, page, values, by):
    meta = page.meta
    text.status = meta.get("status") or Status.PUBLISHED
    text.published, text.reviewed = meta.get("published"), meta.get("reviewed")
    text.pending, text.publish_at, text.review_reminded = None, None, None
    waiting = text.in_review_since or timezone.now()
    text.in_review_since = waiting if text.status == Status.IN_REVIEW else None
    try:
        return store_text(text, by=by, comment=COMMENT, values=values, reindex=False)
    except HtmlError as error:
        raise _unshowable(page, error) from error


def _rendered(page):
    try:
        return render(page.body, LIBRARY)
    except HtmlError as error:
        raise _unshowable(page, error) from error


def _unshowable(page, error):
    reason = _("This text cannot be shown: %(reason)s")
    return BadFiles([Finding(page.path, page.body_line, "", reason, {"reason": str(error)})])


def _text_values(page):
    meta = page.meta
    return {
        "title": meta["title"],
        "summary": meta.get("summary") or "",
        "en_bref": meta.get("en_bref") or [],
        "body": page.body,
        "review_by": meta.get("review_by"),
    }


def _refuse_themes_in_use(gone, name):
    used = ResourceTheme.objects.filter(theme__in=gone).values_list("theme__slug", "resource__slug")
    reason = _("The theme “%(theme)s” is gone from this file, but “%(slug)s” still has it.")
    found = [Finding(name, 1, "", reason, {"theme": theme, "slug": slug}) for theme, slug in used]
    if found:
        raise BadFiles(found)


def _tell_removed(themes):
    """Let the address of a theme say that it was removed, and let go of one that is back."""
    former = OldSlug.objects.filter(place=OldSlug.Place.THEME)
    slugs = list(themes.values_list("slug", flat=True))
    former.filter(slug__in=Theme.objects.exclude(slug__in=slugs).values("slug")).delete()
    for slug in slugs:
        former.update_or_create(slug=slug, defaults={"place": OldSlug.Place.THEME, "target": ""})


def _entry_values(entry, place):
    return entry


def _theme_values(entry, place):
    return {**entry, "position": place}


def _term_values(entry, place):
    return {**entry, "slug": slugify(entry["term"])}


def _number_values(entry, place):
    return {
        **entry,
        "hours": entry.get("hours") or "",
        "themes": entry.get("themes") or [],
        "position": place,
    }


# File name → rows, the key they are found by, and the fields of an entry at its place.
_LISTS = {
    "themes.yml": (Theme, "slug", _theme_values),
    "glossaire.yml": (Term, "term", _term_values),
    "sources.yml": (Source, "address", _entry_values),
    "numeros.yml": (HelpNumber, "number", _number_values),
}
