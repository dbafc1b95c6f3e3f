"""Every address of the admin, read from its site, filled with rows that exist."""

from collections.abc import Iterator

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, URLResolver, reverse
from reversion.models import Version

from accounts.outbox.models import Delivery
from accounts.people.models import HostRole, User
from foundation.calendar.models import HolidayPeriod
from portal.clock.models import ClockRun
from resources.catalogue.models import HelpNumber, Resource, Source, Theme, Variant
from resources.collections.models import Collection
from resources.glossary.models import Term

MODELS = (
    *(User, HostRole, Delivery, ClockRun, HolidayPeriod),
    *(Resource, Variant, Theme, Source, HelpNumber, Collection, Term),
)
FIRST = {
    f"{model._meta.app_label}/{model._meta.model_name}": (
        lambda model=model: model.objects.order_by("pk").first()
    )
    for model in MODELS
}


def patterns(found: list, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in found:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry.url_patterns, route)
        else:
            yield route, entry


def every_pattern() -> list[tuple[str, URLPattern]]:
    return list(patterns(admin.site.get_urls()))


def address(route: str, entry: URLPattern) -> str | None:
    """Fill a route with the first row of its model; None for a route without a name."""
    if entry.name is None:
        return None
    label = "/".join(route.split("/")[:2])
    row = FIRST[label]() if label in FIRST else None
    values: dict[str, object] = {}
    for key in entry.pattern.converters:
        if key == "content_type_id":
            values[key] = ContentType.objects.get_for_model(Resource).pk
        elif key == "version":
            values[key] = Version.objects.get_for_object(row).order_by("pk").first().pk
        else:
            values[key] = (row or Resource.objects.order_by("pk").first()).pk
    if entry.name == "app_list":
        values = {"app_label": "resources"}
    return reverse(f"admin:{entry.name}", kwargs=values)


def every_address() -> list[str]:
    found = [address(route, entry) for route, entry in every_pattern()]
    return sorted({one for one in found if one} | {"/admin/nulle-part/"})
