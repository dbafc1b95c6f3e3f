"""A selection as a row of a list, ready to show."""

from django.utils.translation import gettext, ngettext

from resources.catalogue.words import shown
from resources.collections.models import Collection


def collection_row(found: Collection) -> dict[str, object]:
    """A selection as an entry; `found.size` is its number of resources."""
    size = ngettext("%(count)d reading", "%(count)d readings", found.size) % {"count": found.size}
    return {
        "title": shown(found.title),
        "url": found.get_absolute_url(),
        "who": gettext("Selection"),
        "notes": [size],
        "summary": shown(found.introduction),
        "heading": 2,
    }
