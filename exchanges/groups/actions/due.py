"""What time does to groups: the recurring jobs (RULES §1). Each may run twice and does its effect once."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts.schools.access import member_in
from accounts.schools.models import Hat, School
from exchanges.groups.actions.joining import answer_request
from exchanges.groups.actions.mailing import mail_facilitators
from exchanges.groups.actions.sleeping import fall_asleep
from exchanges.groups.errors import AlreadyAnswered
from exchanges.groups.models import Circle, Group, GroupMember, JoinRequest, in_circle

ALONE_FOR = A_MONTH = datetime.timedelta(days=30)
SIDE_OF_PARENTS = (Hat.Kind.PARENT, Hat.Kind.ELECTED)
SIDE_OF_SCHOOL = (Hat.Kind.TEACHER, Hat.Kind.DIRECTOR, Hat.Kind.INTERIM)
State = Group.State


def accept_waiting(now: datetime.datetime) -> int:
    """Let in those whose request nobody answered in 72 hours; never into a group by invitation.

    Whoever a decision removed waits for an answer, however long.
    """
    rows = JoinRequest.objects.unscoped().filter(outcome="", at__lte=now - JoinRequest.ANSWERED_WITHIN)
    removed = GroupMember.objects.filter(
        group=OuterRef("group"), membership=OuterRef("membership"), was_removed=True
    )
    rows = rows.filter(~Exists(removed), group__state__in=[State.OPEN, State.SLEEPING])
    rows = rows.exclude(group__joining=Group.Joining.INVITATION)
    return sum(_let_in(asked, now) for asked in rows.select_related("group__school", "membership__user"))


def _let_in(asked: JoinRequest, now: datetime.datetime) -> bool:
    """Whoever is no longer of the circle is refused instead: their request would wait for ever."""
    group = asked.group
    member = member_in(asked.membership.user, group.school)
    fits = member is not None and in_circle(member, group.circle, group.classroom_id)
    try:
        answer_request(asked, fits, by=None, now=now)
    except AlreadyAnswered:
        return False
    return fits


def sleep_due(now: datetime.datetime) -> int:
    """Put to sleep the groups silent for 60 days, and those nobody runs any more."""
    return sum(_sleep(group) for school in School.objects.all() for group in _silent(school, now))


def _silent(school: School, now: datetime.datetime) -> Any:
    run = GroupMember.objects.reading(school.today(now)).filter(group=OuterRef("pk"), is_facilitator=True)
    groups = Group.objects.of_school(school).filter(state=State.OPEN)
    return groups.filter(Q(active__lte=now - Group.SILENCE) | ~Exists(run))


@transaction.atomic
def _sleep(group: Group) -> bool:
    return fall_asleep(group)


def remind_alone(now: datetime.datetime) -> int:
    """Remind each month those who run a group of 30 days without a second person beside them."""
    alone = Group.objects.unscoped().filter(state=State.OPEN, created__lte=now - ALONE_FOR)
    # Of the team the direction is the second (RULES §1).
    alone = alone.exclude(circle=Circle.TEAM).filter(
        Q(reminded__isnull=True) | Q(reminded__lte=now - A_MONTH)
    )
    return sum(_remind(group, now) for group in alone.select_related("school"))


@transaction.atomic
def _remind(group: Group, now: datetime.datetime) -> bool:
    due = Group.objects.of_school(group.school_id).filter(pk=group.pk, reminded=group.reminded)
    if group.reminded is None:
        due = Group.objects.of_school(group.school_id).filter(pk=group.pk, reminded__isnull=True)
    if not is_alone(group, now) or not due.update(reminded=now):
        return False
    mail_facilitators("group_alone", group, revision=int(now.timestamp()) // 86400, now=now)
    return True


def is_alone(group: Group, now: datetime.datetime) -> bool:
    """Whether one person runs it, or in a group of both sides only one side does (RULES §1)."""
    today = group.school.today(now)
    running = GroupMember.objects.facilitators(group, today)
    if running.count() < 2 or group.circle == Circle.PARENTS:
        return running.count() < 2
    worn = Hat.objects.filter(membership=OuterRef("membership")).worn_on(today).unbarred(today)
    sides = (SIDE_OF_PARENTS, SIDE_OF_SCHOOL)
    return not all(running.filter(Exists(worn.filter(kind__in=side))).exists() for side in sides)


def forget_suggestions(now: datetime.datetime) -> int:
    """Delete what was suggested 60 days ago and nobody took on."""
    old = Group.objects.unscoped().filter(state=State.SUGGESTED, created__lte=now - Group.SUGGESTION)
    return old.delete()[1].get(Group._meta.label, 0)
