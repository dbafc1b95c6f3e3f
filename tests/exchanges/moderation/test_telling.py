"""Who is told of what, and when: by the clock of days on which mail goes (RULES §4)."""

import datetime

import pytest

from accounts.models import User
from accounts.outbox.models import Delivery
from exchanges.groups.words import line_in_words
from exchanges.models import Case, GroupLine, GroupMember, Post
from exchanges.moderation import due
from exchanges.moderation.actions import warn_facilitators
from exchanges.moderation.waiting import facilitators_of
from tests.exchanges.moderation.world import DAY, HOUR, NOW, Verb, World, at, mailed
from tests.factories import make_topic, member

pytestmark = pytest.mark.django_db
REPORT, DANGER, DIGEST = "moderation_report", "moderation_danger", "moderation_digest"


@pytest.fixture
def world(db) -> World:
    return World()


def clock(now: datetime.datetime) -> None:
    """What the clock does at a moment; people keep coming."""
    User.objects.all().update(last_login=now)
    due.escalate_due(now)
    due.tell_due(now)


# A report -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (at(24, 10), at(24, 10)),
        (at(24, 21, 29), at(24, 21, 29)),
        (at(24, 21, 30), at(25, 7)),
        (at(25, 3), at(25, 7)),
        # Saturday evening, Sunday, and All Saints' holidays.
        (at(28, 20), at(28, 20)),
        (at(28, 22), at(29, 7)),
        (at(27, 21, month=10), at(27, 21, month=10)),
    ],
)
def test_a_facilitator_is_told_until_half_past_nine_week_ends_and_holidays_too(world, when, told):
    world.settle(joined=when - 30 * DAY, seen=when)
    world.report(world.bilal, now=when)
    assert mailed(REPORT) == {"nora": told}


def test_after_24_hours_the_second_and_after_48_the_direction(world):
    world.report(world.bilal, now=at(24, 10))
    clock(at(25, 9, 59))
    assert (set(mailed(REPORT)), mailed(DIGEST)) == ({"nora"}, {})
    clock(at(25, 10))
    assert (mailed(REPORT)["karim"], mailed(DIGEST)) == (at(25, 10), {})
    clock(at(26, 9, 59))
    assert mailed(DIGEST) == {}
    assert world.case().escalated is None
    clock(at(26, 10))
    assert mailed(DIGEST) == {"helene": at(26, 10)}
    assert world.case().escalated == at(26, 10)
    # Told once, however often the clock strikes.
    clock(at(26, 16))
    clock(at(27, 9))
    assert Delivery.objects.filter(kind__in=[REPORT, DIGEST]).count() == 3


def test_the_clock_stands_still_on_week_ends_and_in_holidays(world):
    """Friday 18:00: six hours that day, so Monday 18:00 is 24 h and Tuesday 18:00 is 48 h."""
    world.report(world.bilal, now=at(27, 18))
    clock(at(30, 17, 59))
    assert set(mailed(REPORT)) == {"nora"}
    clock(at(30, 18))
    assert set(mailed(REPORT)) == {"nora", "karim"}
    clock(at(1, 17, 59, month=12))
    assert mailed(DIGEST) == {}
    clock(at(1, 18, month=12))
    assert mailed(DIGEST) == {"helene": at(1, 18, month=12)}


def test_over_the_christmas_holidays_the_direction_waits_for_the_first_day_of_school(world):
    """Zone A closes on Saturday 19 December 2026 and begins again on Monday 4 January 2027."""
    friday = at(18, 12, month=12)
    world.settle(joined=friday - 30 * DAY, seen=friday)
    world.report(world.bilal, now=friday)
    clock(datetime.datetime(2027, 1, 3, 23, tzinfo=NOW.tzinfo))
    assert (set(mailed(REPORT)), mailed(DIGEST)) == ({"nora"}, {})
    clock(datetime.datetime(2027, 1, 4, 12, tzinfo=NOW.tzinfo))
    assert (set(mailed(REPORT)), mailed(DIGEST)) == ({"nora", "karim"}, {})
    clock(datetime.datetime(2027, 1, 5, 12, tzinfo=NOW.tzinfo))
    assert set(mailed(DIGEST)) == {"helene"}


def test_who_declined_is_not_mailed_and_the_next_is(world):
    GroupMember.objects.filter(group=world.group, membership=world.nora).update(declines_reports=True)
    world.report(world.bilal)
    assert set(mailed(REPORT)) == {"karim"}


def test_a_facilitator_who_reports_or_wrote_is_not_told_and_the_direction_is(world):
    world.report(world.nora)
    assert set(mailed(REPORT)) == {"karim"}
    assert world.case().escalated == NOW
    clock(NOW)
    assert set(mailed(DIGEST)) == {"helene"}


