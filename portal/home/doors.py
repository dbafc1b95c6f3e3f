"""« Dans cette école »: one list, with rows only for what one may do (JOURNEYS §1)."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.assisted.policy import can_type_for_others
from accounts.rollover.policy import can_change_year
from accounts.schools import policy
from accounts.schools.member import Member
from portal.home.addresses import address

Rule = Callable[[Member], bool]


def _prints(member: Member) -> bool:
    """Whoever leads has the slips on the page of members."""
    return policy.can_manage_members(member) and not policy.leads(member)


DOORS: tuple[tuple[str | Promise, str, Rule], ...] = (
    (_("Members and slips"), "members", policy.leads),
    (_("Slips"), "slips", _prints),
    (_("Not joined yet"), "not_joined", policy.can_manage_members),
    (_("Who is reached"), "reach", policy.can_see_reach),
    (_("Type for somebody"), "assisted", can_type_for_others),
    (_("Documents"), "documents", policy.is_member),
    (_("Who does what"), "who_does_what", policy.can_see_who_does_what),
    (_("Settings"), "school_settings", policy.can_edit_school),
    (_("School year"), "rollover", can_change_year),
    (_("See as a parent"), "see_as_parent", policy.can_see_as_parent),
)


def doors(member: Member) -> list[dict[str, str]]:
    """[{label, url}] of what this member may open."""
    return [
        {"label": str(label), "url": address(name, member)} for label, name, rule in DOORS if rule(member)
    ]
