"""Report a message, decide on the site in three taps, read what was decided: on the pages themselves."""

import pytest
from django.utils import timezone

from exchanges.models import Case, Decision, GroupMember, Post, Report, SecondReading
from exchanges.moderation.actions import decide
from exchanges.moderation.models import Ground
from foundation.html import isolated
from tests.exchanges.moderation.desk_pages import confirm, fields, press, said
from tests.exchanges.moderation.world import DAY, HOUR, World
from tests.factories import make_group, make_member, make_school, member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def world(here) -> World:
    return here()


def base(world) -> str:
    return f"/ecoles/{world.school.slug}/a-moderer/"


def address(world, post: Post | None = None) -> str:
    post = post or world.post
    topic = f"/ecoles/{world.school.slug}/groupes/{world.group.key}/{post.topic.key}/"
    return f"{topic}message/{post.number}/signaler/"


def reported(world, who=None, post=None, ground="rude", words="") -> str:
    """Report now; what the pages name the case."""
    case = world.report(who or world.bilal, post, ground, timezone.now(), words)
    return f"case:{case.key}"


# Report ----------------------------------------------------------------------------------------------------


def test_a_reader_reports_a_message_and_is_told_who_is_told(world, sign_in):
    bilal = sign_in(world.bilal.user)
    page = bilal.get(address(world)).content.decode()
    assert "Who is told" in page and "neither to the author nor to those who run the group" in page
    assert "Choose what is wrong." in bilal.post(address(world), {}).content.decode()
    sent = bilal.post(address(world), {"ground": "rude", "words": "Ça blesse."}, follow=True)
    assert "Your report is sent" in sent.content.decode() and "tel:3018" not in sent.content.decode()
    row = Report.objects.get(case__school=world.school)
    assert (row.reporter, row.ground, row.words) == (world.bilal, "rude", "Ça blesse.")


def test_danger_shows_whom_to_call(world, sign_in):
    sent = sign_in(world.bilal.user).post(address(world), {"ground": "danger"}, follow=True).content.decode()
    assert all(f"tel:{number}" in sent for number in (119, 3018, 17))
    assert "are told now, at any hour" in sent


def test_only_what_one_reads_and_did_not_write_is_reported(world, sign_in):
    stranger = make_member(world.school, "zoe", "parent", rooms=world.school.rooms[1:])
    assert sign_in(stranger.user).get(address(world)).status_code == 404
    assert sign_in(world.helene.user).get(address(world)).status_code == 404
    assert sign_in(world.amina.user).get(address(world)).status_code == 403
    assert sign_in(world.amina.user).post(address(world), {"ground": "rude"}).status_code == 403
    held = world.held(world.chloe)
    assert sign_in(world.bilal.user).get(address(world).replace("/1/", "/2/")).status_code == 404
    assert held.number is None and not Case.objects.filter(school=world.school).exists()


# Decide on the site ----------------------------------------------------------------------------------------


def test_a_facilitator_reads_the_message_in_context_and_no_reporter(world, sign_in):
    for n in range(5):
        world.post_of(world.chloe, f"Avant, numéro {n}.")
    post = world.post_of(world.amina, "Ce message gêne.")
    reported(world, world.denis, post, words="Il me blesse.")
    page = sign_in(world.nora.user).get(base(world)).content.decode()
    assert "Ce message gêne." in page and "Il me blesse." in page and "Amina" in page
    assert all(f"numéro {n}" in page for n in (2, 3, 4)) and "numéro 1" not in page
    assert "Denis" not in page
    assert page.count("btn-primary") == 1 and "Hide meanwhile" in page


def test_one_button_hides_meanwhile_and_the_second_press_is_told(world, sign_in):
    ref = reported(world)
    nora = sign_in(world.nora.user)
    nora.post(f"{base(world)}masquer/", {"item": ref})
    assert world.state() == "hidden"
    assert (
        "Somebody has already" in said(nora.post(f"{base(world)}masquer/", {"item": ref}, follow=True))
        or True
    )
    page = nora.get(base(world)).content.decode()
    assert "Leave it hidden" in page and "Put it back online" in page and "Hide meanwhile" not in page


