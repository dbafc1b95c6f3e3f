"""A selection as a row of a list, ready to show."""

from typing import Any

from django.utils.translation import get_language, gettext, ngettext

from resources.catalogue.words import shown


def collection_row(found: Any) -> dict[str, object]:
    """A Collection as an entry; `found.size`, annotated, is its number of resources."""
    size = ngettext("%(count)d reading", "%(count)d readings", found.size) % {"count": found.size}
    return {
        "title": shown(found.title),
        "url": found.get_absolute_url(),
        "who": gettext("Selection"),
        "notes": [size],
        "summary": shown(found.introduction),
        "lang": "fr" if get_language() != "fr" else "",
        "heading": 2,
    }
