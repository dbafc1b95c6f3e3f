"""Whoever is of no group and reads a message of one: logged, and the group sees it (RULES §3)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from exchanges.groups.models import GroupLine
from exchanges.models import Decision
from exchanges.moderation import desk as desks
from exchanges.moderation.actions import ask_second_reading, open_text, open_text_to_host, receive_notice
from exchanges.moderation.errors import NotTheirs
from exchanges.moderation.items import Item
from tests.exchanges.moderation.world import Verb
from tests.factories import make_member, member, person_with_role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "no_second_factor")]


def openings(world):
    rows = Decision.objects.of_school(world.school).filter(verb="open_text").order_by("number")
    return [(row.hat, row.actor, row.object) for row in rows]


def lines(world):
    rows = GroupLine.objects.filter(group=world.group, verb__in=("open_text", "open_message"))
    return list(rows.values_list("verb", "hat"))


@pytest.fixture
def marc(db):
    return person_with_role("marc", "host_moderator")


@pytest.mark.parametrize("circle", ["parents", "parents-enseignants"])
def test_the_host_who_reads_a_message_named_by_a_notice_is_logged_once_and_the_group_sees_it(
    here, client, marc, circle
):
    world = here(circle)
    where = f"https://preau.example/ecoles/{world.school.slug}/groupes/{world.group.key}/{world.topic.key}/"
    notice = receive_notice({"address": where, "reasons": "Cela vise ma fille."})
    page = reverse("admin:illegal_notice", args=[notice.receipt])
    client.force_login(marc)
    assert "accompagne vendredi" not in client.get(reverse("admin:illegal_notices")).content.decode()
    assert openings(world) == []
    for _ in range(2):
        assert "accompagne vendredi" in client.get(page).content.decode()
    assert openings(world) == [("host_moderator", marc.key, world.post.key)]
    assert lines(world) == [("open_message", "host_moderator")]
    client.force_login(world.bilal.user)
    journal = client.get(f"/ecoles/{world.school.slug}/groupes/{world.group.key}/journal/")
    assert "The moderator of the site read a reported message." in journal.content.decode()


def test_a_notice_of_no_message_opens_nothing(here, client, marc):
    world = here()
    notice = receive_notice({"address": f"/ecoles/{world.school.slug}/groupes/", "reasons": "Tout."})
    client.force_login(marc)
    assert client.get(reverse("admin:illegal_notice", args=[notice.receipt])).status_code == 200
    assert openings(world) == []
    for who in (world.helene.user, world.nora.user, person_with_role("claire", "curator")):
        with pytest.raises(NotTheirs):
            open_text_to_host(who, world.post)


def test_the_director_who_reads_again_among_parents_is_logged_and_a_deputy_is_refused(here):
    world = here()
    now = timezone.now()
    world.facilitates(world.karim, on=False)
    world.report(world.bilal, now=now)
    made = world.decide(world.nora, Verb.HIDE, now=now)
    ask_second_reading(member(world.amina), made, "", now)
    desk = desks.of_direction(world.helene.user, [member(world.helene)], now)
    assert openings(world) == [] and desk.items[0].shows_text
    for _ in range(2):
        desk.show(desk.items, now)
    assert openings(world) == [("director", world.helene.user.key, world.post.key)]
    assert lines(world) == [("open_message", "director")]
    emil = make_member(world.school, "emil", "deputy", rights=["moderation"])
    item: Item = desk.items[0]
    with pytest.raises(NotTheirs):
        open_text(member(emil), item, now)


def test_the_host_who_reads_again_is_logged(here, client, marc):
    world = here()
    now = timezone.now()
    world.facilitates(world.karim, on=False)
    world.report(world.nora, now=now)
    made = world.decide(world.helene, Verb.HIDE, now=now)
    world.facilitates(world.nora, on=False)
    assert ask_second_reading(member(world.amina), made, "", now).reader == "host"
    client.force_login(marc)
    for _ in range(2):
        assert "accompagne vendredi" in client.get(reverse("admin:illegal_notices")).content.decode()
    assert openings(world) == [("host_moderator", marc.key, world.post.key)]
    assert lines(world) == [("open_message", "host_moderator")]
