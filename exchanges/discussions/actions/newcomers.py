"""The limits of a newcomer's first day in a school (DESIGN §9), counted before anything is stored."""

import datetime
from collections.abc import Sequence
from typing import Any

from accounts.schools.models import Membership
from exchanges.discussions.errors import FirstDay
from exchanges.discussions.policy import links_in
from foundation.limits.actions import Taken, TooManyTries, take

FIRST_DAY = datetime.timedelta(days=1)


def count_first_day(
    person: Membership, act: str, text: str, files: Sequence[Any], now: datetime.datetime
) -> None:
    """Count a newcomer's message, its links and its files; raise FirstDay past a limit, nothing counted."""
    if now - person.joined >= FIRST_DAY:
        return
    taken: list[Taken] = []
    acts = [act, *["new_link"] * links_in(text), *["new_file"] * len(files)]
    try:
        for one in acts:
            taken.append(take(one, target=person.key, now=now.timestamp()))
    except TooManyTries as refused:
        for count in taken:
            count.give_back()
        raise FirstDay(refused.wait) from refused
