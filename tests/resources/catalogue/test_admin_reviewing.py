"""The second reader's pages: the queue, the decision, the history; lists and acts by the dozen; budgets."""

import datetime
import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.clock.actions import tick
from resources.catalogue import actions, history
from resources.catalogue.errors import ChangedSinceRead
from resources.catalogue.models import Resource, Status
from tests.factories import make_resource, make_variant

pytestmark = pytest.mark.django_db


def url(text, page):
    return reverse(f"admin:resources_{text._meta.model_name}_{page}", args=[text.pk])


def text_of(response):
    return response.content.decode()


@pytest.fixture
def author(workshop, claire):
    return workshop(claire)


@pytest.fixture
def reader(workshop, samir):
    return workshop(samir)


def test_the_author_sees_who_decides_and_no_button(author, reader, sent):
    assert 'name="_publish"' not in text_of(author.get(url(sent, "review")))
    assert 'name="_publish"' in text_of(reader.get(url(sent, "review")))
    author.post(url(sent, "review"), {"_publish": ""})
    assert Resource.objects.get(pk=sent.pk).status == Status.IN_REVIEW


def test_a_second_reader_refuses_with_a_reason_then_publishes(author, reader, sent, visitor):
    page = text_of(reader.post(url(sent, "review"), {"_send_back": "", "reason": " "}))
    assert 'id="id_reason_error"' in page
    assert Resource.objects.get(pk=sent.pk).status == Status.IN_REVIEW
    reader.post(url(sent, "review"), {"_send_back": "", "reason": "Un seul geste, pour ce soir."})
    queue = text_of(author.get("/admin/a-relire/"))
    assert "Un seul geste, pour ce soir." in queue
    assert "Un seul geste, pour ce soir." in text_of(author.get(url(sent, "change")))
    assert "Un seul geste" not in text_of(reader.get("/admin/a-relire/"))
    author.post(url(sent, "submit"))
    reader.post(url(sent, "review"), {"_publish": ""})
    assert visitor.get(sent.get_absolute_url()).status_code == 200


def test_a_text_is_accepted_for_an_hour_to_come(reader, sent, visitor):
    past = (timezone.localtime() - datetime.timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    assert 'id="id_at_error"' in text_of(reader.post(url(sent, "review"), {"_publish_at": "", "at": past}))
    assert 'id="id_at_error"' in text_of(reader.post(url(sent, "review"), {"_publish_at": "", "at": ""}))
    later = timezone.localtime() + datetime.timedelta(days=2)
    reader.post(url(sent, "review"), {"_publish_at": "", "at": later.strftime("%Y-%m-%dT%H:%M")})
    assert sent.title in text_of(reader.get("/admin/a-relire/?partie=acceptes"))
    assert visitor.get(sent.get_absolute_url()).status_code == 404
    tick(later + datetime.timedelta(minutes=1))
    assert visitor.get(sent.get_absolute_url()).status_code == 200


def test_the_decision_shows_what_changes_in_words(reader, public, claire):
    actions.revise_text(public, {"title": "Autre ?"}, by=claire, edit_number=public.edit_number)
    actions.submit_for_review(public, by=claire)
    page = text_of(reader.get(url(public, "review")))
    assert "<del>" in page
    assert "<ins>" in page
    assert page.index('class="passage removed"') < page.index('class="passage added"')


def test_the_queue_holds_versions_and_texts_past_their_date(reader, public, claire):
    simple = make_variant(public, "simple", status=Status.DRAFT, by=claire, title="Éteindre, simplement")
    actions.submit_for_review(simple, by=claire)
    Resource.objects.filter(pk=public.pk).update(review_by=timezone.localdate() - datetime.timedelta(days=1))
    queue = text_of(reader.get("/admin/a-relire/"))
    assert url(simple, "review") in queue
    assert url(public, "keep") in queue
    only = text_of(reader.get("/admin/a-relire/?partie=a-verifier"))
    assert url(simple, "review") not in only
    reader.post(url(public, "keep"), {"_checked": "", "until": ""})
    assert url(public, "keep") not in text_of(reader.get("/admin/a-relire/"))


def test_a_version_is_brought_back_from_its_page(author, draft, claire):
    first = history.stored_versions(draft)[-1]
    actions.revise_text(draft, {"title": "Deux ?"}, by=claire, edit_number=draft.edit_number)
    page = reverse("admin:resources_resource_version", args=[draft.pk, first.pk])
    assert "Deux" in text_of(author.get(f"{page}?avec=maintenant"))
    author.post(page)
    assert Resource.objects.get(pk=draft.pk).title == draft.title
    assert len(history.stored_versions(draft)) == 3
    other = make_resource("autre")
    assert (
        author.get(reverse("admin:resources_resource_version", args=[other.pk, first.pk])).status_code == 404
    )


def seen_in_list(client):
    """What the list of texts carries of each text's state, as a browser would send it."""
    page = text_of(client.get("/admin/resources/resource/"))
    return dict(re.findall(r'name="(seen_\d+)" value="(\d+)"', page))


def test_a_stale_list_publishes_no_words_changed_since(reader, sent, claire):
    stale = seen_in_list(reader)
    actions.revise_text(sent, {"title": "Autre chose ?"}, by=claire, edit_number=sent.edit_number)
    actions.submit_for_review(sent, by=claire)
    chosen = {"action": "accept", "index": "0", "_selected_action": [sent.pk]}

    for seen in (stale, {}, {f"seen_{sent.pk}": "²"}):
        page = text_of(reader.post("/admin/resources/resource/", chosen | seen, follow=True))
        assert Resource.objects.get(pk=sent.pk).status == Status.IN_REVIEW
        assert str(ChangedSinceRead.message) in html.unescape(page)

    reader.post("/admin/resources/resource/", chosen | seen_in_list(reader))
    published = Resource.objects.get(pk=sent.pk)
    assert (published.status, published.title) == (Status.PUBLISHED, "Autre chose ?")


def test_acts_by_the_dozen_follow_each_texts_own_rule(author, reader, sent, values, samir):
    own = actions.create_resource("du-lecteur", {**values, "title": "Du lecteur ?"}, by=samir)
    actions.submit_for_review(own, by=samir)
    data = {"action": "accept", "index": "0", "_selected_action": [sent.pk, own.pk], **seen_in_list(reader)}
    page = text_of(reader.post("/admin/resources/resource/", data, follow=True))
    assert Resource.objects.get(pk=sent.pk).status == Status.PUBLISHED
    assert Resource.objects.get(pk=own.pk).status == Status.IN_REVIEW
    assert "Du lecteur ?" in page
    data = {"action": "delete_selected", "index": "0", "_selected_action": [sent.pk], "post": "yes"}
    reader.post("/admin/resources/resource/", data)
    assert Resource.objects.filter(pk=sent.pk).exists()


def test_an_act_answers_a_press_only(author, draft):
    for page in ("submit", "cancel", "reopen"):
        assert author.get(url(draft, page)).status_code == 405
    assert Resource.objects.get(pk=draft.pk).status == Status.DRAFT


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    kept = [
        q["sql"] for q in seen.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))
    ]
    return kept


