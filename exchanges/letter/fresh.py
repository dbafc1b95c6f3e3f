"""Which of a person's groups hold a discussion they have not read: « nouveau », in the list of groups."""

import datetime

from django.db.models import Exists, F
from django.utils import timezone

from accounts.schools.member import Member
from exchanges.groups.models import Group
from exchanges.letter.asking import fresh_topics
from exchanges.notifications.models import ReadMark


def fresh_groups(member: Member, now: datetime.datetime | None = None) -> frozenset[int]:
    """Ids of groups of `member`, by the same question as the page of what is new; one query."""
    if member.membership is None or not member.opens_past:
        return frozenset()
    own = member.membership
    since = (now or timezone.now()) - ReadMark.LIFE
    mine = Group.objects.filter(school=member.school, members__membership=own, members__left__isnull=True)
    mine = mine.annotate(seat_joined=F("members__joined"))
    return frozenset(
        mine.filter(Exists(fresh_topics(own.user_id, [own.pk], since))).values_list("pk", flat=True)
    )
