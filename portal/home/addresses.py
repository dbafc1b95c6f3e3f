"""Addresses of a school's pages, by name."""

from django.urls import reverse

from accounts.schools.member import Member


def address(name: str, member: Member | None = None) -> str:
    """Return the address of the page `name`, in the member's school if one is given."""
    return reverse(name, args=[member.school.slug] if member else [])
