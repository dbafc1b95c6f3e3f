"""The queues: what facilitators see, and what the direction sees of a parents' group (RULES §3)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from exchanges.groups.models import GroupLine
from exchanges.models import Decision, GroupMember, JoinRequest, Post
from exchanges.moderation import due
from exchanges.moderation.actions import decide, open_text
from exchanges.moderation.errors import NotTheirs
from exchanges.moderation.items import Item
from exchanges.moderation.models import Ground
from exchanges.moderation.queue import count_for, item_of, items_for_direction, items_for_facilitator
from exchanges.moderation.targets import request_key
from tests.exchanges.moderation.world import DAY, NOW, Verb, World, at
from tests.factories import make_member, make_school, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db) -> World:
    return World()


def own(world, who, now=NOW):
    return items_for_facilitator(member(who), now)


def school(world, now=NOW):
    return items_for_direction([member(world.helene)], now)


# Facilitators ---------------------------------------------------------------------------------------------


def test_facilitators_see_reports_held_messages_and_requests_of_their_groups(world):
    held = world.held(world.denis)
    asked = JoinRequest.objects.create(
        group=world.group, membership=make_member(world.school, "eve", "parent")
    )
    world.report(world.bilal, words="Elle parle de ma fille.")
    items = own(world, world.nora)
    assert {(item.kind, item.key) for item in items} == {
        ("case", world.case().key),
        ("held", held.key),
        ("request", request_key(asked)),
    }
    case = item_of(items, "case", world.case().key)
    assert (case.grounds, case.said) == ([str(Ground.RUDE.label)], ["Elle parle de ma fille."])
    assert case.post.text == "Qui accompagne vendredi ?"
    assert set(case.decisions) == {"keep", "hide", "rewrite", "remove", "warn", "hide_meanwhile"}
    assert set(case.beside) == {"close", "pause", "moderate_first", "mute_group", "remove_member"}
    assert set(item_of(items, "held", held.key).decisions) == {"publish", "return"}
    assert count_for(member(world.nora)) == 3
    assert count_for(member(world.bilal)) == 0
    assert own(world, world.bilal) == []


def test_a_party_sees_that_something_waits_and_nothing_of_it(world):
    mine = world.post_of(world.nora, "Je n’en peux plus.")
    world.report(world.bilal, mine, words="Elle exagère.")
    item = own(world, world.nora)[0]
    assert (item.is_party, item.post, item.said, item.decisions, item.beside) == (True, None, [], (), ())
    other = own(world, world.karim)[0]
    assert (other.is_party, other.post) == (False, mine)


def test_up_to_three_shown_messages_before_it_and_never_one_that_is_hidden(world):
    posts = [world.post_of(world.bilal, f"Message {n}") for n in range(5)]
    Post.objects.filter(topic=world.topic, pk=posts[2].pk).update(state="hidden")
    world.report(world.chloe, posts[4])
    item = own(world, world.nora)[0]
    assert [post.text for post in item.before] == ["Message 1", "Message 3"]


def test_a_queue_of_thirty_costs_as_many_queries_as_one(world):
    world.report(world.bilal)
    JoinRequest.objects.create(group=world.group, membership=make_member(world.school, "eve", "parent"))
    world.held(world.denis)
    one = member(world.nora)
    with CaptureQueriesContext(
        connection,
    ) as few:
        items_for_facilitator(one, NOW)
    for n in range(30):
        world.report(world.bilal, world.post_of(world.chloe, f"Message {n}")) if n % 2 else None
        who = make_member(world.school, f"e{n}", "parent")
        JoinRequest.objects.create(group=world.group, membership=who)
    with CaptureQueriesContext(connection) as many:
        assert len(items_for_facilitator(one, NOW)) > 40
    assert len(many) == len(few) <= 5
    helene = member(world.helene)
    with CaptureQueriesContext(connection) as many:
        items_for_direction([helene], NOW)
    assert len(many) <= 6
    with CaptureQueriesContext(connection) as count:
        count_for(one)
    assert len(count) == 1


# The direction, of a parents' group ----------------------------------------------------------------------


def test_a_report_among_parents_is_a_line_without_text_until_escalated(world):
    world.report(world.bilal, words="Elle parle de ma fille.")
    held = world.held(world.denis)
    Post.objects.filter(topic=world.topic, pk=held.pk).update(created=NOW)
    for item in school(world):
        assert (item.group, item.since, item.shows_text) == (world.group, NOW, False)
        assert (item.post, item.before, item.said, item.decisions, item.beside) == (None, [], [], (), ())
        assert item.can_warn
    with pytest.raises(NotTheirs):
        open_text(member(world.helene), world.case(), NOW)
    for verb in (Verb.KEEP, Verb.HIDE, Verb.CLOSE):
        with pytest.raises(NotTheirs):
            world.decide(world.helene, verb)
    with pytest.raises(NotTheirs):
        world.decide(world.helene, Verb.PUBLISH, held, kind="held")
    with pytest.raises(NotTheirs):
        decide(member(world.helene), Verb.HIDE, kind="post", object=world.post.key, ground="rude", now=NOW)


@pytest.mark.parametrize("why", ["48 hours", "danger", "nobody active", "a facilitator is a party"])
def test_escalated_the_text_shows_and_its_opening_is_logged_and_told_once(world, why):
    now = NOW
    if why == "nobody active":
        User.objects.filter(username__in=["nora", "karim"]).update(last_login=NOW - 15 * DAY)
    reporter = world.karim if why == "a facilitator is a party" else world.bilal
    world.report(reporter, ground="danger" if why == "danger" else "rude")
    if why == "48 hours":
        now = at(26, 10)
        User.objects.all().update(last_login=now)
    item = school(world, now)[0]
    assert (item.is_escalated, item.shows_text, item.needs_opening) == (True, True, True)
    assert item.post.text == "Qui accompagne vendredi ?"
    assert "mute_group" not in item.beside
    for _again in range(2):
        open_text(member(world.helene), item, now)
    rows = Decision.objects.of_school(world.school).filter(verb=Verb.OPEN_TEXT)
    assert [(row.actor, row.hat, row.case) for row in rows] == [
        (world.helene.user.key, "director", world.case().key)
    ]
    assert GroupLine.objects.filter(group=world.group, verb="open_text", hat="director").count() == 1
    emil = make_member(world.school, "emil", "deputy", rights=["moderation"])
    open_text(member(emil), world.case(), now)
    assert set(rows.all().values_list("actor", flat=True)) == {world.helene.user.key, emil.user.key}
    made = world.decide(world.helene, Verb.HIDE, now=now)
    assert made.hat == "director"


def test_held_messages_and_requests_among_parents_follow_the_same_rule(world):
    held = world.held(world.denis)
    Post.objects.filter(topic=world.topic, pk=held.pk).update(created=NOW)
    asked = JoinRequest.objects.create(
        group=world.group, membership=make_member(world.school, "eve", "parent"), at=NOW
    )
    assert not any(item.shows_text for item in school(world, at(26, 9)))
    late = at(26, 10)
    User.objects.all().update(last_login=late)
    items = school(world, late)
    assert all(item.shows_text and item.needs_opening for item in items)
    open_text(member(world.helene), item_of(items, "held", held.key), late)
    assert world.decide(world.helene, Verb.PUBLISH, held, kind="held", now=late).hat == "director"
    decide(member(world.helene), Verb.ACCEPT, kind="request", object=request_key(asked), now=late)
    assert GroupMember.objects.filter(group=world.group, membership=asked.membership).exists()


def test_a_case_decided_by_parents_is_never_shown_to_the_direction(world):
    world.report(world.bilal)
    world.decide(world.nora, Verb.KEEP)
    late = NOW + 10 * DAY
    due.escalate_due(late)
    assert school(world, late) == []
    with pytest.raises(NotTheirs):
        open_text(member(world.helene), world.case(), late)


def test_what_nobody_reported_among_parents_is_never_the_directions(world):
    late = NOW + 30 * DAY
    post = {"kind": "post", "object": world.post.key, "ground": "rude", "now": late}
    topic = {"kind": "topic", "object": world.topic.key, "now": late}
    for verb, said in [(Verb.HIDE, post), (Verb.REMOVE, post), (Verb.CLOSE, post), (Verb.CLOSE, topic)]:
        with pytest.raises(NotTheirs):
            decide(member(world.helene), verb, **said)
    with pytest.raises(NotTheirs):
        open_text(member(world.helene), Item("held", world.post.key, world.school, world.group, NOW), late)
    decide(member(world.nora), Verb.HIDE, **post)


def test_in_other_circles_text_shows_at_once_and_nothing_is_logged():
    world = World("parents-enseignants")
    world.facilitates(world.helene, on=False)
    world.report(world.bilal)
    item = school(world)[0]
    assert (item.shows_text, item.needs_opening, item.can_warn) == (True, False, False)
    assert open_text(member(world.helene), item, NOW) is None
    assert Decision.objects.of_school(world.school).count() == 0


def test_the_direction_of_another_school_sees_nothing(world):
    world.report(world.bilal, ground="danger")
    other = make_member(make_school("autre"), "olga", "director")
    assert items_for_direction([member(other)], NOW) == []
    assert count_for(member(other)) == 0
    assert len(items_for_direction([member(world.helene), member(other)], NOW)) == 1
