"""What is new for one person: by school, what to answer and what to know; nothing they could not open."""

import datetime
import re

import pytest
from django.utils import timezone

from accounts.schools.actions.hats import end_hat, give_hat
from accounts.schools.actions.standing import restrict
from accounts.schools.models import Hat
from exchanges.discussions import actions as discussions
from exchanges.groups import actions as groups
from exchanges.letter.whats_new import whats_new
from exchanges.moderation.actions import report
from exchanges.notifications.actions import mark_read, notify, read_notice
from tests.factories import make_group, make_member, make_post, make_school, make_topic, member

pytestmark = pytest.mark.django_db
TITLE = "Qui a le mot de la kermesse ?"


@pytest.fixture
def school():
    return make_school(classes=("CP A", "CE1 A"))


@pytest.fixture
def people(school):
    names = ("amina", "bilal", "chloe")
    return {name: make_member(school, name, "parent", display_name=name.title()) for name in names}


@pytest.fixture
def group(people):
    return make_group(people["bilal"], members=[people["amina"], people["chloe"]], name="Parents du matin")


def news_of(membership):
    return whats_new(membership.user, [member(membership)])[membership.school.pk]


def told(membership):
    """Every title, of what is to answer, to know, and new by group."""
    found = news_of(membership)
    return [item.title for item in (*found.answer, *found.news, *found.fresh)]


def test_new_discussions_are_told_by_group_until_they_are_read(group, people):
    first = make_topic(group, people["bilal"], TITLE)
    second = make_topic(group, people["chloe"], "Qui garde Léo mercredi ?")
    amina = people["amina"]

    (item,) = news_of(amina).fresh
    assert "2" in item.title
    assert "Parents du matin" in item.title
    assert "Qui garde Léo mercredi ?" in item.text, "the latest"
    assert [(one.name, one.fresh) for one in news_of(amina).groups] == [("Parents du matin", 2)]

    mark_read(amina.user, "topic", second.pk, 1, timezone.now())
    (item,) = news_of(amina).fresh
    assert item.text == TITLE
    mark_read(amina.user, "topic", first.pk, 1, timezone.now())
    assert news_of(amina).fresh == []
    assert [one.fresh for one in news_of(amina).groups] == [0]


def test_ones_own_discussion_is_no_news_nor_what_came_before_one_joined_or_long_ago(group, people, school):
    make_topic(group, people["amina"], "La mienne")
    assert news_of(people["amina"]).fresh == []
    make_topic(group, people["bilal"], "Avant elle")
    late = make_member(school, "david", "parent")
    groups.join(member(late), group)
    assert news_of(late).fresh == []
    long_ago = timezone.now() - datetime.timedelta(days=31)
    group.members.filter(membership=people["chloe"]).update(joined=long_ago - datetime.timedelta(days=9))
    make_topic(group, people["bilal"], "Vieille", created=long_ago, active=long_ago)
    assert "Vieille" not in str(news_of(people["chloe"]))


def test_somebody_i_no_longer_see_makes_no_news(group, people):
    make_topic(group, people["bilal"], TITLE)
    groups.fold(people["amina"], people["bilal"])
    assert news_of(people["amina"]).fresh == []
    assert len(news_of(people["chloe"]).fresh) == 1


def test_answers_to_my_question_and_thanks_are_told_with_the_name_until_seen(group, people, sign_in):
    topic = make_topic(group, people["amina"], TITLE)
    post = make_post(topic, people["bilal"])
    (item,) = news_of(people["amina"]).news
    assert "Bilal" in item.title
    assert TITLE in item.title

    discussions.thank(post, people["amina"], True)
    (thanked,) = news_of(people["bilal"]).news
    assert "Amina" in thanked.title
    answer = sign_in(people["bilal"].user).get(thanked.url)
    assert answer.status_code == 302
    assert answer.url.endswith(f"/{topic.key}/message/2/")
    assert news_of(people["bilal"]).news == []

    mark_read(people["amina"].user, "topic", topic.pk, 1, timezone.now())
    assert len(news_of(people["amina"]).news) == 1, "read so far, not to the answer"
    mark_read(people["amina"].user, "topic", topic.pk, 2, timezone.now())
    assert news_of(people["amina"]).news == []


def test_what_was_told_to_somebody_else_leads_nowhere(group, people, sign_in):
    make_post(make_topic(group, people["amina"], TITLE), people["bilal"])
    (item,) = news_of(people["amina"]).news
    assert sign_in(people["bilal"].user).get(item.url).status_code == 404
    assert len(news_of(people["amina"]).news) == 1


def test_a_message_that_came_back_is_told(people, school):
    notify(
        people["amina"].user,
        "decision",
        "1-1",
        address="/ecoles/jean-moulin/decisions/1/",
        title="Revenu",
        school=school,
    )
    assert told(people["amina"]) == ["Revenu"]
    read_notice(people["amina"].user, "decision", "1-1")
    assert told(people["amina"]) == []


def test_a_held_or_hidden_discussion_is_told_to_nobody_but_who_rereads_it(group, people):
    topic = make_topic(group, people["amina"], TITLE)
    discussions.hide(topic.posts.get())
    assert TITLE not in " ".join(told(people["chloe"]))
    make_topic(group, people["amina"], "Retenue", held=True, is_visible=False)
    assert "Retenue" not in str(news_of(people["chloe"]))


# What one must answer ---------------------------------------------------------------------------------------