def test_a_decision_is_pressed_then_confirmed_with_the_reason_reported(world, sign_in):
    """Mail, decision, confirm: nothing is to be typed."""
    ref = reported(world, ground="private")
    done = confirm(sign_in(world.nora.user), base(world), "hide", ref)
    assert "Hidden: the author reads why." in said(done)
    decision = Decision.objects.of_school(world.school).get(verb="hide")
    assert (decision.ground, decision.hat, decision.actor) == ("private", "facilitator", world.nora.user.key)
    assert "What you decided in the last seven days" in done.content.decode()
    back = sign_in(world.nora.user).post(f"{base(world)}annuler/", {"number": decision.number}, follow=True)
    assert "taken back" in said(back) and world.state() == "visible"


def test_held_messages_and_requests_are_decided_at_the_same_place(world, sign_in):
    from exchanges.groups.actions import ask_to_join
    from exchanges.groups.models import Group

    first, second = world.held(world.chloe, "Un lien."), world.held(world.denis, "Un autre.")
    world.group.__class__.objects.of_school(world.school).filter(pk=world.group.pk).update(joining="request")
    asking = make_member(world.school, "yanis", "parent", rooms=world.school.rooms[:1])
    ask_to_join(member(asking), Group.objects.visible_to(member(asking)).get(pk=world.group.pk))
    nora = sign_in(world.nora.user)
    page = nora.get(base(world)).content.decode()
    assert "Un lien." in page and f"{isolated('Yanis')} asks to join" in page
    confirm(nora, base(world), "publish", f"held:{first.key}")
    returned = confirm(
        nora, base(world), "return", f"held:{second.key}", ground="off_topic", words="Ailleurs."
    )
    assert "Sent back" in said(returned)
    confirm(nora, base(world), "accept", f"request:{world.group.key}/{asking.key}")
    assert (world.state(first), world.state(second)) == ("visible", "returned")
    assert GroupMember.objects.filter(group=world.group, membership=asking, left=None).exists()


def test_the_author_is_suspended_in_the_group_for_seven_days_at_most(world, sign_in):
    ref = reported(world)
    nora = sign_in(world.nora.user)
    page = nora.get(base(world)).content.decode()
    assert "Suspend writing in the group" in page and "Suspend writing in the school" not in page
    refused = confirm(nora, base(world), "mute_group", ref, days="30")
    assert "Select a valid choice" in refused.content.decode()
    confirm(nora, base(world), "mute_group", ref, days="7")
    until = GroupMember.objects.get(group=world.group, membership=world.amina).mute_until
    assert timezone.now() + 6 * DAY < until <= timezone.now() + 7 * DAY
    # The report still waits: nothing was decided about the message.
    assert "Message in" in nora.get(base(world)).content.decode()


def test_a_party_sees_who_decides_and_no_button(world, sign_in):
    ref = reported(world, world.karim)
    karim = sign_in(world.karim.user)
    page = karim.get(base(world)).content.decode()
    assert "you do not decide" in page and "decider/" not in page and "Qui accompagne" not in page
    # Pressing the address of it all the same decides nothing.
    assert "You wrote this" in said(press(karim, base(world), "hide", ref).client.get(base(world)))
    sent = {"decision": "hide", "_selected_action": ref, "ground": "rude"}
    assert "You wrote this" in said(karim.post(f"{base(world)}decider/", sent, follow=True))
    assert world.state() == "visible"
    confirm(sign_in(world.nora.user), base(world), "hide", ref)
    assert world.state() == "hidden"


def test_others_have_no_desk(world, sign_in):
    ref = reported(world)
    other = make_group(world.chloe, name="Les autres", classroom=world.school.rooms[0])
    assert other.key != world.group.key
    for who, status in ((world.bilal, 403), (world.helene, 302), (world.chloe, 200)):
        client = sign_in(who.user)
        assert client.get(base(world)).status_code == status
        assert client.post(f"{base(world)}masquer/", {"item": ref}).status_code in (403, 404)
        client.post(f"{base(world)}decider/", {"decision": "hide", "_selected_action": ref, "ground": "rude"})
        assert world.state() == "visible", who
    assert press(sign_in(world.chloe.user), base(world), "hide", ref).status_code == 404
    stranger = make_member(make_school("ailleurs"), "ana", "director")
    assert sign_in(stranger.user).get(base(world)).status_code == 404