LISTS = ("", "resources/resource/", "resources/variant/", "resources/collection/", "resources/theme/")
LISTS += ("resources/source/", "resources/helpnumber/", "resources/term/", "a-relire/")


def many(library, claire, count):
    for number in range(count):
        text = make_resource(f"texte-{number}", f"Titre {number} ?", themes=library.themes, by=claire)
        actions.revise_text(text, {"title": f"Autre {number} ?"}, by=claire, edit_number=text.edit_number)
        actions.submit_for_review(text, by=claire)
        make_variant(text, "simple", by=claire)


def test_lists_stay_within_twelve_queries_whatever_their_length(reader, claire, small_library):
    many(small_library, claire, 2)
    few = {one: len(queries(reader, f"/admin/{one}")) for one in LISTS}
    assert max(few.values()) <= 12, few
    for number in range(2, 12):
        make_resource(f"texte-{number}", f"Titre {number} ?", themes=small_library.themes, by=claire)
    assert {one: len(queries(reader, f"/admin/{one}")) for one in LISTS} == few


def test_forms_stay_within_twenty_queries(reader, claire, small_library):
    many(small_library, claire, 1)
    text = Resource.objects.get(slug="texte-0")
    addresses = [
        url(text, page) for page in ("change", "preview", "review", "history", "pictures", "links", "keep")
    ]
    addresses += [url(text.variants.get(), "change"), "/admin/resources/resource/add/"]
    addresses.append(f"/admin/resources/collection/{small_library.collection.pk}/change/")
    version = history.stored_versions(text)[0].pk
    addresses.append(reverse("admin:resources_resource_version", args=[text.pk, version]))
    counts = {one: len(queries(reader, one)) for one in addresses}
    assert max(counts.values()) <= 20, counts


def test_words_changed_under_the_readers_eyes_are_not_published_unread(author, reader, sent, claire, visitor):
    """The author writes again while the reader reads: the press on the older page publishes nothing."""
    opened = text_of(reader.get(url(sent, "review")))
    read = re.search(r'name="edit_number" value="(\d+)"', opened)[1]
    current = Resource.objects.get(pk=sent.pk)
    actions.revise_text(
        current, {"summary": "Ce que nul n’a relu."}, by=claire, edit_number=current.edit_number
    )
    author.post(url(sent, "submit"))
    page = text_of(reader.post(url(sent, "review"), {"_publish": "", "edit_number": read}))
    assert "Ce que nul n’a relu." in page
    assert visitor.get(sent.get_absolute_url()).status_code == 404
    shown = re.search(r'name="edit_number" value="(\d+)"', page)[1]
    reader.post(url(sent, "review"), {"_publish": "", "edit_number": shown})
    assert visitor.get(sent.get_absolute_url()).status_code == 200
