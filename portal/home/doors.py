"""« Dans cette école »: one list, with rows only for what one may do (JOURNEYS §1)."""

from collections.abc import Callable
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.assisted.policy import can_type_for_others
from accounts.rollover.policy import can_change_year
from accounts.schools import policy
from accounts.schools.member import Member
from portal.home.addresses import address_if_any

Rule = Callable[[Member], bool]
KEPT_AT_MOST = 256


def _prints(member: Member) -> bool:
    """Whoever leads has the slips on the page of members."""
    return policy.can_manage_members(member) and not policy.leads(member)


def _nobody_by_hat(member: Member) -> bool:
    """No hat opens it: whoever runs a group does."""
    return False


REREAD = "moderation"
DOORS: tuple[tuple[str | Promise, str, Rule], ...] = (
    (_("To read again"), REREAD, _nobody_by_hat),
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


def doors(member: Member, *, facilitates: bool = False) -> str:
    """The list of what this member may open; "" where there is nothing. `facilitates`: runs a group here."""
    runs = facilitates and not policy.leads(member)
    names = tuple(name for _label, name, rule in DOORS if rule(member) or (runs and name == REREAD))
    return _in_html(get_language(), member.school.slug, names) if names else ""


@lru_cache(maxsize=KEPT_AT_MOST)
def _in_html(language: str, slug: str, names: tuple[str, ...]) -> str:
    """Made once for all who may open the same in a school; it says nothing else."""
    found = [(label, address_if_any(name, slug)) for label, name, _rule in DOORS if name in names]
    rows = [{"label": label, "url": url} for label, url in found if url]
    return render_to_string("portal/doors.html", {"doors": rows})
