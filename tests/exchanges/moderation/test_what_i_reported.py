"""Whoever reported is told what became of it; never who wrote, nor what others reported (DSA, 16(5))."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from exchanges.groups.actions import leave
from exchanges.models import Decision, Notice, Post
from exchanges.moderation import due
from exchanges.moderation.actions import answer_second_reading, ask_second_reading, undo
from tests.exchanges.moderation.world import Verb
from tests.factories import make_member, make_school, member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def world(here):
    """Bilal and Chloé, each with a reason, reported what Amina wrote; now is now, and all read English."""
    world = here()
    User.objects.update(language="en")
    world.now = timezone.now()
    world.report(world.bilal, ground="private", words="Elle nomme mon fils.", now=world.now)
    world.page = f"/ecoles/{world.school.slug}/signalements/{world.case().key}/"
    return world


def told(who):
    rows = Notice.objects.filter(person=who.user, kind="reported")
    return list(rows.values_list("title", "address"))


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        (Verb.KEEP, "was read again, and stays"),
        # The warning is for its author alone.
        (Verb.WARN, "was read again, and stays"),
        (Verb.HIDE, "is hidden"),
        (Verb.REWRITE, "is not shown: its author is asked to rewrite it"),
        (Verb.REMOVE, "was removed"),
    ],
)
def test_each_outcome_is_told_to_all_who_reported_without_the_author_or_the_others(
    world, sign_in, verb, said
):
    world.report(world.chloe, ground="insult", words="Il m’insulte.", now=world.now)
    assert told(world.bilal) == []
    world.decide(world.nora, verb, ground="private", words="Retirez le nom.", now=world.now)
    for who in (world.bilal, world.chloe):
        assert told(who) == [(f"The message that you reported {said}", world.page)]
        page = sign_in(who.user).get(world.page).content.decode()
        assert f"The message that you reported {said}" in page and reverse("report_illegal") in page
        hidden = (world.amina.name, world.post.text, "insulte", "nomme mon fils", "private life", "Retirez")
        assert not [word for word in hidden if word in page]
    assert told(world.amina) == told(world.nora) == told(world.denis) == []


def test_the_page_says_which_message_without_its_words_while_one_still_reads_there(world, sign_in):
    here = reverse("post", args=[world.school.slug, world.group.key, world.topic.key, world.post.number])
    for verb in (None, Verb.REMOVE):
        if verb:
            world.decide(world.nora, verb, now=world.now)
        page = sign_in(world.bilal.user).get(world.page).content.decode()
        assert "A message of " in page and world.group.name in page and here in page
        assert world.post.text not in page and world.topic.title not in page and world.amina.name not in page
    # Twin: gone from the group, they keep the outcome, and nothing of the group.
    leave(world.group, world.bilal)
    page = sign_in(world.bilal.user).get(world.page).content.decode()
    assert "was removed" in page
    assert world.group.name not in page and world.group.key not in page


def test_a_message_its_author_took_back_is_said_to_be_gone(world):
    Post.objects.filter(topic=world.topic, pk=world.post.pk).update(state="withdrawn")
    due.escalate_due(world.now)
    due.escalate_due(world.now)
    assert told(world.bilal) == [("The message that you reported is no longer there", world.page)]


def test_taken_back_they_are_told_no_more_and_anew_of_the_next(world, sign_in):
    made = world.decide(world.nora, Verb.REMOVE, now=world.now)
    undo(member(world.nora), made, now=world.now)
    assert told(world.bilal) == []
    assert "Somebody reads the message again" in sign_in(world.bilal.user).get(world.page).content.decode()
    world.decide(world.karim, Verb.KEEP, now=world.now)
    assert told(world.bilal) == [("The message that you reported was read again, and stays", world.page)]


def test_reversed_on_a_second_reading_they_are_told_that_too(world):
    made = world.decide(world.nora, Verb.REMOVE, now=world.now)
    reading = ask_second_reading(member(world.amina), made, "", world.now)
    answer_second_reading(member(world.karim), reading, "reversed", now=world.now)
    title = "The message that you reported was read a second time: it is as before"
    assert told(world.bilal) == [(title, world.page)]


def test_hidden_meanwhile_or_a_discussion_closed_beside_it_tells_nothing_yet(world):
    world.decide(world.nora, Verb.HIDE_MEANWHILE, now=world.now)
    world.decide(world.nora, Verb.CLOSE, now=world.now)
    assert told(world.bilal) == []


def test_the_page_is_not_there_for_anybody_else(world, sign_in):
    world.decide(world.nora, Verb.REMOVE, now=world.now)
    elsewhere = make_member(make_school("victor-hugo"), "zoe", "director")
    for who in (world.chloe, world.amina, world.nora, world.karim, world.helene, elsewhere):
        assert sign_in(who.user).get(world.page).status_code == 404, who
    assert sign_in(world.bilal.user).get(world.page).status_code == 200
    # Nobody of the school reads there who reported: the log names them nowhere.
    rows = Decision.objects.of_school(world.school)
    assert not [row for row in rows if world.bilal.user.key in (row.about, row.actor)]
