"""The direction decides in the admin: badge, decision, confirm; many at once; what it never sees."""

import pytest
from django.utils import timezone

from exchanges.models import Case, Decision, GroupLine, Post
from exchanges.moderation.actions import decide
from exchanges.moderation.escalation import escalate
from foundation.html import isolated
from tests.exchanges.moderation.desk_pages import ADMIN, confirm, fields, press, said
from tests.exchanges.moderation.world import World
from tests.factories import make_group, make_member, make_school, make_topic, member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "no_second_factor")]
LOG = "/admin/exchanges/decision/"


@pytest.fixture
def world(here) -> World:
    """A group of the team: its texts show to the direction at once."""
    world = here("parents-enseignants")
    world.facilitates(world.helene, on=False)
    return world


def reported(world, post=None, who=None, ground="rude") -> str:
    return f"case:{world.report(who or world.bilal, post, ground, timezone.now()).key}"


def test_badge_decision_confirm_are_three_taps(world, sign_in):
    ref = reported(world)
    helene = sign_in(world.helene.user)
    assert f'<a href="{ADMIN}">To moderate (1)</a>' in helene.get("/admin/").content.decode()
    page = helene.get(ADMIN).content.decode()
    assert "Qui accompagne vendredi" in page and "Bilal" not in page
    done = confirm(helene, ADMIN, "remove", ref)
    assert "Removed" in said(done) and world.state() == "removed"
    assert Decision.objects.of_school(world.school).get(verb="remove").hat == "director"
    assert "To moderate (1)" not in done.content.decode()


def test_thirty_cases_are_decided_together_and_one_is_taken_back(world, sign_in):
    posts = [world.post_of(world.amina, f"Message {n}.") for n in range(30)]
    refs = [reported(world, post) for post in posts]
    helene = sign_in(world.helene.user)
    page = helene.get(ADMIN).content.decode()
    assert page.count('name="_selected_action"') == 30
    asked = press(helene, ADMIN, "hide", *refs).content.decode()
    assert "Hide: 30 lines" in asked and asked.count("Message in") >= 30
    done = confirm(helene, ADMIN, "hide", *refs)
    assert "30 times" in said(done)
    assert {world.state(post) for post in posts} == {"hidden"}
    last = Decision.objects.of_school(world.school).filter(verb="hide").latest("number")
    back = helene.post(f"{ADMIN}annuler/", {"school": world.school.slug, "number": last.number}, follow=True)
    assert "taken back" in said(back)
    assert [world.state(post) for post in posts].count("visible") == 1
    again = helene.post(f"{ADMIN}annuler/", {"school": world.school.slug, "number": last.number}, follow=True)
    assert "Already decided" in said(again)


def test_the_bulk_takes_no_line_that_another_decision_needs(world, sign_in):
    ref, held = reported(world), world.held(world.chloe)
    helene = sign_in(world.helene.user)
    asked = press(helene, ADMIN, "publish", ref, f"held:{held.key}").content.decode()
    assert "Not these" in asked and f"Message in “{isolated('La piscine')}”" in asked
    confirm(helene, ADMIN, "publish", ref, f"held:{held.key}")
    assert (world.state(held), world.state()) == ("visible", "visible")
    assert Case.objects.filter(school=world.school).get().state == "open"


def test_a_second_person_is_told_whose_decision_stands(world, sign_in):
    ref = reported(world)
    deputy = make_member(world.school, "emil", "deputy", rights=["moderation"])
    helene, emil = sign_in(world.helene.user), sign_in(deputy.user)
    stale = fields(press(emil, ADMIN, "remove", ref).content.decode())
    confirm(helene, ADMIN, "keep", ref)
    told = said(emil.post(f"{ADMIN}decider/", stale, follow=True))
    assert "Already decided by the direction of the school: kept." in told and world.state() == "visible"


def test_who_has_no_right_has_no_queue(world, sign_in):
    ref = reported(world)
    other = make_school("ailleurs")
    people = {
        make_member(world.school, "emil", "deputy"): 403,
        make_member(other, "ana", "director"): 404,
        world.nora: 403,
        world.bilal: 403,
    }
    sent = {"decision": "remove", "_selected_action": ref, "ground": "rude"}
    for who, status in people.items():
        client = sign_in(who.user)
        assert press(client, ADMIN, "remove", ref).status_code == status, who
        client.post(f"{ADMIN}decider/", sent)
        assert client.post(f"{ADMIN}masquer/", {"item": ref}).status_code == status
        assert world.state() == "visible"
    page = sign_in(next(one.user for one in people if one.school == other)).get(ADMIN).content.decode()
    assert "La piscine" not in page and world.group.name not in page


def test_ids_of_elsewhere_slipped_into_the_bulk_decide_nothing(world, sign_in, here):
    mine = reported(world)
    school = make_school("ailleurs")
    ana, bea = make_member(school, "ana", "director"), make_member(school, "bea", "teacher")
    elsewhere = make_group(ana, circle="equipe", members=[bea], name="Ailleurs")
    post = Post.objects.get(topic=make_topic(elsewhere, bea, "Titre d’ailleurs", "Texte d’ailleurs."))
    from exchanges.moderation.actions import report

    theirs = f"case:{report(member(ana), post, 'rude', '', timezone.now()).key}"
    helene = sign_in(world.helene.user)
    sent = fields(press(helene, ADMIN, "remove", mine).content.decode())
    sent["_selected_action"] = [mine, theirs, f"held:{post.key}", "case:zzzzzzzz", "rien"]
    done = helene.post(f"{ADMIN}decider/", sent, follow=True)
    assert world.state() == "removed"
    post.refresh_from_db()
    assert post.state == "visible" and "ailleurs" not in done.content.decode().replace("/ailleurs", "")
    assert press(helene, ADMIN, "remove", theirs).status_code == 404


