"""Tell those who decide: danger at once, a report until 21:30, all else once a half-day (RULES §4)."""

import datetime
from collections.abc import Iterable

from accounts.outbox.actions import post as post_mail
from accounts.people.models import HostRole, User
from accounts.schools.models import Hat, Membership, School
from exchanges.discussions.models import Post
from exchanges.groups.models import Group
from exchanges.moderation.models import Case
from exchanges.moderation.parties import is_openly_party
from exchanges.moderation.telling import DANGER, DIGEST, REPORT, half_day, report_hour, told_once
from exchanges.moderation.waiting import Facilitator, facilitators_of

DIRECTION = (Hat.Kind.DIRECTOR, Hat.Kind.INTERIM)


def tell_of_danger(case: Case, post: Post, now: datetime.datetime) -> None:
    """Facilitators and direction, at any hour, unless they declined."""
    told = [one.user for one in deciders(post, case, now) if not one.declines]
    told += [membership.user for membership in direction_of(case.school, now)]
    for user in {user.pk: user for user in told}.values():
        told_once(user, "case", case.key, now)
        post_mail(DANGER, case.key, person=user, school=case.school, due=now)


def tell_of_report(case: Case, post: Post, now: datetime.datetime, *, everybody: bool = False) -> None:
    """The facilitator whose turn it is; with `everybody`, after 24 h, the others too."""
    runs = [one for one in deciders(post, case, now) if not one.declines]
    for one in runs if everybody else in_turn(runs)[:1]:
        if told_once(one.user, "case", case.key, now):
            due = report_hour(case.school, now)
            post_mail(REPORT, case.key, person=one.user, school=case.school, due=due)


def tell_digest(school: School, user: User, now: datetime.datetime, about: str = "") -> None:
    """One mail a half-day at most, in delivery hours; `about`: asked for by the direction, of one group."""
    due = school.calendar.next_delivery(now)
    obj = " ".join(filter(None, [half_day(school, due), about]))
    post_mail(DIGEST, obj, person=user, school=school, due=due)


# Who ------------------------------------------------------------------------------------------------------


def deciders(post: Post, case: Case, now: datetime.datetime) -> list[Facilitator]:
    """Facilitators of the group who are no party; who wrote without a name keeps their turn, or it tells."""
    group: Group = post.topic.group
    reporters = list(case.reports.values_list("reporter_id", flat=True))
    runs = facilitators_of([group], now)[group.pk]
    return [one for one in runs if not is_openly_party(one.membership, post, reporters)]


def in_turn(runs: Iterable[Facilitator]) -> list[Facilitator]:
    """The active ones first, each by how long they have run the group."""
    return sorted(runs, key=lambda one: not one.is_active)


def direction_of(school: School, now: datetime.datetime) -> list[Membership]:
    """Director, interim, and the title given *moderation*, who may write; the director first."""
    day = school.today(now)
    rows = Hat.objects.of_school(school).worn_on(day).unbarred(day)
    rows = rows.filter(kind__in=Hat.STAFF, membership__state=Membership.State.ACTIVE)
    rows = rows.exclude(membership__suspended_until__gt=now).select_related(
        "membership__user", "membership__school"
    )
    wearing = [hat for hat in rows if hat.kind in DIRECTION or Hat.Right.MODERATION in hat.rights]
    wearing.sort(key=lambda hat: (hat.kind not in DIRECTION, hat.pk))
    return list({hat.membership_id: hat.membership for hat in wearing}.values())


def directors_of(school: School, now: datetime.datetime) -> list[Membership]:
    """Director and interim alone."""
    day = school.today(now)
    heads = Hat.objects.of_school(school).worn_on(day).unbarred(day).filter(kind__in=DIRECTION)
    ids = set(heads.values_list("membership_id", flat=True))
    return [membership for membership in direction_of(school, now) if membership.pk in ids]


def host_moderators() -> list[User]:
    """Those of the host who decide on illegal content, and read again where nobody else can."""
    roles = HostRole.objects.in_force().filter(role=HostRole.Role.HOST_MODERATOR, user__is_active=True)
    return [role.user for role in roles.select_related("user")]
