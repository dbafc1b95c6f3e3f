"""Give and take away what people are in a school."""

import datetime
from typing import Any

from django.db import transaction

from accounts.audit.actions import record
from accounts.schools.access import forget_members
from accounts.schools.errors import LastDirector, MandateWithoutElection
from accounts.schools.models import Classroom, Hat, Mandate, Membership, ParentList


@transaction.atomic
def give_hat(
    membership: Membership,
    kind: str,
    *,
    by: Any = None,
    classroom: Classroom | None = None,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    rights: list[str] | None = None,
) -> Hat:
    """Give a hat from `since` (today at the school) to `until`; the one already worn is returned as it is."""
    today = membership.school.today()
    worn = Hat.objects.running(today).filter(membership=membership, kind=kind, classroom=classroom).first()
    if worn is not None and kind != Hat.Kind.ELECTED:
        return worn
    hat = Hat.objects.create(
        membership=membership,
        kind=kind,
        classroom=classroom,
        since=since or today,
        until=until,
        rights=rights or [],
        given_by=by,
    )
    record(
        "hat_given",
        by=by,
        about=membership.user,
        school=membership.school,
        kind=kind,
        classroom=classroom.key if classroom else "",
        until=until.isoformat() if until else "",
    )
    forget_members(membership.user)
    return hat


@transaction.atomic
def give_mandate(
    membership: Membership,
    *,
    by: Any,
    elected_on: datetime.date | None,
    until: datetime.date,
    parent_list: ParentList | None = None,
    title: str = Mandate.Title.FULL,
) -> Mandate:
    """Record what the elections gave. Raises MandateWithoutElection: no mandate without its date."""
    if elected_on is None:
        raise MandateWithoutElection
    hat = give_hat(membership, Hat.Kind.ELECTED, by=by, since=elected_on, until=until)
    return Mandate.objects.create(hat=hat, parent_list=parent_list, title=title, elected_on=elected_on)


@transaction.atomic
def end_hat(hat: Hat, *, by: Any, last_day: datetime.date | None = None) -> None:
    """End a hat on `last_day` (yesterday at the school: at once). Raises LastDirector."""
    school = hat.membership.school
    if hat.kind == Hat.Kind.DIRECTOR and not _directs_elsewise(hat):
        raise LastDirector
    last = last_day or school.today() - datetime.timedelta(days=1)
    if hat.since > last:
        hat.delete()
    else:
        hat.until = last
        hat.save(update_fields=["until"])
    record("hat_ended", by=by, about=hat.membership.user, school=school, kind=hat.kind)
    forget_members(hat.membership.user)


def _directs_elsewise(hat: Hat) -> bool:
    """Whether somebody else directs the school, without an end before this one's."""
    others = Hat.objects.running().filter(
        membership__school=hat.membership.school, membership__state="active", kind=Hat.Kind.DIRECTOR
    )
    return others.exclude(pk=hat.pk).filter(until__isnull=True).exists()
