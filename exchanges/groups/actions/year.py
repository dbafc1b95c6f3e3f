"""What a change of year does to groups, inside its transaction, and the exact inverse (RULES §1)."""

from typing import Any

from accounts.rollover.models import Rollover
from exchanges.groups.models import Group, YearEnd

State = Group.State


def archive_for(rollover: Rollover) -> int:
    """Archive the groups of the past year's classes, put the other open ones to sleep; return how many.

    A suggestion for a past class is archived too: nobody could take it on. Call it after `pass_year`.
    """
    groups = Group.objects.of_school(rollover.school_id)
    of_class = groups.filter(classroom__year=rollover.from_year_id)
    archived = _move(rollover, of_class.exclude(state=State.ARCHIVED), State.ARCHIVED)
    return archived + _move(rollover, groups.filter(classroom__isnull=True, state=State.OPEN), State.SLEEPING)


def give_back(rollover: Rollover) -> int:
    """Give each group the state it had, unless somebody changed it since; call it before `undo_year`."""
    rows = YearEnd.objects.filter(rollover=rollover)
    changed = sum(
        Group.objects.of_school(rollover.school_id)
        .filter(state=row.became, pk=row.group_id)
        .update(state=row.was)
        for row in rows
    )
    rows.delete()
    return changed


def _move(rollover: Rollover, groups: Any, state: str) -> int:
    rows = [
        YearEnd(rollover=rollover, group=group, was=group.state, became=state)
        for group in groups.select_for_update()
    ]
    YearEnd.objects.bulk_create(rows)
    pks = [row.group_id for row in rows]
    Group.objects.of_school(rollover.school_id).filter(pk__in=pks).update(state=state)
    return len(rows)
