"""Mails of moderation: titles only, of a discreet group nothing, nothing once it concerns nobody."""

import pytest
from django.core import mail

from accounts.outbox.models import Delivery
from exchanges.models import GroupMember
from exchanges.moderation import due
from exchanges.moderation.actions import answer_second_reading, ask_second_reading, receive_notice, undo
from portal.sending import compose, send_all
from tests.exchanges.moderation.world import NOW, Verb, World
from tests.factories import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db) -> World:
    return World()


def sent(kind: str):
    """Send what is due; return the mails of one kind, as text."""
    to = set(Delivery.objects.filter(kind=kind).values_list("person__email", flat=True))
    send_all(now=NOW)
    return [one for one in mail.outbox if one.to[0] in to]


def whole(message) -> str:
    return "\n".join([message.subject, message.body, message.alternatives[0].content])


def test_a_report_names_the_group_and_the_title_and_no_text_no_reporter_no_author(world):
    world.report(world.bilal, words="Elle parle de ma fille.")
    message = sent("moderation_report")[0]
    text = whole(message)
    assert "Parents du matin" in text
    assert "La piscine" in text
    assert f"/ecoles/jean-moulin/a-moderer/#{world.case().key}" in text
    for secret in ("vendredi", "ma fille", "Bilal", "Amina"):
        assert secret not in text


def test_of_a_discreet_group_nothing_is_named(world):
    world.group.is_discreet = True
    world.group.save(update_fields=["is_discreet"])
    world.report(world.bilal)
    world.report(world.chloe, ground="danger")
    world.decide(world.nora, Verb.HIDE, world.post_of(world.denis), kind="post")
    send_all(now=NOW)
    assert len(mail.outbox) >= 4
    for message in mail.outbox:
        assert "Parents du matin" not in whole(message)
        assert "La piscine" not in whole(message)


def test_a_report_decided_before_its_mail_leaves_is_told_to_nobody(world):
    world.report(world.bilal)
    world.decide(world.nora, Verb.KEEP)
    assert sent("moderation_report") == []
    assert Delivery.objects.get(kind="moderation_report").reason == "decided"


def test_who_no_longer_runs_the_group_gets_no_mail(world):
    world.report(world.bilal)
    GroupMember.objects.filter(group=world.group, membership=world.nora).update(is_facilitator=False)
    delivery = Delivery.objects.get(kind="moderation_report")
    assert compose(delivery).reason == "not theirs"


def test_the_author_reads_what_why_how_to_rewrite_and_how_to_ask_again(world):
    world.report(world.bilal)
    made = world.decide(world.nora, Verb.REWRITE, words="Dites-le sans citer la maîtresse.")
    text = whole(sent("moderation_decision")[0])
    assert "Dites-le sans citer la maîtresse." in text
    assert f"/ecoles/jean-moulin/decisions/{made.number}/" in text
    for secret in ("vendredi", "Nora", "Bilal", "La piscine"):
        assert secret not in text


def test_what_was_undone_before_it_left_is_not_mailed(world):
    world.report(world.bilal)
    undo(member(world.nora), world.decide(world.nora, Verb.HIDE), now=NOW)
    assert sent("moderation_decision") == []


def test_the_direction_is_told_in_figures_of_what_it_may_not_read_yet_nothing(world):
    world.report(world.nora)
    due.tell_due(NOW)
    text = whole(sent("moderation_digest")[0])
    assert "/admin/a-moderer/" in text
    assert "vendredi" not in text


def test_a_second_reading_and_a_notice_are_answered_by_mail(world):
    world.report(world.bilal)
    made = world.decide(world.nora, Verb.HIDE)
    reading = ask_second_reading(member(world.amina), made, "", NOW)
    answer_second_reading(member(world.karim), reading, "reversed", now=NOW)
    values = {"address": "https://ailleurs.example/", "reasons": "x", "email": "zoe@ailleurs.example"}
    notice = receive_notice({**values, "good_faith": True, "language": "fr"}, NOW)
    send_all(now=NOW)
    to = [one.to[0].split("@")[0] for one in mail.outbox]
    assert sorted(to) == ["amina", "zoe"]
    assert notice.receipt in whole(mail.outbox[to.index("zoe")])
