"""Which of a person's groups hold a discussion they have not read: « nouveau », in the list of groups."""

import datetime
from typing import Any

from django.db.models import Exists, F, QuerySet
from django.utils import timezone

from accounts.schools.member import Member
from exchanges.groups.models import Group
from exchanges.letter.asking import fresh_topics
from exchanges.notifications.models import ReadMark
from foundation.prepared import Prepared


def fresh_groups(member: Member, now: datetime.datetime | None = None) -> frozenset[int]:
    """Ids of groups of `member`, by the same question as the page of what is new; one query."""
    if member.membership is None or not member.opens_past:
        return frozenset()
    own = member.membership
    since = (now or timezone.now()) - ReadMark.LIFE
    rows = _FRESH.rows(school=member.school.pk, person=own.user_id, own=own.pk, since=since)
    return frozenset(group for (group,) in rows)


def _fresh(school: int, person: int, own: int, since: datetime.datetime) -> QuerySet[Group, Any]:
    mine = Group.objects.filter(school=school, members__membership=own, members__left__isnull=True)
    mine = mine.annotate(seat_joined=F("members__joined")).order_by()
    return mine.filter(Exists(fresh_topics(person, [own], since))).values_list("pk")


_FRESH = Prepared(_fresh, school=int, person=int, own=int, since=datetime.datetime)
