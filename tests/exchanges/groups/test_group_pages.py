"""Open a group, join it, run it, leave it: by its pages, as parents and the direction do."""

import pytest
from django.urls import reverse

from exchanges.groups import actions
from exchanges.groups.models import Group, GroupMember, JoinRequest
from tests.factories import make_group, make_member, make_school, member

pytestmark = pytest.mark.django_db

FORM = {"circle": "parents", "name": "Les mercredis", "purpose": "S’entraider le mercredi.", "joining": "open"}


def at(name, group):
    return reverse(name, args=[group.school.slug, group.key])


def seats(group):
    return GroupMember.objects.filter(group=group).present()


def test_a_parent_opens_a_group_of_their_class_and_another_joins_by_accepting(school, sign_in):
    amina, karim = sign_in(school.amina.user), sign_in(school.karim.user)
    page = amina.get(reverse("open_group", args=[school.slug]))
    charter = page.context["form"].initial["charter"]
    form = {**FORM, "classroom": school.rooms[1].key, "charter": charter}
    assert amina.post(reverse("open_group", args=[school.slug]), form).status_code == 302
    group = Group.objects.of_school(school).get()
    assert (group.moderation, group.classroom) == ("after", school.rooms[1])
    card = karim.get(at("group_card", group)).content.decode()
    assert "Les mercredis" in card and "Amina" in card and "<b>1 " in card
    assert karim.get(at("group_members", group)).status_code == 404
    karim.post(at("join_group", group), {"act": "join", "edition": 1})
    assert seats(group).count() == 2
    assert "Karim" in amina.get(at("group_members", group)).content.decode()
