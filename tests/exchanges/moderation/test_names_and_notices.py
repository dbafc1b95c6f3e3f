"""A name is opened by a decision on a report and nothing else; notices of illegal content (RULES §2, §6)."""

import pytest
from django.utils import timezone

from accounts.outbox.models import Delivery
from exchanges.groups.actions.joining import let_in
from exchanges.models import Decision, GroupLine, IllegalNotice, Notice, Post
from exchanges.moderation.actions import (
    decide,
    decide_notice,
    names_opened_to,
    receive_notice,
)
from exchanges.moderation.errors import AlreadyDecided, CannotOpenName, NameNotOpened, NotTheirs
from exchanges.moderation.models import Ground
from exchanges.moderation.queue import items_for_direction
from tests.exchanges.moderation.world import DAY, NOW, Verb, World, mailed
from tests.factories import make_member, make_topic, member, person_with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db) -> World:
    """Ten people, so that one may ask without a name: `question` is amina's."""
    world = World("parents-enseignants")
    world.facilitates(world.helene, on=False)
    for n in range(4):
        let_in(world.group, make_member(world.school, f"p{n}", "parent"))
    world.settle()
    topic = make_topic(world.group, world.amina, "Sans mon nom", "Je vais lui faire peur.", anonymous=True)
    world.question = Post.objects.filter(topic=topic).get()
    return world


@pytest.mark.parametrize("ground", ["danger", "insult"])
def test_the_direction_opens_a_name_on_a_report_it_is_logged_and_the_author_told(world, ground):
    world.report(world.bilal, world.question, ground="insult")
    made = world.decide(world.helene, Verb.OPEN_NAME, world.question, ground=ground)
    assert names_opened_to(world.helene.user, [world.question]) == {world.question.key: world.amina.name}
    assert (made.verb, made.ground, made.hat, made.about) == ("open_name", ground, "director", "")
    assert mailed("moderation_decision") == {"amina": NOW}
    assert Notice.objects.filter(person=world.amina.user, kind="decision").exists()
    assert GroupLine.objects.filter(group=world.group, verb="open_name", hat="director").count() == 1
    for other in (world.nora, world.karim, world.bilal):
        assert names_opened_to(other.user, [world.question]) == {}
    # Once is enough, and it decides nothing about the message.
    with pytest.raises(AlreadyDecided):
        world.decide(world.helene, Verb.OPEN_NAME, world.question, ground=ground)
    world.decide(world.helene, Verb.REMOVE, world.question)


def test_no_name_is_opened_otherwise(world):
    deputy = make_member(world.school, "emil", "deputy", rights=["moderation"])
    with pytest.raises(CannotOpenName):
        decide(
            member(world.helene),
            Verb.OPEN_NAME,
            kind="post",
            object=world.question.key,
            ground="danger",
            now=NOW,
        )
    world.report(world.bilal, world.question, ground="insult")
    for ground in ("rude", "private", "other", "illegal"):
        with pytest.raises(CannotOpenName):
            world.decide(world.helene, Verb.OPEN_NAME, world.question, ground=ground)
    for who in (world.nora, world.karim, deputy):
        with pytest.raises(NotTheirs):
            world.decide(who, Verb.OPEN_NAME, world.question, ground="insult")
    world.report(world.bilal)
    with pytest.raises(CannotOpenName):
        world.decide(world.helene, Verb.OPEN_NAME, ground="insult")
    assert Decision.objects.of_school(world.school).count() == 0


def test_nothing_is_decided_on_a_person_whose_name_is_shut(world):
    now = timezone.now()
    world.report(world.bilal, world.question, ground="insult")
    for verb in (Verb.MUTE_GROUP, Verb.REMOVE_MEMBER):
        with pytest.raises(NameNotOpened):
            world.decide(world.nora, verb, world.question, until=now + DAY, now=now)
    with pytest.raises(NameNotOpened):
        world.decide(world.helene, Verb.MUTE_SCHOOL, world.question, until=now + DAY, now=now)
    world.decide(world.helene, Verb.OPEN_NAME, world.question, ground="insult")
    made = world.decide(world.helene, Verb.MUTE_SCHOOL, world.question, until=now + DAY, now=now)
    # The log ties the person to no message.
    assert (made.kind, made.object, made.case, made.about) == (
        "member",
        world.amina.key,
        "",
        world.amina.user.key,
    )


def test_the_queue_offers_a_name_only_to_who_opens_it(world):
    world.report(world.bilal, world.question, ground="insult")
    item = items_for_direction([member(world.helene)], NOW)[0]
    assert set(item.beside) == {"close", "pause", "moderate_first", "open_name"}


# Notices --------------------------------------------------------------------------------------------------


def notice(address: str) -> IllegalNotice:
    values = {"address": address, "reasons": "Il menace.", "name": "Zoé", "email": "zoe@ailleurs.example"}
    return receive_notice({**values, "good_faith": True, "language": "fr"}, NOW)


def address_of(world: World, post: Post) -> str:
    topic = post.topic
    return (
        f"https://preau.example/ecoles/{world.school.slug}/groupes/{world.group.key}/{topic.key}/"
        f"message/{post.number}/?page=1#fin"
    )


def test_a_notice_on_a_message_is_a_case_of_the_direction_and_waits_for_the_host(world):
    marc = person_with_role("marc", "host_moderator")
    made = notice(address_of(world, world.post))
    assert made.case == world.case()
    assert (made.case.escalated, made.case.group) == (NOW, world.group)
    assert [item.grounds for item in items_for_direction([member(world.helene)], NOW)] == [
        [str(Ground.ILLEGAL.label)]
    ]
    assert mailed("notice_waits") == {"marc": NOW}
    row = decide_notice(marc, made, "removed", "C’est une menace.", now=NOW)
    assert (row.verb, row.hat, row.actor) == ("remove", "host_moderator", marc.key)
    assert world.state() == Post.State.REMOVED
    assert mailed("moderation_decision") == {"amina": NOW}
    with pytest.raises(AlreadyDecided):
        decide_notice(marc, made, "kept", "", now=NOW)


@pytest.mark.parametrize("address", ["topic", "file", "elsewhere", "gone", "never"])
def test_the_receipt_is_the_same_whatever_the_address(world, address):
    urls = {
        "topic": address_of(world, world.post).split("message")[0],
        "file": "https://preau.example/fichiers/bcdfghjkbcdfghjkbcdfghjk/photo.jpg",
        "elsewhere": "https://ailleurs.example/",
        "gone": f"/ecoles/x/groupes/{world.group.key}/bcdfghjk/message/3/",
        "never": "\x00 javascript:alert(1)",
    }
    made = notice(urls[address].replace("\x00", ""))
    assert (made.case is not None) is (address == "topic")
    mail = Delivery.objects.get(kind="notice_receipt")
    assert (mail.object, mail.address, mail.person) == (made.receipt, "zoe@ailleurs.example", None)


def test_only_the_host_moderator_decides_a_notice(world):
    made = notice("https://ailleurs.example/")
    for who in (
        world.helene.user,
        person_with_role("claire", "curator"),
        person_with_role("odile", "operator"),
    ):
        with pytest.raises(NotTheirs):
            decide_notice(who, made, "kept", "", now=NOW)
    assert (
        decide_notice(person_with_role("marc", "host_moderator"), made, "unknown", "Rien.", now=NOW) is None
    )
    made.refresh_from_db()
    assert made.outcome == "unknown"
