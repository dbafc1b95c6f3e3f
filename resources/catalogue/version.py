"""The number that every change a visitor can see raises; caches and snapshots are keyed by it."""

from django.db.models import F

from foundation.prepared import Prepared
from resources.catalogue.models import LibraryVersion

# Asked at every request.
_NUMBER = Prepared(lambda: LibraryVersion.objects.filter(pk=1).values("number"))


def current() -> int:
    """Read the number: one query."""
    return next((row["number"] for row in _NUMBER.rows()), 0)


def bump() -> None:
    """Raise the number, inside the transaction of the change it tells."""
    if not LibraryVersion.objects.filter(pk=1).update(number=F("number") + 1):
        LibraryVersion.objects.get_or_create(pk=1, defaults={"number": 1})
