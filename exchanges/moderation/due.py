"""What the clock does for moderation; each may run twice and does its effect once."""

import datetime
from collections import defaultdict

from django.db import transaction
from django.db.models import Q

from accounts.outbox.models import Delivery
from accounts.people.models import User
from accounts.schools.models import School
from exchanges.discussions.actions.attaching import forget_removed
from exchanges.discussions.models import Post
from exchanges.groups.actions import tell_group
from exchanges.groups.models import Group, JoinRequest
from exchanges.moderation import log, targets
from exchanges.moderation.escalation import escalate
from exchanges.moderation.gathering import gathered, open_readings, say_escalated
from exchanges.moderation.items import Item
from exchanges.moderation.models import (
    Case,
    Decision,
    IllegalNotice,
    JudgedText,
    Report,
    SaidWhy,
    SecondReading,
    Told,
)
from exchanges.moderation.parties import is_openly_party
from exchanges.moderation.readers import first_readers
from exchanges.moderation.telling import DIGEST, half_day, told_once
from exchanges.moderation.telling_deciders import direction_of, in_turn, tell_digest, tell_of_report
from exchanges.moderation.telling_reporters import tell_reporters
from exchanges.moderation.waiting import SECOND_AFTER, Facilitator, facilitators_of, waits_since

Verb = Decision.Verb
GONE = (Post.State.REMOVED, Post.State.WITHDRAWN, Post.State.ERASED)
NOTICE_KEPT = REPORTER_KEPT = datetime.timedelta(days=365)
# Verbs of the group's line of the month.
SENT_BACK = (Verb.RETURN, Verb.REWRITE)
MASKED = (Verb.HIDE, Verb.REMOVE)


# Told -----------------------------------------------------------------------------------------------------


def tell_due(now: datetime.datetime) -> int:
    """Tell whoever's turn it is: a second facilitator after 24 h, the direction after 48 h (RULES §4).

    Returns how many people were newly told of something.
    """
    return sum(_tell_school(school, now) for school in _schools_where_something_waits())


def _tell_school(school: School, now: datetime.datetime) -> int:
    items = gathered([school], Q(), now)
    say_escalated(items, now)
    runs = facilitators_of([item.group for item in items if item.group], now)
    told = 0
    for item in items:
        told += _tell_facilitators(item, runs[item.group.pk] if item.group else [], now)
        if item.is_escalated:
            for membership in direction_of(school, now):
                told += _digest(item.kind, item.key, school, membership.user, now)
    return told + _tell_readers(school, now)


def _tell_facilitators(item: Item, runs: list[Facilitator], now: datetime.datetime) -> int:
    """The first in turn, after 24 h all; of a request they were told when it was made (`groups`)."""
    if item.post is None:
        return 0
    is_late = waits_since(item.school, item.since, now) >= SECOND_AFTER
    if item.case is not None:
        before = Told.objects.filter(kind="case", object=item.key).count()
        tell_of_report(item.case, item.post, now, everybody=is_late)
        return Told.objects.filter(kind="case", object=item.key).count() - before
    free = [one for one in runs if not one.declines and not is_openly_party(one.membership, item.post, ())]
    chosen = in_turn(free) if is_late else in_turn(free)[:1]
    return sum(_digest(item.kind, item.key, item.school, one.user, now) for one in chosen)


def _tell_readers(school: School, now: datetime.datetime) -> int:
    told = 0
    for reading in open_readings(Q(school=school)):
        decision = Decision.objects.of_school(school).get(number=reading.decision)
        _reader, people = first_readers(decision, targets.of_decision(decision), now)
        for user in people:
            told += _digest("reading", targets.reading_key(reading), school, user, now)
    return told


def _digest(kind: str, key: str, school: School, user: User, now: datetime.datetime) -> int:
    """Count it in the person's mail of this half-day, unless that one has left: then in the next."""
    due = school.calendar.next_delivery(now)
    mails = Delivery.objects.filter(kind=DIGEST, object=half_day(school, due), person=user)
    if mails.exclude(state=Delivery.State.DUE).exists():
        return 0
    with transaction.atomic():
        if not told_once(user, kind, key, now):
            return 0
        tell_digest(school, user, now)
    return 1


def _schools_where_something_waits() -> list[School]:
    cases = Case.objects.unscoped().open().values("school")
    held = Post.objects.unscoped().filter(state=Post.State.HELD).values("topic__group__school")
    asked = JoinRequest.objects.unscoped().filter(outcome="").values("group__school")
    read = SecondReading.objects.unscoped().filter(outcome="").values("school")
    found = Q(pk__in=cases) | Q(pk__in=held) | Q(pk__in=asked) | Q(pk__in=read)
    return list(School.objects.open().filter(found))


