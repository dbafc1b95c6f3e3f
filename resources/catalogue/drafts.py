"""The words of a text before they are public: shown in a preview, or to whoever holds a draft link."""

import copy
import hashlib
from dataclasses import replace
from typing import Any

from django.utils import timezone

from resources.catalogue.anytext import Text
from resources.catalogue.fields import apply_values, latest_values
from resources.catalogue.models import DraftLink, Resource, Theme, Variant
from resources.catalogue.pages import reading_page
from resources.catalogue.rendering import fill_rendering
from resources.catalogue.snapshot import Card, Snapshot

LINK_DAYS = 7
TOKEN_BYTES = 24


def newest_page(text: Text, library: Snapshot) -> dict[str, Any]:
    """Give the context of resources/resource.html with the newest writing of `text`; nothing is stored.

    Raises foundation.html.HtmlError when the words cannot be rendered.
    """
    values = latest_values(text)
    shown = copy.copy(text)
    apply_values(shown, values)
    fill_rendering(shown)
    if isinstance(shown, Variant):
        return reading_page(shown.resource, shown, library, open_to_all=False)
    return reading_page(shown, shown, _library_with(shown, values, library), open_to_all=False)


def resource_of_link(token: str) -> Resource | None:
    """Return the resource a live link opens; None when it never was, has ended, or was taken back."""
    link = (
        DraftLink.objects.filter(digest=digest_of_token(token), expires__gt=timezone.now())
        .select_related("resource")
        .first()
    )
    return link.resource if link else None


def digest_of_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _library_with(resource: Resource, values: dict[str, Any], library: Snapshot) -> Snapshot:
    """The library as if `resource` had the themes and neighbours it is written with."""
    themes = Theme.objects.in_bulk(list(values["themes"]), field_name="slug")
    related = [library.by_slug[slug].id for slug in values["related"] if slug in library.by_slug]
    keys = tuple(themes[slug].pk for slug in values["themes"] if slug in themes)
    card = library.cards.get(resource.pk) or _card(resource)
    card = replace(card, themes=keys, related=tuple(related))
    every_theme = {**library.themes, **{theme.pk: theme for theme in themes.values()}}
    return replace(library, cards={**library.cards, resource.pk: card}, themes=every_theme)


def _card(resource: Resource) -> Card:
    return Card(
        id=resource.pk,
        slug=resource.slug,
        title=resource.title,
        summary=resource.summary,
        kind=resource.kind,
        addressee=resource.addressee,
        number=resource.number,
        audiences=tuple(resource.audiences),
        levels=tuple(resource.levels),
        language=resource.language,
        minutes=resource.reading_minutes,
        reviewed=resource.reviewed,
        published=resource.published,
        review_by=resource.review_by,
        featured=resource.featured,
        themes=(),
        related=(),
        variants=tuple(resource.variants.values_list("key", flat=True)),
    )
