"""Whom a facilitator may ask in by name: people whose name they see already (DESIGN §6, Privacy)."""

from accounts.schools.member import Member
from accounts.schools.models import Membership
from exchanges.groups.models import Group, GroupInvitation, GroupMember, worn_in


def people_to_invite(member: Member, group: Group) -> list[Membership]:
    """Members of the circle who read another group with `member`, and neither read this one nor said no."""
    mine = Group.objects.readable_by(member).exclude(pk=group.pk).values("pk")
    seats = GroupMember.objects.reading(member.today).filter(group__in=mine)
    inside = GroupMember.objects.filter(group=group).present().values("membership")
    asked = GroupInvitation.objects.filter(group=group).values("membership")
    fits = seats.filter(worn_in(group.circle, group.classroom_id, member.today))
    found = fits.exclude(membership__in=inside).exclude(membership__in=asked).values("membership")
    people = Membership.objects.of_school(member.school).filter(pk__in=found)
    return list(people.select_related("user", "school").order_by("name", "pk"))
