"""A message's life: numbers are given when it is shown, once, without a gap."""

import pytest

from exchanges.discussions import actions
from tests.factories import make_group, make_member, make_post, make_school, make_topic

pytestmark = pytest.mark.django_db


def test_first():
    school = make_school()
    a = make_member(school, "amina", "parent")
    b = make_member(school, "karim", "parent")
    group = make_group(a, members=[b])
    topic = make_topic(group, b)
    assert topic.last_number == 1
    post = make_post(topic, a)
    assert post.number == 2
    assert actions.hide(post)
    assert not actions.hide(post)
    assert actions.show_again(post)