def test_who_runs_a_group_is_told_of_held_and_reported_messages_and_of_requests(group, people, school):
    group.joining = "request"
    group.save()
    topic = make_topic(group, people["bilal"], TITLE)
    discussions.moderate_first(topic, True)
    make_post(topic, people["amina"], state="held")
    report(member(people["amina"]), topic.posts.get(number=1), "rude", "")
    david = make_member(school, "david", "parent")
    groups.ask_to_join(member(david), group)

    found = news_of(people["bilal"])
    assert [re.match(r"\d", item.title)[0] for item in found.answer] == ["2", "1"]
    assert "Parents du matin" in found.answer[0].text
    assert "Parents du matin" in found.answer[1].title
    assert found.facilitates
    for other in (people["chloe"], david):
        assert news_of(other).answer == []
        assert not news_of(other).facilitates


def test_the_direction_is_told_first_how_much_there_is_to_moderate(group, people, school):
    director = make_member(school, "claire", "director")
    assert news_of(director).answer == []
    topic = make_topic(group, people["bilal"], TITLE)
    report(member(people["amina"]), topic.posts.get(number=1), "rude", "")
    (item,) = news_of(director).answer
    assert item.title.startswith("1 ")
    assert TITLE not in str(news_of(director))
    assert "Parents du matin" not in str(news_of(director)), "a group that the direction is not in"
    away = make_member(make_school("ailleurs"), "helene", "director")
    assert news_of(away).answer == []


def test_an_invitation_is_to_answer_until_one_did(group, people, school):
    david = make_member(school, "david", "parent")
    asked = groups.invite(group, david, by=member(people["bilal"]))
    (item,) = news_of(david).answer
    assert "Parents du matin" in item.title
    groups.decline(asked)
    assert told(david) == []


def test_a_group_that_the_school_suggests_is_told_to_those_who_may_take_it_on(people, school):
    director = make_member(school, "claire", "director")
    values = {"name": "Aide aux devoirs", "purpose": "S’entraider.", "charter": "On reste aimable."}
    suggested = groups.suggest_group(member(director), values)
    teacher = make_member(school, "tom", "teacher")
    assert "Aide aux devoirs" in told(people["amina"])[0]
    assert told(teacher) == []
    groups.take_on(member(people["bilal"]), suggested)
    assert told(people["amina"]) == []


# Nothing one may not know -----------------------------------------------------------------------------------


def everything_in(group, people):
    """One of each kind told to Amina; she is asked nothing afterwards."""
    make_topic(group, people["bilal"], "Nouvelle")
    make_post(make_topic(group, people["amina"], TITLE), people["bilal"])
    assert len(told(people["amina"])) == 2


def test_of_a_group_that_one_left_nothing_is_told(group, people):
    everything_in(group, people)
    groups.leave(group, people["amina"])
    assert told(people["amina"]) == []
    assert news_of(people["amina"]).groups == []


def test_of_a_class_that_a_decision_closes_nothing_is_told(people, school):
    room = school.rooms[0]
    give_hat(people["amina"], "parent", classroom=school.rooms[1])
    group = make_group(people["bilal"], members=[people["amina"]], name="Parents du CP A", classroom=room)
    everything_in(group, people)
    restrict(people["amina"], by=None, classroom=room, decided_on=school.today(), reference="Bleu")
    assert told(people["amina"]) == []


def test_of_a_school_one_is_no_more_in_nothing_is_told(group, people):
    everything_in(group, people)
    amina = people["amina"]
    end_hat(Hat.objects.get(membership=amina), by=None)
    assert member(amina) is None
    assert whats_new(amina.user, []) == {}


def test_while_ones_past_is_shut_nothing_is_told(group, people):
    everything_in(group, people)
    amina = people["amina"]
    amina.user.past_opens = timezone.now() + datetime.timedelta(hours=70)
    amina.user.save()
    assert told(amina) == []
    amina.user.past_opens = timezone.now() - datetime.timedelta(hours=1)
    amina.user.save()
    assert len(told(amina)) == 2


def test_two_schools_are_told_apart(group, people):
    amina = people["amina"]
    other = make_school("marie-curie")
    again = make_member(other, "amina", "parent", user=amina.user)
    sofia = make_member(other, "sofia", "parent")
    elsewhere = make_group(sofia, members=[again], name="Parents du collège")
    make_topic(group, people["bilal"], TITLE)
    make_topic(elsewhere, sofia, "Le bus de 7 h")
    found = whats_new(amina.user, [member(amina), member(again)])
    assert [item.text for item in found[amina.school.pk].fresh] == [TITLE]
    assert [item.text for item in found[other.pk].fresh] == ["Le bus de 7 h"]


def test_it_costs_one_query_whatever_the_number_of_groups_and_schools(
    people, school, django_assert_num_queries
):
    amina = people["amina"]
    members = [member(amina)]
    with django_assert_num_queries(1):
        whats_new(amina.user, members)
    for number in range(4):
        elsewhere = make_school(f"ecole-{number}")
        again = make_member(elsewhere, "amina", "parent", user=amina.user)
        sofia = make_member(elsewhere, f"sofia-{number}", "parent")
        for place in range(3):
            here = make_group(sofia, members=[again], name=f"Groupe {'abc'[place]}")
            make_post(make_topic(here, again), sofia)
            make_topic(here, sofia)
        members.append(member(again))
    with django_assert_num_queries(1):
        found = whats_new(amina.user, members)
    assert sum(len(one.fresh) + len(one.news) for one in found.values()) == 24
