"""What an import under way holds of a person: a previewed file, gone within the hour."""

import datetime
from typing import Any

from allauth.account.models import EmailAddress

from accounts.families.models import ImportPlan
from accounts.invitations.matching import fold
from accounts.people.models import User


def held(user: User) -> list[tuple[str, list[tuple[str, str]]]]:
    """Nothing that lasts: a preview is the school's file, read once."""
    return []


def export(user: User) -> dict[str, list[dict[str, Any]]]:
    return {}


def erase(user: User, *, keep_contributions: bool) -> None:
    """Delete the previews that name the person or hold their address; the file can be sent again."""
    known = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    addresses = {address.lower() for address in (*known, user.email or "") if address}
    names = {frozenset(map(fold, name.split())) for name in _names(user)}
    for plan in ImportPlan.objects.unscoped():
        if any(_is(adult, addresses, names) for adult in plan.adults):
            plan.delete()


def forget_old(now: datetime.datetime) -> int:
    """Delete the previews nobody confirmed within their hour."""
    return ImportPlan.objects.unscoped().filter(created__lt=now - ImportPlan.LIFE).delete()[0]


def _names(user: User) -> list[str]:
    return [user.display_name, *user.memberships.all().unscoped().values_list("name", flat=True)]


def _is(adult: dict[str, Any], addresses: set[str], names: set[frozenset[str]]) -> bool:
    words = f"{adult.get('first_name', '')} {adult.get('last_name', '')}".split()
    return str(adult.get("email", "")).lower() in addresses or frozenset(map(fold, words)) in names
