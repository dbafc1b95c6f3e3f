"""A key drawn at random that another row has is drawn again: what was written is stored, nothing is said."""

import random

import pytest
from django.db import IntegrityError

from exchanges.discussions import actions
from exchanges.groups.actions import open_group
from exchanges.groups.models import Group
from exchanges.models import Case, Post, Topic
from foundation import keys
from tests.factories import make_group, make_member, make_school, make_topic, member, seen_group

pytestmark = pytest.mark.django_db


class Draws(random.Random):
    """Chance that says some keys first, letter by letter."""

    def say(self, *words):
        self.letters = list("".join(words))

    def choice(self, letters):
        return self.letters.pop(0) if self.letters else super().choice(letters)


@pytest.fixture
def draws(monkeypatch):
    chance = Draws(5)
    chance.say()
    monkeypatch.setattr(keys, "secrets", chance)
    return chance


@pytest.fixture
def amina():
    return make_member(make_school(), "amina", "parent")


@pytest.fixture
def topic(amina):
    made = make_topic(make_group(amina, moderation="after"), amina)
    made.group = seen_group(made.group, amina)
    return made


def test_a_group_a_discussion_and_a_message_whose_key_is_taken_get_another(draws, amina, topic):
    group, post = topic.group, Post.objects.of_topic(topic).get()
    draws.say(group.key, group.key)
    other = open_group(
        member(amina), {"name": "La cantine", "purpose": "x", "circle": "parents", "charter": "y"}
    )
    assert (draws.letters, Group.objects.of_school(amina.school).count()) == ([], 2)
    draws.say(topic.key, topic.key)
    asked = actions.ask(member(amina), group, {"title": "Une question ?", "text": "Oui ?"})
    assert draws.letters == []
    draws.say(post.key, post.key)
    answer = actions.reply(member(amina), topic, {"text": "Une réponse."})
    assert (draws.letters, answer.number) == ([], 2)
    drawn = [other.key, asked.topic.key, answer.key]
    assert all(len(key) == 8 and set(key) <= set(keys.LETTERS) for key in drawn)
    assert len({group.key, topic.key, post.key, *drawn}) == 6
    # Stored under the key that was told.
    assert Post.objects.of_topic(topic).get(number=2).key == answer.key


def test_any_other_refusal_is_said_as_ever(draws, amina, topic):
    """Twin: only a key is drawn again."""
    before = Topic.objects.filter(group=topic.group).count()
    with pytest.raises(IntegrityError):
        Post.objects.create(topic=topic, number=1, text="Un numéro déjà pris.")
    assert Topic.objects.filter(group=topic.group).count() == before


def test_a_case_too(draws, amina, topic):
    values = {"school": amina.school, "kind": "post"}
    first = Case.objects.create(**values, object="bcdfghjk")
    draws.say(first.key)
    assert Case.objects.create(**values, object="kjhgfdcb").key != first.key
