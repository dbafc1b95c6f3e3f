"""A text from its first line to the archive: who reads it again, what the site shows meanwhile."""

import datetime
import io

import pytest
from django.utils import timezone

from foundation.uploads import remake_renditions
from portal.clock.actions import tick
from resources.catalogue import actions, version
from resources.catalogue.errors import (
    DateIsPast,
    EditedMeanwhile,
    ImageMissing,
    ImageWithoutWords,
    Incomplete,
    NeedsReason,
    NeedsSecondPerson,
    NumberTaken,
    WrongState,
)
from resources.catalogue.fields import latest_values
from resources.catalogue.models import Resource, Status
from tests.factories import UserFactory, make_resource
from tests.foundation.uploads.pictures import picture

pytestmark = pytest.mark.django_db


def page_of(visitor, resource):
    return visitor.get(resource.get_absolute_url())


def test_whoever_wrote_a_text_does_not_accept_it(sent, claire, samir, visitor):
    with pytest.raises(NeedsSecondPerson):
        actions.publish_text(sent, by=claire)
    assert page_of(visitor, sent).status_code == 404
    actions.publish_text(sent, by=samir)
    assert page_of(visitor, sent).status_code == 200


def test_the_last_hand_counts_not_the_first(sent, claire, samir):
    current = Resource.objects.get(pk=sent.pk)
    actions.revise_text(current, {"title": "Un autre titre ?"}, by=samir, edit_number=current.edit_number)
    actions.submit_for_review(current, by=samir)
    with pytest.raises(NeedsSecondPerson):
        actions.publish_text(current, by=samir)
    assert actions.publish_text(current, by=claire).status == Status.PUBLISHED


def test_a_parent_decides_nothing(sent):
    parent = UserFactory()
    for act in (actions.publish_text, actions.submit_for_review):
        with pytest.raises((NeedsSecondPerson, WrongState)):
            act(sent, by=parent)
    with pytest.raises(NeedsSecondPerson):
        actions.send_back(sent, by=parent, reason="Non.")


def test_a_refusal_bears_its_reason(sent, claire, samir):
    with pytest.raises(NeedsReason):
        actions.send_back(sent, by=samir, reason="   ")
    back = actions.send_back(sent, by=samir, reason="Dites un seul geste pour ce soir.")
    assert back.status == Status.DRAFT
    assert back.refusal == "Dites un seul geste pour ce soir."
    assert back.reviewer == samir
    with pytest.raises(WrongState):
        actions.publish_text(back, by=samir)
    assert actions.submit_for_review(back, by=claire).refusal == ""


def test_changes_to_a_public_text_wait_unseen_until_accepted(public, claire, samir, visitor):
    before = version.current()
    current = Resource.objects.get(pk=public.pk)
    actions.revise_text(
        current, {"title": "Un titre qui attend ?", "themes": []}, by=claire, edit_number=current.edit_number
    )
    page = page_of(visitor, public).content.decode()
    assert "Un titre qui attend" not in page
    assert "Comment éteindre" in page
    waiting = Resource.objects.get(pk=public.pk)
    assert latest_values(waiting)["title"] == "Un titre qui attend ?"
    assert list(waiting.themes.values_list("slug", flat=True)) == ["ecrans"]
    again = {"title": "Un titre qui attend ?", "themes": ["ecrans"]}
    actions.revise_text(waiting, again, by=claire, edit_number=waiting.edit_number)
    actions.submit_for_review(waiting, by=claire)
    actions.publish_text(waiting, by=samir)
    assert "Un titre qui attend" in page_of(visitor, public).content.decode()
    assert version.current() > before


def test_what_is_not_whole_is_not_sent(claire, values):
    empty = actions.create_resource("vide", {**values, "levels": [], "themes": []}, by=claire)
    with pytest.raises(Incomplete) as refusal:
        actions.submit_for_review(empty, by=claire)
    assert "," in str(refusal.value)
    card = actions.create_resource("carte", {**values, "kind": "lien", "body": ""}, by=claire)
    with pytest.raises(Incomplete):
        actions.submit_for_review(card, by=claire)


def test_an_image_without_words_blocks_publication(claire, samir, values):
    text = actions.create_resource("image", {**values, "body": "![](lit.webp)"}, by=claire)
    actions.submit_for_review(text, by=claire)
    with pytest.raises(ImageWithoutWords):
        actions.publish_text(text, by=samir)
    with pytest.raises(ImageWithoutWords):
        actions.publish_text(text, by=samir, at=timezone.now() + datetime.timedelta(days=1))
    assert Resource.objects.get(pk=text.pk).status == Status.IN_REVIEW


def test_pending_images_without_words_cannot_be_scheduled_either(public, claire, samir):
    current = Resource.objects.get(pk=public.pk)
    actions.revise_text(current, {"body": "![](lit.webp)"}, by=claire, edit_number=current.edit_number)
    actions.submit_for_review(current, by=claire)
    with pytest.raises(ImageWithoutWords):
        actions.publish_text(current, by=samir, at=timezone.now() + datetime.timedelta(days=1))


