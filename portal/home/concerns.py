"""*Ce qui vous concerne*: what must be done by me, the most pressing first, then what I must know.

Each subject takes every school of the person and asks once: a page costs the same with one school or five.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from django.http import HttpRequest

from accounts.people.models import User
from accounts.schools.member import Member
from exchanges.letter.whats_new import SchoolNews, whats_new
from portal.home import todo, toknow, told
from portal.home.asking import Asker
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


@dataclass
class Concerned:
    """What concerns a person in one school: first what waits for them, then what is new."""

    concerns: list[Concern] = field(default_factory=list)
    news: SchoolNews = field(default_factory=SchoolNews)
    # How many there are in all, where not every one is shown.
    total: int = 0


def concerns_of(
    request: HttpRequest, members: Sequence[Member], *, most: int = AT_MOST
) -> dict[int, Concerned]:
    """Return, by the id of each school, what concerns the person there."""
    user = cast(User, request.user)
    own = [member for member in members if not member.seen_as]
    news = whats_new(user, own)
    asker = Asker(user, own)
    found: dict[int, list[Concern]] = defaultdict(list)
    for member in own:
        found[member.school.pk] += told.to_answer(news[member.school.pk])
    for subject in SUBJECTS:
        for member, concern in subject(own, asker):
            found[member.school.pk].append(concern)
    for member in own:
        found[member.school.pk] += told.to_know(news[member.school.pk], member)
    return {
        member.school.pk: Concerned(
            found[member.school.pk][:most], news[member.school.pk], len(found[member.school.pk])
        )
        for member in members
    }
