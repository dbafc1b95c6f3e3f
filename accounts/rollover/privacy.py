"""What the change of year holds of a person: their class of next year."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from accounts.people.models import User
from accounts.rollover.models import NextClass, Rollover
from accounts.schools.access import known_to


def held(user: User) -> list[tuple[str, list[tuple[str, str]]]]:
    rows = [(ticked.membership.school.name, _class(ticked)) for ticked in _ticked(user)]
    return [(gettext("Class of next year"), rows)] if rows else []


def export(user: User) -> dict[str, list[dict[str, Any]]]:
    school, room = gettext("school"), gettext("class")
    rows = [{school: row.membership.school.name, room: _class(row)} for row in _ticked(user)]
    return {gettext("classes of next year"): rows}


def erase(user: User, *, keep_contributions: bool) -> None:
    NextClass.objects.filter(membership__user=user).delete()


def forget_old(now: datetime.datetime) -> int:
    """Delete ticks for years that are over, and what would undo a passage past its 30 days."""
    done = Rollover.objects.unscoped().filter(done__lt=now - Rollover.REVERSIBLE).exclude(inverse={})
    done.update(inverse={})
    # By the class that is left: "leaves the school" names no other.
    ended = NextClass.objects.unscoped().filter(old__year__ends__lt=timezone.localdate(now))
    return ended.delete()[0]


def _ticked(user: User) -> list[NextClass]:
    """Of schools where a restriction hides the person from themselves, nothing."""
    rows = NextClass.objects.filter(membership__user=user).filter(known_to(user, "membership"))
    rows = rows.select_related("membership__school", "classroom")
    return list(rows.order_by("pk"))


def _class(ticked: NextClass) -> str:
    return ticked.classroom.name if ticked.classroom else gettext("no class")
