"""What is kept of a judgement: files with the text, to be given back; who reported for a year."""

import pytest
from django.core.files.storage import default_storage

from exchanges.discussions import privacy as discussions
from exchanges.discussions.actions import attaching
from exchanges.discussions.models import Attachment
from exchanges.models import Post, Report
from exchanges.moderation import due
from exchanges.moderation import privacy as moderation
from exchanges.moderation.actions import undo
from tests.exchanges.discussions.test_attachments import photo
from tests.exchanges.moderation.world import DAY, NOW, Verb, World
from tests.factories import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db) -> World:
    return World()


@pytest.fixture
def removed(world):
    """Amina's message with a photo, removed by nora after a report; the photo's row and address."""
    [file] = attaching.keep([photo()], world.amina)
    attaching.attach(world.post, [file])
    world.report(world.bilal)
    world.removal = world.decide(world.nora, Verb.REMOVE)
    world.photo = f"/fichiers/{file.key}/{file.name}"
    world.stored = Attachment.objects.filter(post=world.post).get().stored
    return world


def kept(world) -> bool:
    return Attachment.objects.filter(post=world.post).exists() and default_storage.exists(world.stored)


def test_removed_and_undone_a_message_has_its_photo_again(removed, sign_in):
    for who in (removed.amina, removed.bilal, removed.nora, removed.helene):
        assert sign_in(who.user).get(removed.photo).status_code == 404, who
    page = sign_in(removed.bilal.user).get(topic_of(removed))
    assert removed.photo not in page.content.decode()
    undo(member(removed.nora), removed.removal, now=NOW + DAY)
    for who in (removed.amina, removed.bilal, removed.nora):
        assert sign_in(who.user).get(removed.photo).status_code == 200, who
    assert removed.photo in sign_in(removed.bilal.user).get(topic_of(removed)).content.decode()


def topic_of(world) -> str:
    return f"/ecoles/{world.school.slug}/groupes/{world.group.key}/{world.topic.key}/"


def test_the_photo_goes_with_the_text_judged(removed, django_capture_on_commit_callbacks):
    due.forget_texts(NOW + 29 * DAY)
    assert kept(removed)
    with django_capture_on_commit_callbacks(execute=True):
        due.forget_texts(NOW + 31 * DAY)
    assert not Attachment.objects.filter(post=removed.post).exists()
    assert not default_storage.exists(removed.stored)


def test_photos_of_what_is_shown_or_hidden_stay(removed):
    undo(member(removed.nora), removed.removal, now=NOW)
    removed.decide(removed.nora, Verb.HIDE, now=NOW)
    due.forget_texts(NOW + 31 * DAY)
    assert kept(removed)


@pytest.mark.parametrize("keeps", [True, False])
def test_erased_with_ones_messages_the_photo_of_a_removed_one_goes_at_once(removed, keeps):
    moderation.erase(removed.amina.user, keep_contributions=keeps)
    discussions.erase(removed.amina.user, keep_contributions=keeps)
    assert Attachment.objects.filter(post=removed.post).exists() is keeps


# Who reported ---------------------------------------------------------------------------------------------


def reporters(world):
    return set(Report.objects.filter(case=world.case()).values_list("reporter", flat=True))


def test_who_reported_is_forgotten_a_year_after_the_decision(world):
    world.report(world.bilal, words="Elle parle de ma fille.")
    world.report(world.chloe)
    due.forget_texts(NOW + 400 * DAY)
    # Nobody decided: who may decide still needs to be known.
    assert reporters(world) == {world.bilal.pk, world.chloe.pk}
    world.decide(world.nora, Verb.KEEP, now=NOW + 400 * DAY)
    due.forget_texts(NOW + (400 + 364) * DAY)
    assert reporters(world) == {world.bilal.pk, world.chloe.pk}
    due.forget_texts(NOW + (400 + 366) * DAY)
    assert reporters(world) == {None}
    assert Report.objects.filter(case=world.case()).count() == 2


def test_of_what_its_author_took_back_too(world):
    world.report(world.bilal)
    Post.objects.filter(topic=world.topic, pk=world.post.pk).update(state="withdrawn")
    due.escalate_due(NOW + DAY)
    assert (world.case().state, world.case().decided) == ("void", NOW + DAY)
    due.forget_texts(NOW + 365 * DAY)
    assert reporters(world) == {world.bilal.pk}
    due.forget_texts(NOW + 367 * DAY)
    assert reporters(world) == {None}
