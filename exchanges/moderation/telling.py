"""Tell an author of a decision, and whoever decides that something waits."""

import datetime
from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from accounts.outbox.actions import post as post_mail
from accounts.outbox.actions import withdraw as withdraw_mail
from accounts.schools.models import School
from exchanges.moderation.models import Decision, Told
from exchanges.moderation.targets import Target
from exchanges.notifications.actions import notify

Verb = Decision.Verb
# Facilitators are told of a report until 21:30, week-ends included (RULES §4).
FIRST_HOUR = datetime.time(7)
LAST_HOUR = datetime.time(21, 30)
NOON = 12
# Kinds of mail.
REPORT, DANGER, DIGEST = "moderation_report", "moderation_danger", "moderation_digest"
DECISION, READING = "moderation_decision", "moderation_reading"
NOTICE_RECEIPT, NOTICE_OUTCOME, NOTICE_WAITS = "notice_receipt", "notice_outcome", "notice_waits"
# What only the person’s page tells: it gives back, or another mail says it.
PAGE_ONLY = (Verb.PUBLISH, Verb.KEEP, Verb.CLOSE, Verb.PAUSE, Verb.MUTE_SCHOOL)
# What nobody is told of as a decision on them.
SILENT = (Verb.HIDE_MEANWHILE, Verb.MODERATE_FIRST, Verb.ACCEPT, Verb.REFUSE, Verb.OPEN_TEXT)


def object_of(decision: Decision) -> str:
    """The key of a decision in notices and mails."""
    return f"{decision.school_id}-{decision.number}"


def address_of(decision: Decision) -> str:
    return f"{decision.school.get_absolute_url()}decisions/{decision.number}/"


def queue_address(school: School) -> str:
    """Where facilitators decide."""
    return f"{school.get_absolute_url()}a-moderer/"


def direction_address() -> str:
    """Where the direction decides."""
    return f"{reverse('admin:index')}a-moderer/"


def notices_address() -> str:
    """Where the host moderator reads notices of illegal content."""
    return f"{reverse('admin:index')}contenus-illicites/"


def is_told(decision: Decision) -> bool:
    """Whether the person concerned hears of it: not of a report they never knew, that changed nothing."""
    return decision.verb not in SILENT and (decision.verb != Verb.KEEP or decision.was == "hidden")


def tell_author(decision: Decision, target: Target, now: datetime.datetime, *, by_mail: bool = True) -> None:
    """Tell the person concerned, on the page and by mail in delivery hours, unless nothing hurts them."""
    if target.person is None or not is_told(decision):
        return
    user = target.person.user
    notify(
        user,
        "decision",
        object_of(decision),
        address=address_of(decision),
        title=_title(decision),
        school=decision.school,
    )
    if by_mail and decision.verb not in PAGE_ONLY:
        due = decision.school.calendar.next_delivery(now)
        post_mail(DECISION, object_of(decision), person=user, school=decision.school, due=due)


def take_back(decision: Decision) -> bool:
    """Send no more of a decision that was undone; return whether its mail had not left."""
    return bool(withdraw_mail(DECISION, object_of(decision)))


def tell_outcome(decision: Decision, reading: Any, now: datetime.datetime) -> None:
    """Tell the author what somebody else found."""
    user = reading.author.user
    first = Decision(school=reading.school, number=reading.decision)
    notify(
        user,
        "reading",
        object_of(first),
        address=address_of(first),
        title=lambda: gettext("Your second reading is answered"),
        school=reading.school,
    )
    due = reading.school.calendar.next_delivery(now)
    post_mail(READING, object_of(first), person=user, school=reading.school, due=due)


def told_once(person: Any, kind: str, key: str, now: datetime.datetime) -> bool:
    """Note that a person is told of something that waits; False if they were."""
    _row, made = Told.objects.get_or_create(person=person, kind=kind, object=key, defaults={"at": now})
    return made


def report_hour(school: School, now: datetime.datetime) -> datetime.datetime:
    """When a facilitator is told of a report: now, or at 7:00 after the night, whatever the day."""
    here = school.calendar.local(now)
    if FIRST_HOUR <= here.time() < LAST_HOUR:
        return now
    day = here.date() + datetime.timedelta(days=here.time() >= LAST_HOUR)
    return datetime.datetime.combine(day, FIRST_HOUR, here.tzinfo)


def half_day(school: School, now: datetime.datetime) -> str:
    """The name of a school’s half-day: one mail in each at most."""
    here = school.calendar.local(now)
    return f"{school.pk}-{here:%Y%m%d}-{'am' if here.hour < NOON else 'pm'}"


def _title(decision: Decision) -> Callable[[], str]:
    """What the notice says: the act, never a text."""
    words = {
        Verb.PUBLISH: lambda: gettext("Your message is shown"),
        Verb.KEEP: lambda: gettext("Your message is shown again"),
        Verb.RETURN: lambda: gettext("Your message came back to you: see why"),
        Verb.REWRITE: lambda: gettext("You are asked to rewrite a message"),
        Verb.HIDE: lambda: gettext("One of your messages is hidden: see why"),
        Verb.REMOVE: lambda: gettext("One of your messages was removed: see why"),
        Verb.OPEN_NAME: lambda: gettext("The direction opened your name: see why"),
        Verb.UNDO: lambda: gettext("A decision on you was taken back"),
    }
    return words.get(Verb(decision.verb), lambda: gettext("A decision concerns you: see what and why"))
