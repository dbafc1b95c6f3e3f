"""Anybody tells the host of a content against the law; the host answers; files follow their message."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.outbox.models import Delivery
from exchanges.models import Attachment, Case, Decision, IllegalNotice, Post
from exchanges.moderation.actions import ask_second_reading, decide
from foundation.keys import random_key
from tests.exchanges.moderation.desk_pages import ADMIN
from tests.exchanges.moderation.world import World
from tests.factories import make_member, make_school, member, person_with_role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "no_second_factor")]
NOTICES = "/admin/contenus-illicites/"
SAID = {
    "reasons": "Une injure.",
    "name": "Ana Lima",
    "email": "ana@ailleurs.example",
    "good_faith": "on",
}


@pytest.fixture
def world(here) -> World:
    return here()


def address(world) -> str:
    where = f"/ecoles/{world.school.slug}/groupes/{world.group.key}/{world.topic.key}/"
    return f"https://preau.example{where}message/{world.post.number}/"


def test_a_visitor_sends_a_notice_and_the_answer_is_the_same_whatever_the_address(world, visitor):
    pages = []
    for where in (address(world), "https://preau.example/ecoles/jean-moulin/groupes/zzzzzzzz/zzzzzzzz/", "x"):
        answer = visitor.post("/signaler/", {**SAID, "address": where}, follow=True)
        notice = IllegalNotice.objects.latest("pk")
        pages.append(answer.content.decode().replace(notice.receipt, "RECEIPT"))
        assert answer.status_code == 200 and "RECEIPT" in pages[-1]
    assert pages[0] == pages[1] == pages[2]
    assert Case.objects.filter(school=world.school).count() == 1
    assert Delivery.objects.filter(kind="notice_receipt", address=SAID["email"]).count() == 3


def test_the_law_asks_for_a_name_but_of_offences_against_children(visitor):
    told = {"address": "https://preau.example/", "reasons": "Une image.", "good_faith": "on"}
    page = visitor.post("/signaler/", told).content.decode()
    assert "Say your name" in page and "Say where to answer you" in page and "Une image." in page
    without = {name: value for name, value in told.items() if name != "good_faith"}
    assert "Tick this box" in visitor.post("/signaler/", {**without, "minors": "on"}).content.decode()
    assert not IllegalNotice.objects.exists()
    answer = visitor.post("/signaler/", {**told, "minors": "on"}, follow=True)
    assert "nobody can answer you" in answer.content.decode()
    assert visitor.get("/signaler/?page=/ressources/").content.decode().count("/ressources/") >= 1


def test_a_flood_of_notices_is_stopped_and_no_receipt_is_guessed(visitor):
    told = {**SAID, "address": "https://preau.example/"}
    answers = [visitor.post("/signaler/", told).status_code for _ in range(11)]
    assert answers[:10] == [302] * 10 and answers[10] == 429
    assert visitor.get("/signaler/recu/BCDFGHJKMNPQ/").status_code == 404


def test_the_host_moderator_reads_it_with_its_content_and_both_sides_are_told(world, visitor, host_moderator):
    visitor.post("/signaler/", {**SAID, "address": address(world)})
    notice = IllegalNotice.objects.get()
    assert "Illegal content (1)" in host_moderator.get("/admin/").content.decode()
    assert notice.receipt in host_moderator.get(NOTICES).content.decode()
    page = host_moderator.get(f"{NOTICES}{notice.receipt}/").content.decode()
    assert "Qui accompagne vendredi" in page and "Amina" in page and "has it in its queue too" in page
    said = {"outcome": "removed", "answer": "Injure publique, loi de 1881."}
    assert (
        "Say why" in host_moderator.post(f"{NOTICES}{notice.receipt}/", {"outcome": "kept"}).content.decode()
    )
    host_moderator.post(f"{NOTICES}{notice.receipt}/", said)
    assert world.state() == "removed"
    assert Delivery.objects.filter(kind="notice_outcome", address=SAID["email"]).exists()
    assert Delivery.objects.filter(kind="moderation_decision", person=world.amina.user).exists()
    again = host_moderator.post(f"{NOTICES}{notice.receipt}/", said)
    assert "already decided" in again.content.decode()
    assert "Illegal content (" not in host_moderator.get("/admin/").content.decode()


def test_what_the_direction_removed_before_is_answered_too(world, visitor, host_moderator):
    visitor.post("/signaler/", {**SAID, "address": address(world)})
    notice, case = IllegalNotice.objects.get(), Case.objects.get(school=world.school)
    now = timezone.now()
    decide(member(world.nora), "remove", kind="case", object=case.key, ground="insult", now=now)
    host_moderator.post(f"{NOTICES}{notice.receipt}/", {"outcome": "removed", "answer": "Retiré."})
    notice.refresh_from_db()
    assert notice.outcome == "removed"


def test_notices_are_the_host_moderators_alone(world, visitor, sign_in, curator, operator):
    visitor.post("/signaler/", {**SAID, "address": address(world)})
    receipt = IllegalNotice.objects.get().receipt
    for client in (curator, operator, sign_in(world.helene.user), sign_in(world.nora.user)):
        for page in (NOTICES, f"{NOTICES}{receipt}/"):
            assert client.get(page).status_code == 403
    assert visitor.get(NOTICES).status_code == 302


def test_the_host_reads_again_where_the_school_has_nobody(world, sign_in):
    world.facilitates(world.karim, on=False)
    world.helene.hats.all().delete()
    host = sign_in(person_with_role("marc", "host_moderator"))
    case = world.report(world.bilal, now=timezone.now())
    why = {"ground": "rude", "now": timezone.now()}
    made = decide(member(world.nora), "hide", kind="case", object=case.key, **why)
    ask_second_reading(member(world.amina), made, "Relisez.")
    page = host.get(NOTICES).content.decode()
    assert "Second readings" in page and "Relisez." in page and "Qui accompagne" in page
    ref = f"reading:{world.school.slug}:{made.number}"
    assert (
        host.post(f"{NOTICES}seconde-lecture/", {"item": "reading:x:1", "outcome": "upheld"}).status_code
        == 404
    )
    host.post(f"{NOTICES}seconde-lecture/", {"item": ref, "outcome": "reversed"})
    assert world.state() == "visible"


# Files ----------------------------------------------------------------------------------------------------


def test_a_file_opens_with_the_case_and_closes_with_it(here, sign_in):
    world = here("parents-enseignants")
    world.facilitates(world.helene, on=False)
    stored = default_storage.save("attachments/moderation-test.webp", ContentFile(b"RIFF"))
    file = Attachment.objects.create(
        post=world.post,
        key=random_key(24),
        name="photo.webp",
        stored=stored,
        content_type="image/webp",
        size=4,
    )
    Post.objects.of_topic(world.topic).filter(pk=world.post.pk).update(has_files=True)
    helene, url = sign_in(world.helene.user), f"{ADMIN}fichier/{file.key}/"
    assert helene.get(url).status_code == 404
    case = world.report(world.bilal, now=timezone.now())
    assert url in helene.get(ADMIN).content.decode()
    answer = helene.get(url)
    assert answer.status_code == 200 and "sandbox" in answer["Content-Security-Policy"]
    site = f"/ecoles/{world.school.slug}/a-moderer/fichier/{file.key}/"
    assert sign_in(world.karim.user).get(site).status_code == 200
    ana = sign_in(make_member(make_school("ailleurs"), "ana", "director").user)
    assert ana.get(url).status_code == 404
    assert sign_in(world.bilal.user).get(site).status_code == 403
    decide(member(world.helene), "keep", kind="case", object=case.key, now=timezone.now())
    assert helene.get(url).status_code == 404
    assert Decision.objects.of_school(world.school).count() == 1
    default_storage.delete(stored)
