"""Two people at the same moment: one decides, the other is told; two reports both count."""

import threading
from functools import partial

import pytest
from django.db import IntegrityError, connection, connections
from django.db.models import QuerySet

from exchanges.models import Decision, GroupMember, Post, Report, SecondReading
from exchanges.moderation import log
from exchanges.moderation.actions import answer_second_reading, ask_second_reading, decide, report, undo
from exchanges.moderation.errors import ModerationError
from tests.exchanges.moderation.world import NOW, Verb, World
from tests.factories import member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.serial]


def at_once(*acts) -> list[str]:
    """Run each of `acts` in a thread, all started together; return what came of each, in order."""
    start, outcomes = threading.Barrier(len(acts)), [""] * len(acts)

    def run(place: int) -> None:
        try:
            start.wait()
            acts[place]()
            outcomes[place] = "done"
        except IntegrityError:
            outcomes[place] = "refused by the database"
        except ModerationError as error:
            decision = getattr(error, "decision", None)
            outcomes[place] = f"{type(error).__name__} {decision.number if decision else ''}".strip()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.fixture
def world(transactional_db) -> World:
    world = World()
    GroupMember.objects.filter(group=world.group).update(is_facilitator=True)
    return world


def deciding(world, who, verb, key, kind="case"):
    return partial(decide, member(who), verb, kind=kind, object=key, ground="rude", now=NOW)


@pytest.mark.parametrize("first_lock", [True, False])
def test_of_several_decisions_one_stands_and_the_others_are_told_which(world, monkeypatch, first_lock):
    """Without the lock on the school's log the conditional update still lets one pass, on PostgreSQL."""
    if not first_lock:
        if connection.vendor != "postgresql":
            pytest.skip("writers stand in line on SQLite")
        monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows)
    world.facilitates(world.bilal, on=False)
    world.report(world.bilal)
    key = world.case().key
    people = (world.nora, world.karim, world.chloe, world.denis)
    verbs = (Verb.KEEP, Verb.HIDE, Verb.REWRITE, Verb.REMOVE)
    outcomes = at_once(*(deciding(world, who, verb, key) for who, verb in zip(people, verbs, strict=True)))
    assert sorted(outcomes) == ["AlreadyDecided 1"] * 3 + ["done"]
    made = Decision.objects.of_school(world.school).get()
    assert made.verb == verbs[outcomes.index("done")]
    states = {"keep": "visible", "hide": "hidden", "rewrite": "rewrite", "remove": "removed"}
    assert world.state() == states[made.verb]


def test_a_held_message_is_published_or_sent_back_by_one(world):
    world.facilitates(world.denis, on=False)
    held = world.held(world.denis)
    outcomes = at_once(
        deciding(world, world.nora, Verb.PUBLISH, held.key, "held"),
        deciding(world, world.karim, Verb.RETURN, held.key, "held"),
    )
    assert sorted(outcomes) == ["AlreadyDecided 1", "done"]
    assert world.state(held) == ("visible" if outcomes[0] == "done" else "returned")


def test_two_reports_at_the_same_moment_hide(world):
    people = [member(who) for who in (world.bilal, world.chloe)]
    acts = [partial(report, one, world.post, "rude", "", NOW) for one in people]
    assert at_once(*acts) == ["done", "done"]
    assert Report.objects.filter(case=world.case()).count() == 2
    assert world.state() == Post.State.HIDDEN


def test_a_decision_is_undone_once_and_a_reading_answered_once(world):
    GroupMember.objects.filter(group=world.group, membership__in=[world.bilal.pk, world.amina.pk]).update(
        is_facilitator=False
    )
    world.report(world.bilal)
    made = world.decide(world.nora, Verb.HIDE)
    undoers = [member(who) for who in (world.nora, world.karim, world.chloe)]
    acts = [partial(undo, one, made, now=NOW) for one in undoers]
    assert sorted(at_once(*acts)) == ["AlreadyDecided 2", "AlreadyDecided 2", "done"]
    made = world.decide(world.nora, Verb.HIDE)
    reading = ask_second_reading(member(world.amina), made, "", NOW)
    readers = [member(who) for who in (world.karim, world.chloe)]
    acts = [partial(answer_second_reading, one, reading, "reversed", now=NOW) for one in readers]
    assert sorted(at_once(*acts)) == ["AlreadyDecided 4", "done"]
    assert SecondReading.objects.of_school(world.school).count() == 1


def test_rows_added_at_the_same_moment_make_one_chain(world):
    posts = [world.post_of(world.amina, f"Message {n}") for n in range(8)]
    acts = [deciding(world, world.nora, Verb.HIDE, post.key, "post") for post in posts]
    assert at_once(*acts) == ["done"] * 8
    numbers = Decision.objects.of_school(world.school).order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 9))
    assert log.check(world.school) is None


def test_without_the_lock_the_chain_would_break(world, monkeypatch):
    """The lock bites: two rows with one number are refused by the database, and an act is lost."""
    if connection.vendor != "postgresql":
        pytest.skip("writers stand in line on SQLite")
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows)
    posts = [world.post_of(world.amina, f"Message {n}") for n in range(8)]
    acts = [deciding(world, world.nora, Verb.HIDE, post.key, "post") for post in posts]
    assert at_once(*acts).count("done") < 8
    assert log.check(world.school) is None