def test_without_an_active_facilitator_the_direction_is_told_within_the_half_day(world):
    User.objects.filter(username__in=["nora", "karim"]).update(last_login=NOW - 15 * DAY)
    world.report(world.bilal, now=at(24, 20))
    assert world.case().escalated == at(24, 20)
    due.tell_due(at(24, 20))
    assert mailed(DIGEST) == {"helene": at(25, 7)}


def test_a_decided_case_is_told_to_nobody_more(world):
    world.report(world.bilal)
    world.decide(world.nora, Verb.KEEP)
    clock(NOW + 3 * DAY)
    assert set(mailed(REPORT)) == {"nora"}
    assert mailed(DIGEST) == {}


# Danger ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("when", [at(24, 10), at(29, 3), at(27, 23, month=10)])
def test_danger_goes_to_facilitators_and_direction_at_once_at_any_hour(world, when):
    world.settle(joined=when - 30 * DAY, seen=when)
    GroupMember.objects.filter(group=world.group, membership=world.karim).update(declines_reports=True)
    world.report(world.bilal, ground="danger", now=when)
    assert mailed(DANGER) == {"nora": when, "helene": when}
    assert (world.case().is_danger, world.case().escalated) == (True, when)


def test_a_danger_told_later_by_the_same_person_is_told_at_once_too(world):
    world.report(world.bilal)
    assert mailed(DANGER) == {}
    world.report(world.bilal, ground="danger", now=NOW + HOUR)
    assert set(mailed(DANGER)) == {"nora", "karim", "helene"}


# What is held ---------------------------------------------------------------------------------------------


def test_held_messages_follow_the_same_clock_once_a_half_day(world):
    held = world.held(world.denis)
    Post.objects.filter(topic=world.topic, pk=held.pk).update(created=at(24, 10))
    clock(at(24, 10, 5))
    assert mailed(DIGEST) == {"nora": at(24, 10, 5)}
    Delivery.objects.filter(kind=DIGEST).update(state="sent")
    # Another one the same morning waits for the next half-day.
    other = world.held(world.bilal)
    Post.objects.filter(topic=world.topic, pk=other.pk).update(created=at(24, 11))
    clock(at(24, 11))
    assert Delivery.objects.filter(kind=DIGEST).count() == 1
    clock(at(24, 12))
    assert Delivery.objects.filter(kind=DIGEST, person=world.nora.user).count() == 2
    clock(at(25, 10))
    assert set(mailed(DIGEST)) == {"nora", "karim"}
    clock(at(26, 10))
    assert set(mailed(DIGEST)) == {"nora", "karim", "helene"}


def test_the_direction_has_the_facilitators_told_once_a_half_day(world):
    world.report(world.bilal)
    assert warn_facilitators(member(world.helene), world.case(), NOW)
    assert not warn_facilitators(member(world.helene), world.case(), NOW + HOUR)
    assert set(mailed(DIGEST)) == {"nora", "karim"}


# And the rest ---------------------------------------------------------------------------------------------


def test_a_case_whose_message_is_gone_is_void(world):
    world.report(world.bilal)
    Post.objects.filter(topic=world.topic, pk=world.post.pk).update(state=Post.State.WITHDRAWN)
    due.escalate_due(NOW)
    assert world.case().state == Case.State.VOID


def test_each_month_the_group_is_told_in_figures(world):
    world.decide(world.nora, Verb.RETURN, world.held(world.denis), kind="held")
    world.decide(world.nora, Verb.RETURN, world.held(world.bilal), kind="held")
    world.decide(world.nora, Verb.HIDE, kind="post")
    lines = GroupLine.objects.filter(group=world.group, verb__startswith="month")
    due.tell_months(at(30))
    assert lines.count() == 0
    due.tell_months(at(1, 0, 30, month=12))
    due.tell_months(at(2, month=12))
    assert [(line.verb, line.once) for line in lines] == [("month-2-1", "2026-11")]
    words = line_in_words("month-2-1", "")
    assert "2" in words
    assert "1" in words


def test_in_september_the_first_question_of_a_class_is_seen_at_once(world):
    """A class group where all are new: nothing of theirs was ever shown."""
    Post.objects.filter(topic=world.topic).update(author=None)
    world.settle(joined=NOW - HOUR)
    topic = make_topic(world.group, world.bilal, "La cantine", "Qui paie comment ?", held=True)
    assert Post.objects.filter(topic=topic).get().state == Post.State.VISIBLE
    linked = make_topic(world.group, world.chloe, "Le lien", "Voyez https://exemple.example/x", held=True)
    assert Post.objects.filter(topic=linked).get().state == Post.State.HELD


def test_who_lost_their_class_decides_nothing_any_more(world):
    def names():
        return [one.user.username for one in facilitators_of([world.group], NOW)[world.group.pk]]

    assert names() == ["nora", "karim"]
    world.karim.hats.all().update(until=NOW.date() - DAY)
    assert names() == ["nora"]
