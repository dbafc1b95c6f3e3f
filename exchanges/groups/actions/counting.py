"""How many read each group, kept with the group: counted anew when a place changes, and by the clock.

To count asks for the hats of everybody who joined, which no page of a group may wait for. What only days and
the school's own acts change (a hat that ends, a decision of a court) is counted within a minute. No rule
relies on it: whoever may read is asked of the hats at each visit, and before a question is taken without a
name they are counted anew.
"""

import datetime

from accounts.schools.models import School
from exchanges.groups.models import Group, GroupMember, readers_by_group


def count_group(group: Group) -> None:
    """Count who reads `group`, inside the caller's transaction, once its place among them is written."""
    rows = Group.objects.of_school(group.school_id).filter(pk=group.pk)
    # Two who come at the same moment: the second counts the first.
    rows.select_for_update().get()
    group.readers = GroupMember.objects.readers(group).count()
    rows.update(readers=group.readers)


def count_readers(now: datetime.datetime) -> int:
    """Count who reads each group of each school; return how many numbers were no longer right."""
    return sum(_count(school, school.today(now)) for school in School.objects.all())


def _count(school: School, day: datetime.date) -> int:
    groups = Group.objects.of_school(school)
    kept, counted = dict(groups.values_list("pk", "readers")), readers_by_group(school, day)
    wrong = [pk for pk, readers in kept.items() if readers != counted.get(pk, 0)]
    # One changed since by somebody who came or left is right already.
    return sum(groups.filter(pk=pk, readers=kept[pk]).update(readers=counted.get(pk, 0)) for pk in wrong)