# Groups of parents -----------------------------------------------------------------------------------------


def test_a_line_without_text_until_it_is_escalated_then_one_opening(here, sign_in):
    world = here()
    ref = reported(world)
    helene = sign_in(world.helene.user)
    page = helene.get(ADMIN).content.decode()
    assert "A message was reported" in page and "Tell those who run the group" in page
    for hidden in ("La piscine", "Qui accompagne", "Amina", "_selected_action", "decider/?"):
        assert hidden not in page
    assert press(helene, ADMIN, "hide", ref).status_code == 302 and world.state() == "visible"
    told = helene.post(f"{ADMIN}prevenir/", {"item": ref}, follow=True)
    assert "are told" in said(told)
    assert not Decision.objects.of_school(world.school).filter(verb="open_text").exists()
    escalate(world.case(), timezone.now())
    for _ in range(2):
        assert "Qui accompagne" in helene.get(ADMIN).content.decode()
    assert Decision.objects.of_school(world.school).filter(verb="open_text").count() == 1
    assert GroupLine.objects.filter(group=world.group, verb="open_text").count() == 1
    confirm(helene, ADMIN, "hide", ref)
    assert world.state() == "hidden"


def test_looking_at_the_head_of_a_page_opens_nothing(here, sign_in):
    world = here()
    reported(world, ground="danger")
    sign_in(world.helene.user).head(ADMIN)
    assert not Decision.objects.of_school(world.school).filter(verb="open_text").exists()


# Names, histories, the log ----------------------------------------------------------------------------------


def test_the_record_of_a_person_is_for_the_direction_of_that_school(world, sign_in):
    why = {"kind": "post", "object": world.post.key, "ground": "rude", "now": timezone.now()}
    decide(member(world.helene), "warn", **why)
    reported(world)
    helene, url = sign_in(world.helene.user), f"{ADMIN}personne/{world.amina.key}/"
    assert url in helene.get(ADMIN).content.decode()
    page = helene.get(url).content.decode()
    assert "Amina" in page and "Warned" in page
    ana = make_member(make_school("ailleurs"), "ana", "director")
    for stranger in (ana, make_member(world.school, "emil", "deputy"), world.nora):
        assert sign_in(stranger.user).get(url).status_code in (403, 404)


def test_no_door_of_the_admin_changes_the_log(world, sign_in):
    ref = reported(world)
    helene = sign_in(world.helene.user)
    confirm(helene, ADMIN, "warn", ref)
    row = Decision.objects.of_school(world.school).get(verb="warn")
    page = helene.get(f"{LOG}{row.pk}/change/").content.decode()
    assert "Amina" in page and 'type="submit"' not in page
    assert helene.post(f"{LOG}{row.pk}/change/", {"verb": "keep"}).status_code == 403
    assert helene.get(f"{LOG}add/").status_code == 403
    assert helene.post(f"{LOG}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    sent = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes", "index": "0"}
    helene.post(LOG, sent)
    assert Decision.objects.of_school(world.school).get(pk=row.pk).verb == "warn"


def test_the_log_of_another_school_is_nowhere(world, sign_in):
    ref = reported(world)
    confirm(sign_in(world.helene.user), ADMIN, "warn", ref)
    row = Decision.objects.of_school(world.school).get(verb="warn")
    ana = sign_in(make_member(make_school("ailleurs"), "ana", "director").user)
    page = ana.get(LOG).content.decode()
    assert "No decision yet." in page and "warned" not in page
    for page, answer in (("change", 404), ("history", 404), ("delete", 403)):
        for pk in (row.pk, row.pk + 1000):
            assert ana.get(f"{LOG}{pk}/{page}/").status_code == answer
    assert sign_in(make_member(world.school, "emil", "deputy").user).get(LOG).status_code == 403


def test_what_parents_decide_names_nobody_to_the_direction(here, sign_in):
    world = here()
    ref = reported(world)
    confirm(sign_in(world.nora.user), f"/ecoles/{world.school.slug}/a-moderer/", "warn", ref)
    row = Decision.objects.of_school(world.school).get(verb="warn")
    helene = sign_in(world.helene.user)
    page = helene.get(f"{LOG}{row.pk}/change/").content.decode()
    assert "Amina" not in page and "Nora" not in page
    assert "warned" not in helene.get(f"{ADMIN}personne/{world.amina.key}/").content.decode().lower()


def test_the_admin_asks_for_the_second_factor(world, sign_in, settings):
    settings.IS_DEMO = False
    reported(world)
    answer = sign_in(world.helene.user).get(ADMIN)
    assert answer.status_code == 302 and "La piscine" not in answer.content.decode()


def test_the_queue_asks_the_database_as_often_for_thirty_as_for_two(
    world, sign_in, django_assert_max_num_queries
):
    helene, nora = sign_in(world.helene.user), sign_in(world.nora.user)
    site = f"/ecoles/{world.school.slug}/a-moderer/"
    counts = []
    for more in (2, 28):
        for n in range(more):
            reported(world, world.post_of(world.amina, f"Encore {n}."))
        for client, page in ((helene, ADMIN), (nora, site)):
            client.get(page)
            with django_assert_max_num_queries(12) as found:
                client.get(page)
            counts.append(len(found.captured_queries))
    assert counts[:2] == counts[2:]
