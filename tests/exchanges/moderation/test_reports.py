"""Two distinct members of seven days hide a message; nobody else does, and nothing judged goes twice."""

import datetime

import pytest

from accounts.models import Membership
from exchanges.groups.actions.joining import let_in
from exchanges.models import GroupMember, Notice, Post, Report
from tests.exchanges.moderation.world import DAY, NOW, Verb, World
from tests.factories import make_member, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db) -> World:
    return World()


def test_two_people_hide_a_message_until_it_is_read(world):
    world.report(world.bilal)
    assert world.state() == Post.State.VISIBLE
    world.report(world.chloe)
    assert world.state() == Post.State.HIDDEN
    assert world.case().hidden == NOW


def test_the_same_person_twice_does_not(world):
    world.report(world.bilal)
    world.report(world.bilal, ground="insult")
    assert Report.objects.filter(case=world.case()).count() == 1
    assert world.state() == Post.State.VISIBLE


def test_nobody_hides_in_their_first_seven_days_to_the_minute(world):
    week = datetime.timedelta(days=7)
    world.joined(world.chloe, NOW - week + datetime.timedelta(minutes=1))
    world.report(world.bilal)
    world.report(world.chloe)
    assert world.state() == Post.State.VISIBLE
    world.joined(world.denis, NOW - week)
    world.report(world.denis)
    assert world.state() == Post.State.HIDDEN


def test_a_suspended_person_reports_and_does_not_hide(world):
    people = Membership.objects.filter(school=world.school, pk=world.chloe.pk)
    people.update(suspended_until=NOW + DAY)
    world.chloe.refresh_from_db()
    world.report(world.bilal)
    world.report(world.chloe)
    assert Report.objects.filter(case=world.case()).count() == 2
    assert world.state() == Post.State.VISIBLE
    people.update(suspended_until=NOW - DAY)
    other = world.post_of(world.amina)
    world.report(world.bilal, other)
    world.report(world.chloe, other)
    assert world.state(other) == Post.State.HIDDEN


def test_somebody_muted_in_the_group_does_not_hide_meanwhile(world):
    seat = GroupMember.objects.filter(group=world.group, membership=world.chloe)
    seat.update(mute_until=NOW + DAY)
    world.report(world.bilal)
    world.report(world.chloe)
    assert world.state() == Post.State.VISIBLE
    seat.update(mute_until=NOW - DAY)
    other = world.post_of(world.amina)
    world.report(world.bilal, other)
    world.report(world.chloe, other)
    assert world.state(other) == Post.State.HIDDEN


def test_the_author_does_not_hide_not_even_without_a_name(world):
    more = [make_member(world.school, f"parent{n}", "parent") for n in range(4)]
    for one in more:
        let_in(world.group, one)
    world.settle()
    topic = make_topic(world.group, world.amina, "Sans mon nom", "Comment dire…", anonymous=True)
    question = Post.objects.filter(topic=topic).get()
    world.report(world.amina, question)
    world.report(world.bilal, question)
    assert world.state(question) == Post.State.VISIBLE
    world.report(world.chloe, question)
    assert world.state(question) == Post.State.HIDDEN


def test_a_pair_hides_two_messages_in_thirty_days(world):
    posts = [world.post_of(world.amina, f"Message {n}") for n in range(4)]
    for post in posts[:3]:
        world.report(world.bilal, post)
        world.report(world.chloe, post)
    assert [world.state(post) for post in posts[:3]] == ["hidden", "hidden", "visible"]
    # A third person is another pair.
    world.report(world.denis, posts[2])
    assert world.state(posts[2]) == Post.State.HIDDEN
    later = NOW + 31 * DAY
    world.report(world.bilal, posts[3], now=later)
    world.report(world.chloe, posts[3], now=later)
    assert world.state(posts[3]) == Post.State.HIDDEN


def test_a_message_kept_by_a_decision_is_hidden_again_only_once_changed(world):
    world.report(world.bilal)
    world.report(world.chloe)
    world.decide(world.nora, Verb.KEEP)
    assert world.state() == Post.State.VISIBLE
    later = NOW + DAY
    for who in (world.bilal, world.chloe, world.denis):
        world.report(who, now=later)
    assert world.state() == Post.State.VISIBLE
    Post.objects.filter(topic=world.topic, pk=world.post.pk).update(edited=later)
    world.report(world.karim, now=later + DAY)
    assert world.state() == Post.State.HIDDEN


def test_publishing_what_was_held_is_no_such_decision(world):
    held = world.held(world.denis)
    world.decide(world.nora, Verb.PUBLISH, held, kind="held")
    world.report(world.bilal, held)
    world.report(world.chloe, held)
    assert world.state(held) == Post.State.HIDDEN


def test_hiding_takes_back_what_told_of_the_message(world):
    answer = world.post_of(world.bilal)
    told = Notice.objects.filter(person=world.amina.user, kind="reply", object=answer.key)
    assert told.exists()
    world.report(world.chloe, answer)
    world.report(world.denis, answer)
    assert not told.exists()


def test_nobody_is_told_of_a_message_that_waits(world):
    held = world.held(world.bilal)
    assert not Notice.objects.filter(object=held.key).exists()
    world.decide(world.nora, Verb.PUBLISH, held, kind="held")
    assert Notice.objects.filter(person=world.amina.user, object=held.key).exists()
