"""Have people told by mail of what a group asks of them, in delivery hours; composed when it leaves."""

import datetime

from django.utils import timezone

from accounts.outbox.actions import post
from accounts.schools.models import Membership
from exchanges.groups.models import Group, GroupMember


def mail_person(
    kind: str, group: Group, membership: Membership, *, revision: int, now: datetime.datetime | None = None
) -> None:
    """Write one mail to a person, inside the caller's transaction."""
    due = group.school.calendar.next_delivery(now or timezone.now())
    post(kind, group.key, person=membership.user, revision=revision, due=due, school=group.school)


def mail_facilitators(
    kind: str, group: Group, *, revision: int, now: datetime.datetime | None = None
) -> None:
    """Write one mail to each of those who run the group."""
    seats = GroupMember.objects.facilitators(group).select_related("membership__user").order_by("pk")
    for seat in seats:
        mail_person(kind, group, seat.membership, revision=revision, now=now)
