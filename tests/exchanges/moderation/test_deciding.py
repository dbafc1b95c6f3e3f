"""Decisions: what each does, who may take it, that a party never does, and that the first one stands."""

import datetime

import pytest
from django.utils import timezone

from accounts.models import Membership
from exchanges.discussions.actions import withdraw
from exchanges.groups.actions.joining import let_in
from exchanges.models import Case, Decision, GroupMember, JoinRequest, JudgedText, Notice, Post
from exchanges.moderation import log
from exchanges.moderation.actions import decide, decide_many, undo
from exchanges.moderation.errors import (
    AlreadyDecided,
    CannotUndo,
    Gone,
    IsParty,
    NoGround,
    NotTheirs,
    WrongTime,
)
from exchanges.moderation.targets import member_key, request_key
from tests.exchanges.moderation.world import DAY, NOW, Verb, World, mailed
from tests.factories import make_member, make_school, make_topic, member

pytestmark = pytest.mark.django_db
State = Post.State


@pytest.fixture
def world(db) -> World:
    return World()


@pytest.fixture
def team(db) -> World:
    """The same people, in a group of parents and teachers: the direction reads it and decides there."""
    return World("parents-enseignants")


# What each does -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hidden", [False, True])
@pytest.mark.parametrize(
    ("verb", "state"),
    [
        (Verb.KEEP, State.VISIBLE),
        (Verb.WARN, State.VISIBLE),
        (Verb.HIDE, State.HIDDEN),
        (Verb.REWRITE, State.REWRITE),
        (Verb.REMOVE, State.REMOVED),
    ],
)
def test_a_decision_on_a_report_changes_the_message_and_can_be_undone(world, verb, state, hidden):
    world.report(world.bilal)
    if hidden:
        world.report(world.chloe)
    before = world.state()
    made = world.decide(world.nora, verb)
    assert world.state() == state
    assert world.case().state == Case.State.DECIDED
    assert (made.actor, made.hat, made.about) == (world.nora.user.key, "facilitator", world.amina.user.key)
    post = Post.objects.filter(topic=world.topic).get(pk=world.post.pk)
    assert post.review_due is None
    assert (post.judged is not None) is (verb in (Verb.KEEP, Verb.WARN))
    row = undo(member(world.karim), made, now=NOW)
    assert (row.verb, row.reverses) == (Verb.UNDO, made.number)
    assert world.state() == before
    assert world.case().state == Case.State.OPEN
    restored = Post.objects.filter(topic=world.topic).get(pk=world.post.pk)
    assert restored.text == "Qui accompagne vendredi ?"
    assert restored.judged is None
    # It waits again, and is decided again.
    world.decide(world.nora, Verb.KEEP)
    assert world.state() == State.VISIBLE


@pytest.mark.parametrize(("verb", "state"), [(Verb.PUBLISH, "visible"), (Verb.RETURN, "returned")])
def test_a_held_message_is_published_or_sent_back_and_waits_again_once_undone(world, verb, state):
    held = world.held(world.denis)
    made = world.decide(world.nora, verb, held, kind="held")
    assert world.state(held) == state
    undo(member(world.nora), made, now=NOW)
    assert world.state(held) == State.HELD
    world.decide(world.nora, Verb.PUBLISH, held, kind="held")
    assert world.state(held) == State.VISIBLE


def test_hidden_meanwhile_the_case_stays_open(world):
    world.report(world.bilal)
    made = world.decide(world.nora, Verb.HIDE_MEANWHILE, ground="")
    assert (world.state(), world.case().state) == (State.HIDDEN, Case.State.OPEN)
    undo(member(world.nora), made, now=NOW)
    assert world.state() == State.VISIBLE
    world.decide(world.nora, Verb.KEEP)


def test_a_discussion_is_closed_paused_until_seven_and_read_first(world):
    world.report(world.bilal)
    for verb in (Verb.CLOSE, Verb.PAUSE, Verb.MODERATE_FIRST):
        made = world.decide(world.nora, verb, ground="")
        assert (made.kind, made.object) == ("topic", world.topic.key)
        with pytest.raises(AlreadyDecided) as told:
            world.decide(world.karim, verb, ground="")
        assert told.value.decision == made
    world.topic.refresh_from_db()
    assert (world.topic.state, world.topic.moderated_first) == ("closed", True)
    assert world.topic.paused_until == datetime.datetime(2026, 11, 25, 7, tzinfo=NOW.tzinfo)
    # They decide nothing about the message.
    assert world.case().state == Case.State.OPEN


def test_facilitators_suspend_in_the_group_for_seven_days_at_most(world):
    now = timezone.now()
    world.report(world.bilal)
    for days in (8, 0, -1):
        with pytest.raises(WrongTime):
            world.decide(world.nora, Verb.MUTE_GROUP, until=now + days * DAY, now=now)
    made = world.decide(world.nora, Verb.MUTE_GROUP, until=now + 7 * DAY, now=now)
    assert seat(world, world.amina).mute_until == now + 7 * DAY
    undo(member(world.nora), made, now=now)
    assert seat(world, world.amina).mute_until is None


