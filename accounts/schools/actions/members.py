"""Somebody comes into a school, or goes."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit.actions import record
from accounts.people.models import User
from accounts.people.names import clean_name, skeleton
from accounts.schools.access import forget_members
from accounts.schools.actions.hats import refuse_no_director
from accounts.schools.actions.telling import note
from accounts.schools.errors import NameTaken
from accounts.schools.models import Asked, Hat, Membership, School

State = Membership.State


@transaction.atomic
def join(user: User, school: School, name: str, *, by: Any = None, state: str = State.ACTIVE) -> Membership:
    """Make `user` a member under `name`, or the member they were again. Raises NameTaken, ValidationError.

    Somebody who is in already never goes back to waiting.
    """
    name = clean_name(name)
    known = Membership.objects.of_school(school).filter(user=user).first()
    if known is not None and known.state in (state, State.ACTIVE):
        return known
    values: dict[str, Any] = {"name": name, "skeleton": skeleton(name), "state": state, "left": None}
    if state == State.PENDING:
        # Whoever comes back waits since then, whatever they were before.
        values["joined"] = timezone.now()
    try:
        with transaction.atomic():
            membership, _made = Membership.objects.update_or_create(
                school=school, user=user, defaults=values, create_defaults=values
            )
    except IntegrityError as error:
        raise NameTaken from error
    record("joined", by=by or user, about=user, school=school, row=membership.key, state=state)
    forget_members(user)
    return membership


@transaction.atomic
def wait_at_the_door(membership: Membership) -> None:
    """Have a member all of whose hats ended wait, as somebody does who left and came back."""
    membership.state, membership.joined = State.PENDING, timezone.now()
    membership.save(update_fields=["state", "joined"])
    user = membership.user
    record("joined", by=user, about=user, school=membership.school, row=membership.key, state=State.PENDING)
    forget_members(user)


@transaction.atomic
def rename_member(membership: Membership, name: str, *, by: Any) -> None:
    """Change the name by which the school knows somebody. Raises NameTaken, ValidationError."""
    name = clean_name(name)
    if name == membership.name:
        return
    try:
        with transaction.atomic():
            membership.name, membership.skeleton = name, skeleton(name)
            membership.save(update_fields=["name", "skeleton"])
    except IntegrityError as error:
        membership.refresh_from_db(fields=["name", "skeleton"])
        raise NameTaken from error
    note("renamed", membership, by=by, tell=True)
    forget_members(membership.user)


@transaction.atomic
def leave(membership: Membership, *, by: Any, today: datetime.date | None = None, tell: bool = False) -> None:
    """End all that the person is in the school; the library stays theirs. Raises LastDirector."""
    school = membership.school
    day = today or school.today()
    hats = list(Hat.objects.running(day).filter(membership=membership))
    if any(hat.kind == Hat.Kind.DIRECTOR and _runs(hat, day) for hat in hats):
        refuse_no_director(school, membership)
    for hat in hats:
        _end(hat, day)
    membership.state = State.LEFT
    membership.left = timezone.now()
    membership.save(update_fields=["state", "left"])
    Asked.objects.filter(membership=membership).delete()
    note("left", membership, by=by, tell=tell)
    forget_members(membership.user)


def _runs(hat: Hat, day: datetime.date) -> bool:
    return hat.since <= day and (hat.until is None or hat.until >= day)


def _end(hat: Hat, day: datetime.date) -> None:
    last = day - datetime.timedelta(days=1)
    if hat.since > last:
        hat.delete()
    elif hat.until is None or hat.until > last:
        hat.until = last
        hat.save(update_fields=["until"])
