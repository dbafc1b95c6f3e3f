"""Prepare the next year, pass to it, and undo that for 30 days.

`pass_year` and `undo_year` change rows of accounts only and answer a `Passage`: who left, which classes are
of the past. What stands above (groups that become read-only, photos and class posts that go after 30 days,
the question to leavers on their contributions) is called by whoever calls these two, in the same transaction,
in this order:

    with transaction.atomic():
        passage = pass_year(school, from_year, by=director)
        <each part above>(passage)

and in the reverse order before `undo_year`. Nothing here knows of those parts.
"""

from accounts.rollover.actions.passing import Passage, leavers_of, pass_year
from accounts.rollover.actions.placing import LEAVES, place, place_all, promote
from accounts.rollover.actions.preparing import prepare_year
from accounts.rollover.actions.undoing import can_be_undone, last_rollover, undo_year

__all__ = [
    "LEAVES",
    "Passage",
    "can_be_undone",
    "last_rollover",
    "leavers_of",
    "pass_year",
    "place",
    "place_all",
    "prepare_year",
    "promote",
    "undo_year",
]
