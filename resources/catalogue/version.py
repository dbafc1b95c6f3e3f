"""The number that every change a visitor can see raises; caches and snapshots are keyed by it."""

from django.db.models import F

from resources.catalogue.models import LibraryVersion


def current() -> int:
    """Read the number: one query."""
    number = LibraryVersion.objects.filter(pk=1).values_list("number", flat=True).first()
    return number or 0


def bump() -> None:
    """Raise the number, inside the transaction of the change it tells."""
    if not LibraryVersion.objects.filter(pk=1).update(number=F("number") + 1):
        LibraryVersion.objects.get_or_create(pk=1, defaults={"number": 1})
