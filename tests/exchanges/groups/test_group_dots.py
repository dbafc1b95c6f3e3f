"""A dot between two facts never begins a line of a narrow screen: it holds to the fact before it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from exchanges.groups.models import GroupMember
from exchanges.moderation.actions import report
from tests.factories import make_group, make_post, make_topic, member

pytestmark = pytest.mark.django_db


def test_the_dot_holds_to_what_stands_before_it(school, sign_in):
    group = make_group(school.amina, members=[school.karim], classroom=school.rooms[1], moderation="after")
    make_group(school.amina, name="Parents du soir", members=[school.karim])
    topic = make_topic(group, school.karim)
    answer = make_post(topic, school.karim)
    GroupMember.objects.filter(group=group).update(joined=timezone.now())
    report(member(school.amina), answer, "rude")
    base = reverse("group", args=[school.slug, group.key])
    dots = 0
    for path in (reverse("groups", args=[school.slug]), base, f"{base}{topic.key}/", f"{base}membres/"):
        main = sign_in(school.amina.user).get(path).content.decode().split("<main")[1]
        assert " ·" not in main, path
        dots += main.count("\u00a0·") + main.count("&nbsp;·")
    assert dots >= 4