def test_a_text_accepted_for_later_appears_by_the_clock_alone(sent, samir, visitor):
    now = timezone.now()
    with pytest.raises(DateIsPast):
        actions.publish_text(sent, by=samir, at=now - datetime.timedelta(hours=1))
    actions.publish_text(sent, by=samir, at=now + datetime.timedelta(days=2))
    tick(now + datetime.timedelta(days=1))
    assert page_of(visitor, sent).status_code == 404
    tick(now + datetime.timedelta(days=2, minutes=1))
    assert page_of(visitor, sent).status_code == 200


def test_a_text_that_cannot_appear_holds_up_no_other(values, claire, samir):
    now = timezone.now()
    texts = [actions.create_resource(slug, values, by=claire) for slug in ("un", "deux")]
    for text in texts:
        actions.submit_for_review(text, by=claire)
        actions.publish_text(text, by=samir, at=now + datetime.timedelta(hours=1))
    Resource.objects.filter(slug="un").update(body="![](lit.webp)")
    tick(now + datetime.timedelta(hours=2))
    assert Resource.objects.get(slug="deux").status == Status.PUBLISHED
    held = Resource.objects.get(slug="un")
    assert held.status == Status.IN_REVIEW
    assert held in Resource.objects.awaiting_review()


def test_an_hour_can_be_taken_back(sent, claire, samir):
    now = timezone.now()
    actions.publish_text(sent, by=samir, at=now + datetime.timedelta(hours=1))
    actions.cancel_publication(sent, by=claire)
    tick(now + datetime.timedelta(hours=2))
    assert Resource.objects.get(pk=sent.pk).status == Status.IN_REVIEW


def test_a_text_is_archived_by_the_clock_and_reopened(public, claire, visitor):
    now = timezone.now()
    with pytest.raises(DateIsPast):
        actions.schedule_archive(public, by=claire, at=now)
    actions.schedule_archive(public, by=claire, at=now + datetime.timedelta(days=1))
    tick(now)
    assert page_of(visitor, public).status_code == 200
    tick(now + datetime.timedelta(days=1, minutes=1))
    assert page_of(visitor, public).status_code == 410
    actions.reopen_text(public, by=claire)
    assert Resource.objects.get(pk=public.pk).status == Status.DRAFT


def test_reading_again_moves_the_date_and_changes_no_word(public, samir):
    today = timezone.localdate()
    Resource.objects.filter(pk=public.pk).update(review_by=today - datetime.timedelta(days=3))
    late = Resource.objects.get(pk=public.pk)
    assert late.needs_review
    actions.confirm_checked(late, by=samir)
    now = Resource.objects.get(pk=public.pk)
    assert not now.needs_review
    assert now.reviewed == today
    assert now.body == public.body
    with pytest.raises(DateIsPast):
        actions.confirm_checked(now, by=samir, until=today)


def test_the_later_of_two_writings_is_told_and_loses_nothing(draft, claire, samir):
    opened = Resource.objects.get(pk=draft.pk).edit_number
    actions.revise_text(draft, {"title": "De Samir ?"}, by=samir, edit_number=opened)
    with pytest.raises(EditedMeanwhile):
        actions.revise_text(draft, {"title": "De Claire ?"}, by=claire, edit_number=opened)
    assert Resource.objects.get(pk=draft.pk).title == "De Samir ?"


def test_a_number_stands_once_in_its_series(claire, values):
    first = {**values, "addressee": "[Directeur]", "number": 3}
    actions.create_resource("trois", first, by=claire)
    with pytest.raises(NumberTaken):
        actions.create_resource("trois-encore", first, by=claire)
    other = actions.create_resource("quatre", {**first, "number": 4}, by=claire)
    with pytest.raises(NumberTaken):
        actions.revise_text(other, {"number": 3}, by=claire, edit_number=other.edit_number)
    actions.create_resource("trois-enseignant", {**first, "addressee": "[Enseignant]"}, by=claire)


def test_a_place_on_the_home_page_is_for_public_texts(public, draft, claire):
    assert actions.put_forward(public, by=claire, place=2).featured == 2
    hidden = make_resource("cache", status=Status.DRAFT)
    with pytest.raises(WrongState):
        actions.put_forward(hidden, by=claire, place=1)


def test_an_image_that_nobody_read_again_cannot_come_after_the_decision(draft, claire, samir):
    """Named in the text, added once it is public, it would be shown at once."""
    words = {"body": "![Un lit, une lampe](lit-calme.webp)\n"}
    actions.revise_text(draft, words, by=claire, edit_number=draft.edit_number)
    sent = actions.submit_for_review(draft, by=claire)
    with pytest.raises(ImageMissing):
        actions.publish_text(sent, by=samir)
    with pytest.raises(ImageMissing):
        actions.publish_text(sent, by=samir, at=timezone.now() + datetime.timedelta(days=1))
    file = io.BytesIO(picture("PNG", size=(40, 30)))
    actions.add_picture(sent, "lit-calme.webp", remake_renditions(file), by=claire)
    assert "<img" in actions.publish_text(sent, by=samir).html
