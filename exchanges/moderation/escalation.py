"""When a group's own people no longer decide alone: 48 h, danger, nobody there, a party (RULES §3)."""

import datetime
from collections.abc import Callable, Iterable

from django.utils import timezone

from accounts.schools.models import Membership
from exchanges.moderation.models import Case
from exchanges.moderation.parties import is_openly
from exchanges.moderation.targets import Target
from exchanges.moderation.waiting import Facilitator, facilitators_of, is_overdue


def is_escalated(target: Target, now: datetime.datetime | None = None) -> bool:
    """Whether the direction decides too, on what a group of parents would decide alone."""
    moment = now or timezone.now()
    case = target.case
    if case is not None and (case.is_danger or case.escalated is not None):
        return True
    if case is not None and case.state != Case.State.OPEN:
        return False
    since = waits_from(target)
    if target.group is None or since is None:
        return True
    runs = facilitators_of([target.group], moment)[target.group.pk]
    if is_overdue(target.school, since, moment):
        return True
    return is_left_alone(runs, lambda membership: is_openly(membership, target))


def is_left_alone(runs: Iterable[Facilitator], is_a_party: Callable[[Membership], bool]) -> bool:
    """Without an active facilitator, or with one who is a party in the sight of others."""
    people = list(runs)
    return not any(one.is_active for one in people) or any(is_a_party(one.membership) for one in people)


def waits_from(target: Target) -> datetime.datetime | None:
    """Since when somebody should decide."""
    if target.case is not None:
        return target.case.opened
    if target.request is not None:
        return target.request.at
    return target.post.created if target.post is not None else None


def escalate(case: Case, now: datetime.datetime) -> bool:
    """Give a case to the direction; False if it was, or is decided."""
    rows = Case.objects.of_school(case.school_id).open().filter(pk=case.pk, escalated__isnull=True)
    if not rows.update(escalated=now):
        return False
    case.escalated = now
    return True
