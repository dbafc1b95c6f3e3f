"""The fields of a text that its author writes, as plain values: pending changes, revisions, comparison."""

import datetime
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from resources.catalogue.models import EditableText, RelatedResource, Resource, ResourceTheme, Theme

TEXT_FIELDS = ("title", "summary", "en_bref", "body", "review_by")
RESOURCE_FIELDS = (
    *TEXT_FIELDS,
    "kind",
    "addressee",
    "number",
    "audiences",
    "levels",
    "language",
    "source_site",
    "source_address",
    "source_licence",
    "links",
    "competences",
    "media_seconds",
    "media_bytes",
    "media_subtitles",
)
# Stored as rows of their own: lists of slugs, in order.
LINK_FIELDS = ("themes", "related")


def written_fields(text: EditableText) -> tuple[str, ...]:
    return RESOURCE_FIELDS if isinstance(text, Resource) else TEXT_FIELDS


def values_of(text: EditableText) -> dict[str, object]:
    """Give what was written as JSON values: {"title": str, "en_bref": [str], …, "themes": [slug]}."""
    values = {name: _plain(getattr(text, name)) for name in written_fields(text)}
    if isinstance(text, Resource):
        values["themes"] = (
            [link.theme.slug for link in text.theme_links.select_related("theme")] if text.pk else []
        )
        values["related"] = (
            [link.target.slug for link in text.related_links.select_related("target")] if text.pk else []
        )
    return values


def latest_values(text: EditableText) -> dict[str, object]:
    """Give the newest writing: the pending changes over what is public."""
    return {**values_of(text), **(text.pending or {})}


def plain_values(values: Mapping[str, object]) -> dict[str, object]:
    """Make values of a form storable as JSON."""
    return {name: _plain(value) for name, value in values.items()}


def apply_values(text: EditableText, values: Mapping[str, object]) -> None:
    """Set the written fields on `text`, in memory; links are set by `set_links` once it is stored."""
    for name in written_fields(text):
        if name in values:
            value = values[name]
            if name == "review_by" and isinstance(value, str):
                value = datetime.date.fromisoformat(value) if value else None
            setattr(text, name, value)


def set_links(resource: Resource, values: Mapping[str, Any]) -> None:
    """Store themes and related resources in the order given; a slug that no longer exists is left out."""
    if "themes" in values:
        themes = Theme.objects.in_bulk(list(values["themes"]), field_name="slug")
        resource.theme_links.all().delete()
        links = [
            ResourceTheme(resource=resource, theme=themes[slug], position=place)
            for place, slug in enumerate(values["themes"])
            if slug in themes
        ]
        ResourceTheme.objects.bulk_create(links)
    if "related" in values:
        targets = Resource.objects.in_bulk(list(values["related"]), field_name="slug")
        resource.related_links.all().delete()
        neighbours = [
            RelatedResource(resource=resource, target=targets[slug], position=place)
            for place, slug in enumerate(values["related"])
            if slug in targets and targets[slug].pk != resource.pk
        ]
        RelatedResource.objects.bulk_create(neighbours)


def digest_of(text: EditableText) -> str:
    """SHA-256 of what a variant depends on: its source's title, points and body."""
    material = json.dumps([text.title, text.summary, text.en_bref, text.body], ensure_ascii=False)
    return hashlib.sha256(material.encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value
