"""Tell a person by mail what was done to them; a restriction alone is told to nobody."""

from typing import Any

from accounts.audit.actions import record
from accounts.outbox.actions import post
from accounts.schools.models import Membership

KIND = "school_act"


def note(
    verb: str, membership: Membership, *, by: Any, tell: bool = False, hat: str = "", **facts: Any
) -> None:
    """Record an act on a member of a school, and mail it to them if somebody else did it."""
    entry = record(
        verb,
        by=by,
        about=membership.user,
        school=membership.school,
        hat=hat,
        row=membership.key,
        **facts,
    )
    if tell and by is not None and by.pk != membership.user_id:
        post(KIND, str(entry.pk), person=membership.user, school=membership.school)