def test_facilitators_remove_a_member_and_let_them_back(world):
    made = decide(
        member(world.nora),
        Verb.REMOVE_MEMBER,
        kind="member",
        object=member_key(world.group, world.amina),
        ground="rude",
        now=NOW,
    )
    assert seat(world, world.amina).left is not None
    undo(member(world.nora), made, now=NOW)
    assert seat(world, world.amina).left is None


def test_the_direction_suspends_in_the_school_for_thirty_days_at_most(team):
    now = timezone.now()
    team.report(team.bilal)
    with pytest.raises(WrongTime):
        team.decide(team.helene, Verb.MUTE_SCHOOL, until=now + 31 * DAY, now=now)
    made = team.decide(team.helene, Verb.MUTE_SCHOOL, until=now + 30 * DAY, now=now, words="Trois insultes.")
    amina = Membership.objects.of_school(team.school).get(pk=team.amina.pk)
    assert (amina.suspended_until, amina.suspended_why) == (now + 30 * DAY, "Trois insultes.")
    undo(member(team.helene), made, now=now)
    amina.refresh_from_db()
    assert amina.suspended_until is None


def test_a_request_to_join_is_answered_once(world):
    eve = make_member(world.school, "eve", "parent")
    asked = JoinRequest.objects.create(group=world.group, membership=eve)
    key = request_key(asked)
    made = decide(member(world.nora), Verb.ACCEPT, kind="request", object=key, now=NOW)
    assert seat(world, eve).left is None
    with pytest.raises(AlreadyDecided) as told:
        decide(member(world.karim), Verb.REFUSE, kind="request", object=key, now=NOW)
    assert told.value.decision == made


# Who may --------------------------------------------------------------------------------------------------


def test_only_facilitators_and_the_direction_decide(team):
    team.report(team.bilal)
    for who in (team.chloe, team.denis, make_member(team.school, "eve", "parent")):
        with pytest.raises(NotTheirs):
            team.decide(who, Verb.KEEP)
    stranger = make_member(make_school("autre"), "olga", "director")
    with pytest.raises(Gone):
        team.decide(stranger, Verb.KEEP)
    assert team.decide(team.helene, Verb.KEEP).hat == "facilitator"


def test_who_suspends_where(team):
    now = timezone.now()
    team.facilitates(team.helene, on=False)
    team.report(team.bilal)
    for verb in (Verb.MUTE_GROUP, Verb.REMOVE_MEMBER):
        with pytest.raises(NotTheirs):
            team.decide(team.helene, verb, until=now + DAY, now=now)
        # The same act by whom it is for.
        made = team.decide(team.nora, verb, until=now + DAY, now=now)
        undo(member(team.nora), made, now=now)
    with pytest.raises(NotTheirs):
        team.decide(team.nora, Verb.MUTE_SCHOOL, until=now + DAY, now=now)
    assert team.decide(team.helene, Verb.MUTE_SCHOOL, until=now + DAY, now=now).hat == "director"


def test_a_title_decides_with_the_right_of_moderation_only(team):
    dora = make_member(team.school, "dora", "deputy", rights=["agenda"])
    emil = make_member(team.school, "emil", "deputy", rights=["moderation"])
    team.report(team.bilal)
    with pytest.raises(NotTheirs):
        team.decide(dora, Verb.KEEP)
    assert team.decide(emil, Verb.KEEP).hat == "deputy"


def test_somebody_suspended_decides_nothing(world):
    world.report(world.bilal)
    people = Membership.objects.of_school(world.school).filter(pk=world.nora.pk)
    people.update(suspended_until=timezone.now() + DAY)
    world.nora.refresh_from_db()
    with pytest.raises(NotTheirs):
        world.decide(world.nora, Verb.KEEP)
    people.update(suspended_until=None)
    world.nora.refresh_from_db()
    world.decide(world.nora, Verb.KEEP)


def test_what_is_told_to_the_author_needs_a_reason(world):
    world.report(world.bilal)
    for ground in ("", "because"):
        with pytest.raises(NoGround):
            world.decide(world.nora, Verb.HIDE, ground=ground)
    world.decide(world.nora, Verb.KEEP, ground="")


# A party never decides ------------------------------------------------------------------------------------


def test_author_reporter_and_person_named_never_decide(world):
    mine = world.post_of(world.nora, "Je n’en peux plus.")
    world.report(world.bilal, mine)
    with pytest.raises(IsParty):
        world.decide(world.nora, Verb.KEEP, mine)
    world.decide(world.karim, Verb.KEEP, mine)

    reported = world.post_of(world.chloe)
    world.report(world.karim, reported)
    with pytest.raises(IsParty):
        world.decide(world.karim, Verb.KEEP, reported)
    world.decide(world.nora, Verb.KEEP, reported)

    named = world.post_of(world.denis, "Karim ne répond jamais, à personne.")
    world.report(world.bilal, named)
    with pytest.raises(IsParty):
        world.decide(world.karim, Verb.KEEP, named)
    world.decide(world.nora, Verb.KEEP, named)


