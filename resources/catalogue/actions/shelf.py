"""What stands around the texts: themes, checked sources, help numbers. Each change is seen at once."""

from django.db import models, transaction
from django.db.models import ProtectedError

from accounts.people.models import User
from resources.catalogue import index, policy, version
from resources.catalogue.errors import AddressTaken, StillUsed, WrongState
from resources.catalogue.models import HelpNumber, OldSlug, Resource, Source, Theme


@transaction.atomic
def store_theme(theme: Theme, *, by: User) -> Theme:
    """Save a theme; an address it had leads to the new one. Raises AddressTaken."""
    _refuse_others(by)
    former = Theme.objects.filter(pk=theme.pk).values_list("slug", flat=True).first()
    if former and former != theme.slug:
        _redirect(former, theme.slug)
    theme.save()
    index.refresh_themes([theme.pk])
    version.bump()
    return theme


@transaction.atomic
def delete_theme(theme: Theme, *, by: User) -> None:
    """Remove a theme that no resource bears. Raises StillUsed."""
    _refuse_others(by)
    slug = theme.slug
    try:
        theme.delete()
    except ProtectedError as error:
        raise StillUsed from error
    OldSlug.objects.filter(place=OldSlug.Place.THEME, target=slug).update(target="")
    OldSlug.objects.update_or_create(place=OldSlug.Place.THEME, slug=slug, defaults={"target": ""})
    version.bump()


@transaction.atomic
def store_source(source: Source, *, by: User) -> Source:
    """Save a checked outside page. Raises StillUsed when texts link to its old address."""
    _refuse_others(by)
    former = Source.objects.filter(pk=source.pk).values_list("address", flat=True).first()
    if former and former != source.address and _uses(former):
        raise StillUsed
    _store(source)
    return source


@transaction.atomic
def delete_source(source: Source, *, by: User) -> None:
    """Remove an outside page that no resource links to. Raises StillUsed."""
    _refuse_others(by)
    if _uses(source.address):
        raise StillUsed
    source.delete()
    version.bump()


@transaction.atomic
def store_help_number(number: HelpNumber, *, by: User) -> HelpNumber:
    _refuse_others(by)
    _store(number)
    return number


@transaction.atomic
def delete_help_number(number: HelpNumber, *, by: User) -> None:
    _refuse_others(by)
    number.delete()
    version.bump()


def _refuse_others(by: User) -> None:
    if not policy.can_edit(by):
        raise WrongState


def _store(row: models.Model) -> None:
    row.save()
    version.bump()


def _uses(address: str) -> bool:
    """Whether the public or the newest words of a resource link to `address`; few rows, read at once."""
    rows = Resource.objects.values_list("links", "pending")
    return any(address in links or address in (pending or {}).get("links", ()) for links, pending in rows)


def _redirect(former: str, slug: str) -> None:
    place = OldSlug.Place.THEME
    if OldSlug.objects.filter(place=place, slug=slug).exclude(target=former).exists():
        raise AddressTaken
    OldSlug.objects.filter(place=place, slug=slug).delete()
    OldSlug.objects.filter(place=place, target=former).update(target=slug)
    OldSlug.objects.create(place=place, slug=former, target=slug)
