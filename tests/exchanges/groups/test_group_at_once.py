"""Several act on one group in the same moment: what is left is what one act after the other would leave."""

import pytest
from django.test import Client
from django.urls import reverse

from exchanges.discussions import actions as discussions
from exchanges.discussions.errors import NoLonger
from exchanges.groups import actions
from exchanges.groups.models import Group, GroupInvitation, GroupLine, GroupMember
from exchanges.models import Post
from tests.at_once import at_once
from tests.factories import make_group, make_member, make_school, make_topic, member, seen_group

pytestmark = [pytest.mark.serial, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def school():
    made = make_school()
    for name in ("amina", "karim", "lea", "nora"):
        setattr(made, name, make_member(made, name, "parent"))
    return made


@pytest.fixture
def group(school):
    return make_group(school.amina, members=[school.karim, school.lea], moderation="after")


def seats_of(group, membership):
    return GroupMember.objects.filter(group=group, membership=membership)


def signed_in(membership):
    client = Client()
    client.force_login(membership.user)
    return client


def test_joining_in_three_tabs_is_joining_once(school, group):
    who = member(school.nora)
    assert at_once(*[lambda: actions.join(who, group)] * 3) == [None] * 3
    assert seats_of(group, school.nora).present().count() == 1


def test_two_who_accept_the_same_address_are_both_in_and_one_in_two_tabs_once(school, group):
    other = make_member(school, "omar", "parent")
    key = actions.renew_address(group, by=member(school.amina))
    address = reverse("group_invitation", args=[school.slug, key])
    asked = actions.invite(group, school.nora, by=member(school.amina))
    answers = []

    def accepts(client):
        sent = {"act": "join", "edition": str(group.charter_edition)}
        answers.append(client.post(address, sent).status_code)

    clients = [signed_in(who) for who in (school.nora, school.nora, other)]
    assert at_once(*(lambda one=one: accepts(one) for one in clients)) == [None] * 3
    assert answers == [302] * 3
    assert [seats_of(group, who).present().count() for who in (school.nora, other)] == [1, 1]
    assert not GroupInvitation.objects.filter(group=group, pk=asked.pk).exists()


def test_the_last_who_runs_it_leaves_while_somebody_else_is_named_and_it_is_open(school, group):
    """Whoever is first: it is asleep only if nobody runs it."""
    for _time in range(4):
        named = member(school.amina)
        acts = (
            lambda: actions.leave(group, school.amina),
            lambda by=named: actions.name_facilitator(seen_group(group, school.lea), school.lea, by=by),
        )
        assert at_once(*acts) == [None, None]
        group.refresh_from_db()
        assert group.state == Group.State.OPEN
        assert list(GroupMember.objects.facilitators(group).values_list("membership", flat=True)) == [
            school.lea.pk
        ]
        actions.join(member(school.amina), group)
        actions.name_facilitator(group, school.amina, by=None)
        actions.step_down(group, school.lea)


def test_named_just_after_the_last_left_it_wakes(school, group):
    seen = seen_group(group, school.lea)
    assert actions.leave(group, school.amina)
    assert Group.objects.of_school(school).get().state == Group.State.SLEEPING
    assert actions.name_facilitator(seen, school.lea, by=member(school.amina))
    assert Group.objects.of_school(school).get().state == Group.State.OPEN
    assert GroupLine.objects.filter(group=group, verb="woken").count() == 1


def test_both_who_run_it_leave_at_once_and_it_sleeps_once(school, group):
    actions.name_facilitator(group, school.karim, by=None)
    acts = [lambda who=who: actions.leave(group, who) for who in (school.amina, school.karim)]
    assert at_once(*acts) == [None, None]
    group.refresh_from_db()
    assert group.state == Group.State.SLEEPING
    assert GroupLine.objects.filter(group=group, verb="slept").count() == 1


def answers(group, topic, who, text="Une réponse."):
    """An act: `who` answers under what they saw when they began."""
    seen, person = seen_group(group, who), member(who)

    def act():
        own = type(topic).objects.filter(group=topic.group_id).get(pk=topic.pk)
        own.group = seen
        discussions.reply(person, own, {"text": text})

    return act


def test_whoever_is_put_out_while_they_write_is_told_and_nothing_of_theirs_comes_after(school, group):
    topic = make_topic(group, school.amina)
    writes = answers(group, topic, school.karim)
    (refused, nothing) = at_once(writes, lambda: actions.remove_member(group, school.karim))
    assert nothing is None and (refused is None or isinstance(refused, NoLonger))
    assert Post.objects.of_topic(topic).lines().count() == (1 if refused else 2)
    # Afterwards, with the page they had open: refused, and no number is lost.
    with pytest.raises(NoLonger):
        writes()
    answers(group, topic, school.lea)()
    last = Post.objects.of_topic(topic).order_by("-number").first()
    assert last.number == Post.objects.of_topic(topic).lines().count()


def test_a_group_that_falls_asleep_while_somebody_writes_takes_nothing_more(school, group):
    topic = make_topic(group, school.karim)
    acts = [answers(group, topic, who) for who in (school.karim, school.lea)]
    raised = at_once(*acts, lambda: actions.step_down(group, school.amina))
    assert raised[2] is None and all(one is None or isinstance(one, NoLonger) for one in raised)
    assert Post.objects.of_topic(topic).lines().count() == 1 + raised[:2].count(None)
    for writes in acts:
        with pytest.raises(NoLonger):
            writes()


def test_the_same_answer_sent_from_two_tabs_is_shown_once_and_both_come_to_it(school, group):
    topic = make_topic(group, school.amina)
    address = reverse("reply", args=[school.slug, group.key, topic.key])
    sent = {"text": "Il est sur la porte.", "client_key": "ab" * 16}
    came_to = []

    def presses(client):
        came_to.append(client.post(address, sent).headers.get("Location"))

    tabs = [signed_in(school.karim) for _ in range(2)]
    assert at_once(*(lambda tab=tab: presses(tab) for tab in tabs)) == [None, None]
    assert Post.objects.of_topic(topic).lines().count() == 2
    assert came_to[0] == came_to[1] and came_to[0].endswith("#message-2")