def test_who_asked_without_a_name_never_decides_on_it(world):
    world.facilitates(world.amina)
    more = [make_member(world.school, f"p{n}", "parent") for n in range(4)]
    for one in more:
        let_in(world.group, one)
    topic = make_topic(world.group, world.amina, "Sans nom", "Comment dire…", anonymous=True, held=True)
    question = Post.objects.filter(topic=topic).get()
    with pytest.raises(IsParty):
        world.decide(world.amina, Verb.PUBLISH, question, kind="held")
    made = world.decide(world.nora, Verb.PUBLISH, question, kind="held")
    assert made.about == ""
    # Once shown it stays as it was written (RULES §2): nobody can be asked to write it otherwise.
    world.report(world.bilal, question)
    with pytest.raises(NotTheirs):
        world.decide(world.nora, Verb.REWRITE, question)
    assert world.decide(world.nora, Verb.HIDE, question).verb == Verb.HIDE


def test_the_author_is_led_from_the_message_to_what_was_decided(world, sign_in):
    world.report(world.bilal)
    made = world.decide(world.nora, Verb.HIDE)
    where = f"/ecoles/{world.school.slug}/groupes/{world.group.key}/{world.topic.key}/"
    assert f"/decisions/{made.number}/" in sign_in(world.amina.user).get(where).text
    assert "/decisions/" not in sign_in(world.bilal.user).get(where).text


# The first stands -----------------------------------------------------------------------------------------


def test_the_second_is_told_whose_decision_stands(world):
    world.report(world.bilal)
    first = world.decide(world.nora, Verb.REWRITE)
    for verb in (Verb.KEEP, Verb.HIDE, Verb.REMOVE):
        with pytest.raises(AlreadyDecided) as told:
            world.decide(world.karim, verb)
        assert told.value.decision == first
    assert Decision.objects.of_school(world.school).count() == 1


def test_what_its_author_took_back_is_nobodys_to_decide(world):
    world.report(world.bilal)
    withdraw(world.post, by=member(world.amina))
    with pytest.raises(Gone):
        world.decide(world.nora, Verb.KEEP)


def test_only_the_last_decision_is_undone_and_once(world):
    world.report(world.bilal)
    first = world.decide(world.nora, Verb.HIDE)
    undo(member(world.nora), first, now=NOW)
    with pytest.raises(AlreadyDecided):
        undo(member(world.nora), first, now=NOW)
    world.decide(world.nora, Verb.REWRITE)
    with pytest.raises(AlreadyDecided):
        undo(member(world.nora), first, now=NOW)


def test_a_facilitator_does_not_undo_what_the_direction_decided(team):
    team.facilitates(team.helene, on=False)
    team.report(team.bilal)
    made = team.decide(team.helene, Verb.HIDE)
    with pytest.raises(NotTheirs):
        undo(member(team.nora), made, now=NOW)
    undo(member(team.helene), made, now=NOW)


def test_what_changed_since_is_not_undone(world):
    world.report(world.bilal)
    made = world.decide(world.nora, Verb.REMOVE)
    JudgedText.objects.of_school(world.school).delete()
    with pytest.raises(CannotUndo):
        undo(member(world.nora), made, now=NOW)


def test_thirty_cases_in_bulk_and_one_that_is_refused_stops_no_other(team):
    team.facilitates(team.helene, on=False)
    posts = [team.post_of(team.amina, f"Message {n}") for n in range(30)]
    for post in posts:
        team.report(team.bilal, post)
    team.decide(team.nora, Verb.KEEP, posts[7])
    things = [("case", team.case(post).key) for post in posts]
    outcomes = decide_many(member(team.helene), Verb.HIDE, things, ground="rude", now=NOW)
    assert [bool(one.decision) for one in outcomes] == [n != 7 for n in range(30)]
    assert outcomes[7].error.decision.verb == Verb.KEEP
    assert {team.state(post) for n, post in enumerate(posts) if n != 7} == {State.HIDDEN}
    assert log.check(team.school) is None


# What the author is told ----------------------------------------------------------------------------------


def test_the_author_is_told_in_delivery_hours_and_nobody_of_what_was_kept(world):
    world.report(world.bilal)
    made = world.decide(world.nora, Verb.KEEP)
    assert not Notice.objects.filter(person=world.amina.user, kind="decision").exists()
    undo(member(world.nora), made, now=NOW)
    late = NOW.replace(hour=22)
    hidden = world.decide(world.nora, Verb.HIDE, now=late)
    notice = Notice.objects.get(
        person=world.amina.user, kind="decision", object__endswith=f"-{hidden.number}"
    )
    assert notice.address == f"/ecoles/jean-moulin/decisions/{hidden.number}/"
    assert mailed("moderation_decision") == {"amina": NOW.replace(day=25, hour=7)}


def seat(world: World, membership) -> GroupMember:
    return GroupMember.objects.filter(group=world.group).get(membership=membership)
