"""Several write in the same moment: each message has its own number, and one form is one message."""

import pytest

from exchanges.discussions import actions
from exchanges.discussions.actions import states
from exchanges.discussions.models import Post
from tests.at_once import at_once
from tests.factories import make_group, make_member, make_school, make_topic, member, seen_group

pytestmark = [pytest.mark.serial, pytest.mark.django_db(transaction=True)]
WRITERS = 6
EACH = 5


@pytest.fixture
def people():
    school = make_school()
    return [make_member(school, f"parent{n}", "parent") for n in range(WRITERS)]


@pytest.fixture
def topic(people):
    group = make_group(people[0], members=people[1:], moderation="after")
    return make_topic(group, people[0])


def writes(topic, person, count, **values):
    """An act: `person` answers `count` times, with what they saw when they began."""
    seen, who = seen_group(topic.group, person), member(person)

    def act():
        own = type(topic).objects.filter(group=topic.group_id).get(pk=topic.pk)
        own.group = seen
        for number in range(count):
            actions.reply(who, own, {"text": f"Réponse {number}", **values})

    return act


def test_thirty_answers_at_once_get_thirty_numbers(topic, people):
    assert at_once(*(writes(topic, person, EACH) for person in people)) == [None] * WRITERS
    numbers = list(Post.objects.of_topic(topic).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, WRITERS * EACH + 2))
    topic.refresh_from_db()
    assert topic.last_number == len(numbers)


def test_the_same_form_sent_four_times_at_once_is_one_message(topic, people):
    key = "ab" * 16
    assert at_once(*(writes(topic, people[1], 1, client_key=key) for _ in range(4))) == [None] * 4
    assert Post.objects.of_topic(topic).filter(client_key=key).count() == 1


def test_a_message_decided_on_by_two_at_once_is_published_once(topic, people):
    actions.moderate_first(topic, True)
    topic.group = seen_group(topic.group, people[1])
    post = actions.reply(member(people[1]), topic, {"text": "Attend."})
    done = []

    def act():
        own = Post.objects.filter(topic=topic.pk).select_related("topic__group").get(pk=post.pk)
        done.append(states.publish(own))

    assert at_once(act, act, act) == [None] * 3
    assert sorted(done) == [False, False, True]
    topic.refresh_from_db()
    assert topic.last_number == 2
