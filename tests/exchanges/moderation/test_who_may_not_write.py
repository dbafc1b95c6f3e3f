"""Who lost the right to write judges nobody; who asked without a name changes nothing that others see."""

import datetime

import pytest
from django.utils import timezone

from accounts.models import User
from exchanges.groups import policy
from exchanges.groups.models import GroupMember
from exchanges.models import Case, Post
from exchanges.moderation import due
from exchanges.moderation.actions import decide
from exchanges.moderation.errors import IsParty, NotTheirs
from exchanges.moderation.queue import count_for, items_for_direction, items_for_facilitator
from exchanges.moderation.waiting import facilitators_of
from tests.exchanges.moderation.world import DAY, HOUR, NOW, Verb, World, at, mailed
from tests.factories import make_member, make_topic, member, seen_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db) -> World:
    return World()


# A facilitator whose right to write was taken away ----------------------------------------------------------


def muted(world, who, until=None):
    until = until or timezone.now() + DAY
    GroupMember.objects.filter(group=world.group, membership=who).update(mute_until=until)


def test_a_facilitator_who_may_not_write_here_neither_decides_nor_runs_the_group(world):
    world.report(world.bilal)
    muted(world, world.karim)
    karim, group = member(world.karim), seen_group(world.group, world.karim)
    assert not policy.can_facilitate(karim, group) and not policy.can_change(karim, group)
    assert items_for_facilitator(karim) == [] and count_for(karim) == 0
    for verb in (Verb.KEEP, Verb.HIDE_MEANWHILE, Verb.REMOVE):
        with pytest.raises(NotTheirs):
            world.decide(world.karim, verb)
    with pytest.raises(NotTheirs):
        # Not even the right of whoever took theirs away.
        decide(
            member(world.karim),
            Verb.MUTE_GROUP,
            kind="member",
            object=f"{world.group.key}/{world.nora.key}",
            ground="rude",
            until=NOW + DAY,
            now=NOW,
        )
    # Twin: the one who may write decides, and so does karim once his time is over.
    assert items_for_facilitator(member(world.nora))
    muted(world, world.karim, timezone.now() - datetime.timedelta(minutes=1))
    assert world.decide(world.karim, Verb.KEEP).hat == "facilitator"


def test_a_muted_member_wakes_no_group(world):
    muted(world, world.bilal)
    type(world.group).objects.filter(school=world.school, pk=world.group.pk).update(state="sleeping")
    assert not policy.can_wake(member(world.bilal), seen_group(world.group, world.bilal))
    assert policy.can_wake(member(world.chloe), seen_group(world.group, world.chloe))


def test_where_all_who_run_it_lost_the_right_to_write_the_direction_decides(world):
    for who in (world.nora, world.karim):
        muted(world, who)
    assert not facilitators_of([world.group], timezone.now())[world.group.pk]
    User.objects.all().update(last_login=timezone.now())
    world.report(world.bilal, now=timezone.now())
    item = items_for_direction([member(world.helene)])[0]
    assert (item.is_escalated, item.shows_text) == (True, True)
    # Nobody is put to sleep for it: in seven days at most they are back.
    assert type(world.group).objects.of_school(world.school).get(pk=world.group.pk).state == "open"


# A facilitator who asks without their name ------------------------------------------------------------------


@pytest.fixture
def crowd(world) -> World:
    """Ten people, and two questions that wait: one by somebody who runs the group, one by another parent."""
    for n in range(4):
        parent = make_member(world.school, f"parent{n}", "parent")
        GroupMember.objects.create(group=world.group, membership=parent)
    world.settle()
    world.questions = [
        Post.objects.get(
            topic=make_topic(world.group, who, "Sans nom", "Que faire ?", anonymous=True, held=True)
        )
        for who in (world.nora, world.amina)
    ]
    Post.objects.filter(topic__group=world.group, state="held").update(created=NOW)
    return world


def seen_by_direction(world, now):
    return [
        (item.kind, item.is_escalated, item.shows_text, item.can_warn, bool(item.decisions))
        for item in items_for_direction([member(world.helene)], now)
    ]


def test_the_direction_sees_the_same_line_whoever_of_the_group_asks_without_a_name(crowd):
    of_runner, of_parent = seen_by_direction(crowd, NOW + HOUR)
    assert of_runner == of_parent == ("held", False, False, True, False)
    late = at(26, 11)
    User.objects.all().update(last_login=late)
    assert seen_by_direction(crowd, late) == [("held", True, True, False, True)] * 2


def test_a_report_on_it_goes_to_the_direction_no_sooner_and_wakes_nobody_else_sooner(crowd):
    for post in crowd.questions:
        decide(member(crowd.karim), Verb.PUBLISH, kind="held", object=post.key, now=NOW)
        crowd.report(crowd.bilal, post, now=NOW)
    due.escalate_due(NOW + HOUR)
    assert not Case.objects.of_school(crowd.school).filter(escalated__isnull=False).exists()
    # nora is the first in turn for both, as if she could decide on both.
    assert set(mailed("moderation_report")) == {"nora"}
    due.tell_due(NOW + 25 * HOUR)
    assert set(mailed("moderation_report")) == {"nora", "karim"}


def test_she_decides_on_none_of_it_and_the_other_does(crowd):
    own, other = crowd.questions
    with pytest.raises(IsParty):
        decide(member(crowd.nora), Verb.PUBLISH, kind="held", object=own.key, now=NOW)
    assert [item.is_party for item in items_for_facilitator(member(crowd.nora), NOW)].count(True) == 1
    assert decide(member(crowd.karim), Verb.PUBLISH, kind="held", object=own.key, now=NOW).about == ""
    # Twin: on what somebody else asked she decides; and where she wrote with her name, it is escalated.
    assert decide(member(crowd.nora), Verb.PUBLISH, kind="held", object=other.key, now=NOW)
    mine = crowd.post_of(crowd.nora, "Je n’en peux plus.")
    crowd.report(crowd.bilal, mine, now=NOW)
    assert crowd.case(mine).escalated is not None
