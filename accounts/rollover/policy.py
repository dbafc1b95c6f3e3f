"""Who may change the year, and who may say where a link goes."""

from accounts.schools import policy as school
from accounts.schools.member import Member
from accounts.schools.models import Hat


def can_change_year(member: Member | None) -> bool:
    """Prepare next year, place people, pass to it and undo: the direction."""
    return school.leads(member)


def can_tell_next_class(member: Member | None) -> bool:
    """A parent says it of their own links; a suspended one too, as it is no writing that others read."""
    return member is not None and not member.seen_as and member.wears(Hat.Kind.PARENT)
