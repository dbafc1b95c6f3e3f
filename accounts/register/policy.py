"""Who may agree, and who may hold the names of those who agreed (D. 111-8)."""

from accounts.schools import policy as school
from accounts.schools.member import Member
from accounts.schools.models import Hat, ParentList


def can_consent(member: Member | None) -> bool:
    """Parents decide, for themselves alone; nobody does while seeing as a parent."""
    return member is not None and not member.seen_as and member.wears(Hat.Kind.PARENT, Hat.Kind.ELECTED)


def can_hold_names(member: Member | None, parent_list: ParentList) -> bool:
    """The direction, and whoever holds a running mandate of that very association."""
    if member is None or not parent_list.is_association or parent_list.school_id != member.school.pk:
        return False
    mandated = school.holds_mandate(member) and any(
        mandate.parent_list_id == parent_list.pk for mandate in member.mandates
    )
    return school.leads(member) or mandated


def can_read_register(member: Member | None) -> bool:
    """The sheet for the controller is the direction's to print."""
    return school.leads(member)
