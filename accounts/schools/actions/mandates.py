"""What the elections of parents gave (D. 111-7)."""

import datetime
from typing import Any

from django.db import transaction

from accounts.schools.actions.hats import BY_RIGHT, DAY, end_hat, give_hat, worn_on
from accounts.schools.errors import (
    CouncilByRight,
    ElectionToCome,
    MandateTooLong,
    MandateWithoutElection,
    NotAParent,
    OtherSchool,
)
from accounts.schools.models import Hat, Mandate, Membership, ParentList


def last_day_of_mandate(elected_on: datetime.date) -> datetime.date:
    """The 30 November after the school year of the election: no mandate goes beyond."""
    first = elected_on.year if elected_on.month >= 9 else elected_on.year - 1
    return datetime.date(first + 1, 11, 30)


@transaction.atomic
def give_mandate(
    membership: Membership,
    *,
    by: Any,
    elected_on: datetime.date | None,
    until: datetime.date | None = None,
    parent_list: ParentList | None = None,
    title: str = Mandate.Title.FULL,
    tell: bool = False,
) -> Mandate:
    """Record what the elections gave; the mandates of an earlier election end with it, as new results do.

    Raises MandateWithoutElection, ElectionToCome, MandateTooLong, NotAParent, CouncilByRight, OtherSchool.
    """
    today = membership.school.today()
    elected_on, until = _days(elected_on, until, today)
    kinds = set(worn_on(membership, today).values_list("kind", flat=True))
    if kinds & set(BY_RIGHT):
        raise CouncilByRight
    if Hat.Kind.PARENT not in kinds:
        raise NotAParent
    if parent_list is not None and parent_list.school_id != membership.school_id:
        raise OtherSchool
    _end_earlier(membership, elected_on, today, by=by, tell=tell)
    hat = give_hat(membership, Hat.Kind.ELECTED, by=by, since=elected_on, until=until, tell=tell)
    values = {"parent_list": parent_list, "title": title, "elected_on": elected_on}
    return Mandate.objects.update_or_create(hat=hat, defaults=values)[0]


def _days(
    elected_on: datetime.date | None, until: datetime.date | None, today: datetime.date
) -> tuple[datetime.date, datetime.date]:
    if elected_on is None:
        raise MandateWithoutElection
    if elected_on > today:
        raise ElectionToCome
    latest = last_day_of_mandate(elected_on)
    last = until or latest
    if not elected_on <= last <= latest:
        raise MandateTooLong
    return elected_on, last


def _end_earlier(
    membership: Membership, elected_on: datetime.date, today: datetime.date, *, by: Any, tell: bool
) -> None:
    earlier = Hat.objects.of_school(membership.school).filter(
        kind=Hat.Kind.ELECTED, mandate__elected_on__lt=elected_on, until__gte=today
    )
    for hat in earlier.select_related("membership__school", "membership__user", "classroom"):
        end_hat(hat, by=by, last_day=max(elected_on, today) - DAY, tell=tell)