# Escalated, void ------------------------------------------------------------------------------------------


def escalate_due(now: datetime.datetime) -> int:
    """Give to the direction what is its turn, and close what is about nothing any more; return how many."""
    changed = 0
    schools = School.objects.filter(pk__in=Case.objects.unscoped().open().values("school"))
    for school in schools:
        changed += _void(school, now)
        items = [item for item in gathered([school], Q(), now) if item.case is not None]
        say_escalated(items, now)
        waiting = [item.case for item in items if item.case is not None and item.is_escalated]
        changed += sum(escalate(case, now) for case in waiting)
    return changed


def _void(school: School, now: datetime.datetime) -> int:
    """Close the cases whose message its author took back, or that went with them."""
    rows = Case.objects.of_school(school).open().filter(kind=targets.POST).select_related("school")
    posts = Post.objects.of_school(school).filter(key__in=rows.values("object"))
    there = set(posts.exclude(state__in=GONE).values_list("key", flat=True))
    return sum(_close(case, now) for case in rows if case.object not in there)


@transaction.atomic
def _close(case: Case, now: datetime.datetime) -> int:
    still = Case.objects.of_school(case.school_id).open().filter(pk=case.pk)
    if not still.update(state=Case.State.VOID, decided=now):
        return 0
    case.state = Case.State.VOID
    tell_reporters(case, now)
    return 1


# Forgotten ------------------------------------------------------------------------------------------------


@transaction.atomic
def forget_texts(now: datetime.datetime) -> int:
    """Erase texts, files and words 30 days after the last decision, notices and who reported a year after.

    Returns how many.
    """
    ago = now - JudgedText.LIFE
    gone = JudgedText.objects.unscoped().filter(erase_on__lte=now).delete()[0]
    undoable = JudgedText.objects.unscoped().filter(kind=targets.POST)
    gone += forget_removed(undoable.order_by().values("object"))
    gone += SaidWhy.objects.unscoped().filter(erase_on__lte=now).delete()[0]
    reports = Report.objects.unscoped().exclude(case__state=Case.State.OPEN).exclude(words="")
    gone += reports.filter(at__lte=ago).update(words="")
    gone += _forget_reporters(now - REPORTER_KEPT)
    answered = SecondReading.objects.unscoped().filter(answered__lte=ago).exclude(words="")
    gone += answered.update(words="")
    gone += IllegalNotice.objects.filter(decided__lte=now - NOTICE_KEPT).delete()[0]
    return gone + Told.objects.filter(at__lte=now - Told.LIFE).delete()[0]


def _forget_reporters(before: datetime.datetime) -> int:
    """Forget who reported what was closed by then; a case closed without a day counts from its first."""
    closed = Case.objects.unscoped().exclude(state=Case.State.OPEN)
    closed = closed.filter(Q(decided__lte=before) | Q(decided__isnull=True, opened__lte=before))
    reports = Report.objects.unscoped().filter(case__in=closed.order_by().values("pk"))
    return reports.filter(reporter__isnull=False).update(reporter=None)


# The line of the month ------------------------------------------------------------------------------------


def tell_months(now: datetime.datetime) -> int:
    """Tell each group what was decided in it last month, in figures; return to how many."""
    told = 0
    for school in log.schools_with_rows():
        first = school.calendar.local(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        before = (first - datetime.timedelta(days=1)).replace(day=1)
        told += _tell_month(school, before, first)
    return told


def _tell_month(school: School, since: datetime.datetime, until: datetime.datetime) -> int:
    rows = Decision.objects.of_school(school).filter(kind=targets.POST).exclude(group="")
    undone = Decision.objects.of_school(school).filter(reverses__isnull=False).exclude(verb=Verb.UPHELD)
    standing = rows.filter(at__gte=since, at__lt=until).exclude(number__in=undone.values("reverses"))
    figures: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for group, verb in standing.filter(verb__in=SENT_BACK + MASKED).values_list("group", "verb"):
        figures[group][verb in MASKED] += 1
    told = list(Group.objects.of_school(school).filter(key__in=figures))
    for one in told:
        returned, masked = figures[one.key]
        tell_group(one, f"month-{returned}-{masked}", once=f"{since:%Y-%m}")
    return len(told)
