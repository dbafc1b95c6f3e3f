"""Addresses of a school's pages, by name."""

from functools import cache

from django.urls import NoReverseMatch, reverse

from accounts.schools.member import Member

# Stands for a school's slug in the addresses kept.
PLACE = "THE-SLUG"


def address(name: str, school: Member | str = "") -> str:
    """Return the address of the page `name`, in a school (its member or slug) if one is given."""
    slug = school if isinstance(school, str) else school.school.slug
    return _of_a_school(name).replace(PLACE, slug) if slug else reverse(name)


def address_if_any(name: str, school: Member | str = "") -> str:
    """As `address`, "" while there is no such page."""
    try:
        return address(name, school)
    except NoReverseMatch:
        return ""


@cache
def _of_a_school(name: str) -> str:
    return reverse(name, args=[PLACE])
