"""A change of year as the whole portal sees it: that of accounts, then what stands above, and its inverse."""

from typing import Any

from django.db import transaction

from accounts.rollover import actions as accounts
from accounts.rollover.models import Rollover
from accounts.schools.models import School, SchoolYear
from exchanges.groups import actions as groups


@transaction.atomic
def pass_year(school: School, from_year: SchoolYear, **options: Any) -> accounts.Passage:
    """Change the year, then make the groups of the past read-only; all or nothing."""
    passage = accounts.pass_year(school, from_year, **options)
    groups.archive_for(passage.rollover)
    return passage


@transaction.atomic
def undo_year(rollover: Rollover, *, by: Any) -> accounts.Passage:
    """Give the groups back what they were, then undo the change of year; all or nothing."""
    groups.give_back(rollover)
    return accounts.undo_year(rollover, by=by)
