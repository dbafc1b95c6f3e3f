"""*Ce qui vous concerne*: what must be done by me, the most pressing first, then what I must know.

Each subject takes every school of the person and asks once: a page costs the same with one school or five.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import cast

from django.http import HttpRequest

from accounts.people.models import User
from accounts.schools.member import Member
from portal.home import todo, toknow
from portal.home.concern import Concern

# The director's page holds at most 7 items (issue 4).
AT_MOST = 7
SUBJECTS = (
    todo.closed,
    todo.waiting,
    todo.invitations,
    todo.next_class,
    todo.typed_for_me,
    todo.second_factor,
    toknow.let_in_later,
    toknow.past,
    toknow.suspended,
    toknow.ending,
)


def concerns_of(request: HttpRequest, members: Sequence[Member]) -> dict[int, list[Concern]]:
    """Return, by the id of each school, what concerns the person there."""
    found: dict[int, list[Concern]] = defaultdict(list)
    user = cast(User, request.user)
    own = [member for member in members if not member.seen_as]
    for subject in SUBJECTS:
        for member, concern in subject(own, user):
            found[member.school.pk].append(concern)
    return defaultdict(list, {school: rows[:AT_MOST] for school, rows in found.items()})
