"""Somebody comes into a school, or goes."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit.actions import record
from accounts.people.models import User
from accounts.people.names import clean_name, skeleton
from accounts.schools.access import forget_members
from accounts.schools.errors import NameTaken
from accounts.schools.models import Hat, Membership, School


@transaction.atomic
def join(
    user: User, school: School, name: str, *, by: Any = None, state: str = Membership.State.ACTIVE
) -> Membership:
    """Make `user` a member under `name`, or the member they were again. Raises NameTaken, ValidationError."""
    name = clean_name(name)
    known = Membership.objects.of_school(school).filter(user=user).first()
    if known is not None and known.state == state:
        return known
    values = {"name": name, "skeleton": skeleton(name), "state": state, "left": None}
    try:
        with transaction.atomic():
            membership, _made = Membership.objects.update_or_create(
                school=school, user=user, defaults=values, create_defaults=values
            )
    except IntegrityError as error:
        raise NameTaken from error
    record("joined", by=by or user, about=user, school=school, state=state)
    forget_members(user)
    return membership


@transaction.atomic
def leave(membership: Membership, *, by: Any, today: datetime.date | None = None) -> None:
    """End all that the person is in the school; the library stays theirs. Raises LastDirector."""
    from_school = membership.school
    day = today or from_school.today()
    for hat in Hat.objects.running(day).filter(membership=membership):
        _end(hat, day)
    membership.state = Membership.State.LEFT
    membership.left = timezone.now()
    membership.save(update_fields=["state", "left"])
    record("left", by=by, about=membership.user, school=from_school)
    forget_members(membership.user)


def _end(hat: Hat, day: datetime.date) -> None:
    last = day - datetime.timedelta(days=1)
    if hat.since > last:
        hat.delete()
        return
    hat.until = last
    hat.save(update_fields=["until"])
