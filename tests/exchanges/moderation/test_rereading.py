"""A second reading: once, within 30 days, by the first who is neither party nor decider (RULES §4)."""

import pytest

from exchanges.models import Decision, Notice, Post, SecondReading
from exchanges.moderation.actions import answer_second_reading, ask_second_reading, undo
from exchanges.moderation.errors import AlreadyDecided, CannotAskAgain, IsParty, NotTheirs
from exchanges.moderation.queue import items_for_direction, items_for_facilitator, items_for_host
from tests.exchanges.moderation.world import DAY, NOW, Verb, World, mailed
from tests.factories import make_member, member, person_with_role

pytestmark = pytest.mark.django_db
UPHELD, REVERSED, NOBODY = SecondReading.Outcome.UPHELD, "reversed", "nobody"


@pytest.fixture
def world(db) -> World:
    return World()


def ask(world, decision, who=None, now=NOW):
    return ask_second_reading(member(who or world.amina), decision, "Je parlais de la sortie.", now)


def hidden(world, by):
    world.report(world.bilal)
    return world.decide(by, Verb.HIDE)


def test_the_other_facilitator_reads_again_and_reverses(world):
    decision = hidden(world, world.nora)
    reading = ask(world, decision)
    assert (reading.reader, reading.outcome) == ("facilitator", "")
    assert [item.kind for item in items_for_facilitator(member(world.karim), NOW)] == ["reading"]
    assert items_for_facilitator(member(world.nora), NOW) == []
    with pytest.raises(IsParty):
        answer_second_reading(member(world.nora), reading, REVERSED, now=NOW)
    row = answer_second_reading(member(world.karim), reading, REVERSED, now=NOW)
    assert (row.verb, row.reverses, row.actor) == ("reversed", decision.number, world.karim.user.key)
    assert world.state() == Post.State.VISIBLE
    # Answered, the case is closed.
    assert world.case().state == "decided"
    assert Notice.objects.filter(person=world.amina.user, kind="reading").exists()
    assert mailed("moderation_reading") == {"amina": NOW}
    with pytest.raises(AlreadyDecided):
        answer_second_reading(member(world.karim), reading, UPHELD, now=NOW)


def test_upheld_all_stays_and_nobody_asks_twice(world):
    decision = hidden(world, world.nora)
    answer_second_reading(member(world.karim), ask(world, decision), UPHELD, now=NOW)
    assert world.state() == Post.State.HIDDEN
    with pytest.raises((CannotAskAgain, AlreadyDecided)):
        ask(world, decision)


def test_only_the_author_and_only_for_thirty_days(world):
    decision = hidden(world, world.nora)
    for who in (world.bilal, world.karim, world.helene):
        with pytest.raises(CannotAskAgain):
            ask(world, decision, who)
    with pytest.raises(CannotAskAgain):
        ask(world, decision, now=NOW + 31 * DAY)
    ask(world, decision, now=NOW + 30 * DAY)
    with pytest.raises(CannotAskAgain):
        ask(world, decision, now=NOW + 30 * DAY)


def test_what_was_undone_or_kept_is_not_read_again(world):
    decision = hidden(world, world.nora)
    undo(member(world.nora), decision, now=NOW)
    with pytest.raises(AlreadyDecided):
        ask(world, decision)
    kept = world.decide(world.nora, Verb.KEEP)
    with pytest.raises(CannotAskAgain):
        ask(world, kept)


def test_without_another_facilitator_the_director_reads(world):
    world.facilitates(world.karim, on=False)
    reading = ask(world, hidden(world, world.nora))
    assert reading.reader == "director"
    item = items_for_direction([member(world.helene)], NOW)[0]
    assert (item.kind, item.shows_text, item.post) == ("reading", True, world.post)
    with pytest.raises(NotTheirs):
        answer_second_reading(member(world.bilal), reading, UPHELD, now=NOW)
    assert answer_second_reading(member(world.helene), reading, REVERSED, now=NOW).hat == "director"


def test_a_facilitator_who_reported_does_not_read_it(world):
    world.report(world.karim)
    world.report(world.bilal)
    reading = ask(world, world.decide(world.nora, Verb.REMOVE))
    assert reading.reader == "director"


def test_the_director_decided_so_a_deputy_and_then_the_host_reads(world):
    world.facilitates(world.karim, on=False)
    world.report(world.nora)
    decision = world.decide(world.helene, Verb.REMOVE)
    world.facilitates(world.nora, on=False)
    marc = person_with_role("marc", "host_moderator")
    emil = make_member(world.school, "emil", "deputy", rights=["moderation"])
    emil.hats.all().update(since=NOW.date())
    assert ask(world, decision).reader == "deputy"
    SecondReading.objects.of_school(world.school).delete()
    emil.hats.all().delete()
    reading = ask(world, decision)
    assert reading.reader == "host"
    assert [item.reading for item in items_for_host(NOW)] == [reading]
    with pytest.raises(NotTheirs):
        answer_second_reading(None, reading, UPHELD, by_host=person_with_role("claire", "curator"))
    row = answer_second_reading(None, reading, REVERSED, now=NOW, by_host=marc)
    assert row.hat == "host_moderator"
    assert Post.objects.filter(topic=world.topic).get(pk=world.post.pk).text == "Qui accompagne vendredi ?"


def test_where_there_is_nobody_it_is_said_at_once(world):
    world.facilitates(world.karim, on=False)
    world.report(world.nora)
    decision = world.decide(world.helene, Verb.REMOVE)
    world.facilitates(world.nora, on=False)
    reading = ask(world, decision)
    assert (reading.outcome, reading.answered) == (NOBODY, NOW)
    assert Decision.objects.of_school(world.school).count() == 1