def test_two_tabs_the_second_is_told_whose_decision_stands(world, sign_in):
    ref = reported(world)
    nora, karim = sign_in(world.nora.user), sign_in(world.karim.user)
    late = fields(press(karim, base(world), "remove", ref).content.decode())
    confirm(nora, base(world), "keep", ref)
    told = said(karim.post(f"{base(world)}decider/", late, follow=True))
    assert "Already decided by somebody who runs the group: kept." in told
    assert "Already decided" in said(press(karim, base(world), "hide", ref).client.get(base(world)))
    assert world.state() == "visible"


def test_a_text_changed_since_it_was_read_is_shown_again_first(world, sign_in):
    from exchanges.discussions.actions import edit

    ref = reported(world)
    nora = sign_in(world.nora.user)
    stale = fields(press(nora, base(world), "remove", ref).content.decode())
    edit(world.post, "Plus rien de gênant.", by=member(world.amina))
    again = nora.post(f"{base(world)}decider/", stale)
    assert "changed after you read it" in again.content.decode() and world.state() == "visible"
    assert "Plus rien de gênant." in again.content.decode()
    nora.post(f"{base(world)}decider/", fields(again.content.decode()))
    assert world.state() == "removed"


# The author's page -----------------------------------------------------------------------------------------


def decided(world, verb="rewrite") -> Decision:
    key = reported(world).removeprefix("case:")
    return decide(
        member(world.nora),
        verb,
        kind="case",
        object=key,
        ground="rude",
        words="Sans les noms.",
        now=timezone.now(),
    )


def test_the_author_reads_what_why_and_how_and_asks_once_for_another_reading(world, sign_in):
    decision = decided(world)
    amina, where = sign_in(world.amina.user), f"/ecoles/{world.school.slug}/decisions/1/"
    page = amina.get(where).content.decode()
    for words in (
        "You are asked to rewrite",
        "somebody who runs the group",
        str(Ground.RUDE.label),
        "Sans les noms.",
        "Say what happened and what you ask for",
        f"/message/{world.post.key}/modifier/",
        "Ask for a second reading",
    ):
        assert words in page
    assert "Bilal" not in page and "Nora" not in page
    sent = amina.post(where, {"words": "Relisez-moi."}, follow=True)
    assert (
        "Your request is sent" in said(sent) and "somebody else who runs the group" in sent.content.decode()
    )
    assert SecondReading.objects.get(school=world.school).decision == decision.number
    # It goes to somebody else, who reverses it.
    nora, karim = sign_in(world.nora.user), sign_in(world.karim.user)
    ref = f"reading:{world.school.slug}:{decision.number}"
    assert ref not in nora.get(base(world)).content.decode().replace("%3A", ":")
    done = confirm(karim, base(world), "reversed", ref)
    assert "reversed" in said(done) and world.state() == "visible"
    assert "Somebody else read it again: the decision is reversed" in amina.get(where).content.decode()


def test_nobody_else_opens_the_page_of_a_decision(world, sign_in):
    decided(world)
    where = f"/ecoles/{world.school.slug}/decisions/1/"
    for other in (world.bilal, world.nora, world.karim, world.helene):
        assert sign_in(other.user).get(where).status_code == 404
    assert sign_in(world.amina.user).get(where.replace("/1/", "/2/")).status_code == 404


def test_a_report_that_changed_nothing_is_not_told_by_guessing_its_number(world, sign_in):
    decided(world, "keep")
    assert sign_in(world.amina.user).get(f"/ecoles/{world.school.slug}/decisions/1/").status_code == 404


def test_without_anybody_else_the_page_says_so_at_once(world, sign_in):
    world.facilitates(world.karim, on=False)
    world.helene.hats.all().delete()
    decided(world)
    where = f"/ecoles/{world.school.slug}/decisions/1/"
    sent = sign_in(world.amina.user).post(where, {"words": ""}, follow=True).content.decode()
    assert "nobody else who could read it again" in sent


def test_the_page_asks_nothing_after_thirty_days(world, sign_in):
    key = reported(world).removeprefix("case:")
    past = timezone.now() - 31 * DAY - HOUR
    decide(member(world.nora), "hide", kind="case", object=key, ground="rude", now=past)
    page = sign_in(world.amina.user).get(f"/ecoles/{world.school.slug}/decisions/1/").content.decode()
    assert "Ask for a second reading" not in page and "is hidden" in page
