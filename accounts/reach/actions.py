"""How many adults the school reaches, class by class: a week's figures, rounded before they are kept."""

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.invitations.models import Invitation
from accounts.reach.models import ReachWeek
from accounts.reach.rounding import rounded_down, rounded_up
from accounts.schools.models import Classroom, Hat, School

FAMILY = (Hat.Kind.PARENT, Hat.Kind.PROCHE)
COUNTED = ("joined", "mail", "paper")


@dataclass(frozen=True)
class Reach:
    """The figures of a week: a class each, and their sums (RULES §6, Statistics)."""

    monday: datetime.date
    classes: list[dict[str, Any]]

    @property
    def totals(self) -> dict[str, int]:
        """Each total is the sum of the figures shown: it says no more than they do."""
        return {name: sum(row[name] for row in self.classes) for name in (*COUNTED, "copies")}


def reach_of(school: School, now: datetime.datetime | None = None) -> Reach:
    """Return this week's figures: worked out when first asked for, then the same until Monday."""
    monday = monday_of(school.today(now))
    week = ReachWeek.objects.of_school(school).filter(monday=monday).first()
    if week is None:
        week = _work_out(school, monday, now)
    return Reach(monday, week.classes)


def refresh_due(now: datetime.datetime | None = None) -> int:
    """Work out the week's figures of every open school that has none: for the clock. Return how many."""
    schools = list(School.objects.open())
    due = [school for school in schools if not _has_week(school, now)]
    for school in due:
        reach_of(school, now)
    return len(due)


def monday_of(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=day.weekday())


def _has_week(school: School, now: datetime.datetime | None) -> bool:
    return ReachWeek.objects.of_school(school).filter(monday=monday_of(school.today(now))).exists()


@transaction.atomic
def _work_out(school: School, monday: datetime.date, now: datetime.datetime | None) -> ReachWeek:
    """Count, round, store; older weeks go: what two weeks differ by could tell of one person."""
    day = school.today(now)
    here, awaited = _adults_by_class(school, day), _awaited_by_class(school)
    rows = [_figures(room, here, awaited[room.pk]) for room in Classroom.objects.of_school(school).current()]
    ReachWeek.objects.of_school(school).filter(monday__lt=monday).delete()
    values = {"classes": rows, "made": now or timezone.now()}
    return ReachWeek.objects.get_or_create(school=school, monday=monday, defaults=values)[0]


def _figures(room: Classroom, here: Counter, awaited: int) -> dict[str, Any]:
    mail, paper = here[room.pk, "mail"], here[room.pk, "paper"]
    return {
        "key": room.key,
        "name": room.name,
        "joined": rounded_down(mail + paper),
        "mail": rounded_down(mail),
        "paper": rounded_down(paper),
        "copies": rounded_up(paper + awaited),
    }


def _adults_by_class(school: School, day: datetime.date) -> Counter:
    """{(class, "mail" or "paper"): adults}; an adult counts once a class, a restricted one not at all."""
    hats = Hat.objects.of_school(school).worn_on(day).unbarred(day)
    hats = hats.filter(kind__in=FAMILY, membership__state="active")
    rows = hats.order_by("classroom", "membership")
    told = rows.values_list(
        "classroom", "membership", "membership__user__email", "membership__user__prefers_paper"
    )
    found = {(room, member): bool(email) and not on_paper for room, member, email, on_paper in told}
    return Counter((room, "mail" if by_mail else "paper") for (room, _member), by_mail in found.items())


def _awaited_by_class(school: School) -> Counter:
    rows = Invitation.objects.of_school(school).waiting().filter(kind__in=FAMILY).order_by("pk")
    return Counter(rows.values_list("classrooms", flat=True))
