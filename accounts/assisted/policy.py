"""Who may record something for somebody in their presence or from a paper, and what."""

from accounts.schools import policy as school
from accounts.schools.member import Member
from accounts.schools.models import Hat, Membership


def can_type_for_others(member: Member | None) -> bool:
    """A helper whose days run, whoever has *members*, the direction; not while suspended."""
    if member is None or not school.may_write(member):
        return False
    return member.wears(Hat.Kind.HELPER) or school.can_manage_members(member) or school.leads(member)


def can_give_class_from_paper(member: Member | None) -> bool:
    """Only *members* let anybody into a class; what a helper typed waits for them."""
    return school.can_manage_members(member)


def is_somebody_else(member: Member | None, person: Membership) -> bool:
    """Nobody types for themselves."""
    return member is not None and member.membership is not None and member.membership.pk != person.pk
