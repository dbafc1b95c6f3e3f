"""Somebody types for somebody: who may, what is kept, what is told, what comes back."""

import time

import pytest
from django.core import mail
from django.utils import timezone

from accounts.assisted.actions import CLASS, PREFERENCE, record_class, record_entry
from accounts.models import AssistedEntry, AuditEntry, Delivery, Hat, Restriction
from accounts.people.proof import SESSION_KEY
from accounts.schools.actions import end_hat
from portal.assisted import UNDOERS
from tests.factories import make_member, make_school, member
from tests.sending import send_now

pytestmark = pytest.mark.django_db
FIND = "/ecoles/jean-moulin/saisir/"
OWN = "/compte/saisi-pour-moi/"


@pytest.fixture
def school(db):
    school = make_school()
    school.helper = make_member(school, "ines", "helper")
    school.keeper = make_member(school, "zoe", "secretary", rights=["members"])
    school.amina = make_member(school, "amina", "parent", display_name="Amina Diallo")
    return school


@pytest.fixture
def proved(sign_in):
    """Sign somebody in who has just given their proof."""

    def make(membership):
        client = sign_in(membership.user)
        session = client.session
        session[SESSION_KEY] = {"user": membership.user.pk, "at": int(time.time())}
        session.save()
        return client

    return make


def page_of(person) -> str:
    return f"{FIND}{person.key}/"


def typed(**fields) -> dict[str, str]:
    return {"basis": "present", **fields}


# Who, and whom -------------------------------------------------------------------------------------------


def test_a_helper_finds_people_by_name_and_learns_nothing_else(school, sign_in):
    make_member(school, "karim", "parent")
    answer = sign_in(school.helper.user).post(FIND, {"name": "diallo"})
    assert [row["name"] for row in answer.context["found"]] == ["Amina Diallo"]
    page = answer.content.decode()
    assert school.amina.user.email not in page
    assert "CP A" not in page


def test_accents_and_capitals_do_not_hide_anybody(school, sign_in):
    make_member(school, "helene", "parent", display_name="Hélène Prévôt")
    answer = sign_in(school.helper.user).post(FIND, {"name": "HELENE"})
    assert [row["name"] for row in answer.context["found"]] == ["Hélène Prévôt"]


@pytest.mark.parametrize("name", ["", "a", "é"])
def test_two_letters_are_needed_so_that_nobody_takes_the_whole_list(school, sign_in, name):
    answer = sign_in(school.helper.user).post(FIND, {"name": name})
    assert answer.context["found"] is None
    assert answer.context["form"].errors


def test_signs_that_are_no_letters_find_nobody(school, sign_in):
    answer = sign_in(school.helper.user).post(FIND, {"name": "--"})
    assert answer.context["found"] is None
    assert answer.context["form"].errors


def test_people_of_another_school_are_not_found(school, sign_in):
    other = make_school("marie-curie")
    neighbour = make_member(other, "voisine", "parent")
    client = sign_in(school.helper.user)
    assert client.post(FIND, {"name": "voisine"}).context["found"] == []
    assert client.get(page_of(neighbour)).status_code == 404
    assert client.get("/ecoles/marie-curie/saisir/").status_code == 404


def test_nobody_found_leads_the_secretary_to_a_slip_and_a_helper_to_the_school(school, sign_in):
    """At the desk, with a family not in yet: the office is « the school » to which a helper is sent."""
    way = "/ecoles/jean-moulin/membres/inviter/"
    secretary, helper = sign_in(school.keeper.user), sign_in(school.helper.user)
    assert f'href="{way}"' in secretary.post(FIND, {"name": "inconnue"}).content.decode()
    assert secretary.get(way).status_code == 200
    assert way not in helper.post(FIND, {"name": "inconnue"}).content.decode()
    assert way not in secretary.post(FIND, {"name": "diallo"}).content.decode().partition("<main")[2]


def test_only_those_who_help_may_type(school, sign_in):
    for number, kind in enumerate(("parent", "teacher", "relay", "proche")):
        someone = make_member(school, f"personne{number}", kind)
        assert sign_in(someone.user).get(FIND).status_code == 403
        assert sign_in(someone.user).get(page_of(school.amina)).status_code == 403
    for person in (school.helper, school.keeper, make_member(school, "anne", "director")):
        assert sign_in(person.user).get(FIND).status_code == 200


def test_nobody_types_for_themselves(school, proved):
    assert proved(school.helper).get(page_of(school.helper)).status_code == 403
    assert proved(school.helper).get(page_of(school.amina)).status_code == 200


def test_a_fresh_proof_is_asked_once(school, sign_in, proved):
    asked = sign_in(school.helper.user).get(page_of(school.amina))
    assert asked.url.startswith("/compte/preuve/")
    assert proved(school.helper).get(page_of(school.amina)).status_code == 200


def test_a_helper_whose_days_ended_cannot_from_an_open_page_either(school, proved):
    client = proved(school.helper)
    assert client.get(page_of(school.amina)).status_code == 200
    make_member(school, "", "parent", user=school.helper.user)
    end_hat(Hat.objects.get(membership=school.helper, kind="helper"), by=None)
    assert client.post(page_of(school.amina), typed(channel="paper")).status_code == 403
    assert not AssistedEntry.objects.of_school(school).exists()


def test_a_suspended_helper_cannot_and_is_told_why(school, proved):
    school.helper.suspended_until = timezone.now() + timezone.timedelta(days=2)
    school.helper.suspended_why = "Trop de fautes"
    school.helper.save()
    answer = proved(school.helper).post(page_of(school.amina), typed(channel="paper"))
    assert answer.status_code == 403
    assert "Trop de fautes" in answer.content.decode()


# What is recorded ----------------------------------------------------------------------------------------


def test_a_choice_is_recorded_told_and_undone(school, proved, sign_in):
    answer = proved(school.helper).post(page_of(school.amina), typed(channel="paper", language="ar"))
    assert answer.url == f"{page_of(school.amina)}fait/"
    school.amina.user.refresh_from_db()
    assert (school.amina.user.prefers_paper, school.amina.user.language) == (True, "ar")
    entry = AssistedEntry.objects.get(person=school.amina)
    assert (entry.kind, entry.helper, entry.hat, entry.basis) == (
        PREFERENCE,
        school.helper,
        "helper",
        "present",
    )
    assert AuditEntry.objects.filter(verb="typed_for", about=school.amina.user.key).exists()

    own = sign_in(school.amina.user)
    page = own.get(OWN).content.decode()
    assert "Ines" in page
    own.post(f"{OWN}{entry.key}/annuler/")
    school.amina.user.refresh_from_db()
    assert (school.amina.user.prefers_paper, school.amina.user.language) == (False, "fr")
    assert AuditEntry.objects.filter(verb="typed_for_undone", actor=school.amina.user.key).exists()


def test_what_the_person_chose_since_is_not_taken_back(school, proved, sign_in):
    proved(school.helper).post(page_of(school.amina), typed(channel="paper", language="ar"))
    user = school.amina.user
    user.refresh_from_db()
    user.language = "en"
    user.save()
    entry = AssistedEntry.objects.get(person=school.amina)
    sign_in(user).post(f"{OWN}{entry.key}/annuler/")
    user.refresh_from_db()
    assert (user.prefers_paper, user.language) == (False, "en")


def test_what_the_person_had_chosen_is_never_shown(school, proved):
    """Whatever they chose before, the helper's page is the same, but for the token of the form."""

    def page():
        text = proved(school.helper).get(page_of(school.amina)).content.decode()
        return [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line]

    before = page()
    school.amina.user.prefers_paper, school.amina.user.language = True, "ar"
    school.amina.user.save()
    assert page() == before


def test_nothing_chosen_is_told_and_nothing_recorded(school, proved):
    answer = proved(school.helper).post(page_of(school.amina), typed())
    assert answer.context["form"].errors
    answer = proved(school.helper).post(page_of(school.amina), {"channel": "paper"})
    assert answer.context["form"].errors
    assert not AssistedEntry.objects.of_school(school).exists()


def test_the_person_is_told_by_mail_who_typed_what(school, proved):
    proved(school.helper).post(page_of(school.amina), typed(channel="paper"))
    send_now()
    told = [sent for sent in mail.outbox if sent.to == [school.amina.user.email]]
    assert len(told) == 1
    assert "Ines" in told[0].body
    assert OWN in told[0].body


def test_without_an_e_mail_a_sheet_tells_them(school, proved):
    paper = make_member(school, "karim", "parent", email=None)
    client = proved(school.helper)
    client.post(page_of(paper), typed(channel="paper"))
    send_now()
    assert Delivery.objects.get(kind="assisted_entry").reason == "no address"
    sheet = client.get(f"{page_of(paper)}feuille/")
    assert sheet.status_code == 200
    assert "Karim" in sheet.content.decode()


def test_the_sheet_shows_what_this_helper_typed_and_nothing_of_another(school, proved):
    proved(school.keeper).post(page_of(school.amina), typed(channel="paper"))
    assert proved(school.helper).get(f"{page_of(school.amina)}feuille/").context["rows"] == []
    assert len(proved(school.keeper).get(f"{page_of(school.amina)}feuille/").context["rows"]) == 1


def test_nothing_is_sent_from_a_closed_school(proved):
    school = make_school(is_open=False)
    helper, amina = make_member(school, "ines", "helper"), make_member(school, "amina", "parent")
    proved(helper).post(page_of(amina), typed(channel="paper"))
    send_now()
    assert not mail.outbox


# A class -------------------------------------------------------------------------------------------------


def classes_of(membership) -> set[str]:
    seen = member(membership)
    return {room.name for room in membership.school.rooms if seen and room.pk in seen.classes("parent")}


def test_members_give_a_class_at_once(school, proved, sign_in):
    ce1 = school.rooms[1]
    proved(school.keeper).post(page_of(school.amina), typed(basis="paper", classroom=ce1.key))
    assert classes_of(school.amina) == {"CP A", "CE1 A"}
    entry = AssistedEntry.objects.get(person=school.amina)
    sign_in(school.amina.user).post(f"{OWN}{entry.key}/annuler/")
    assert classes_of(school.amina) == {"CP A"}


def test_what_a_helper_typed_waits_for_members(school, proved, sign_in):
    ce1 = school.rooms[1]
    proved(school.helper).post(page_of(school.amina), typed(classroom=ce1.key))
    assert classes_of(school.amina) == {"CP A"}
    entry = AssistedEntry.objects.get(person=school.amina)
    decide = f"{FIND}attente/{entry.key}/"
    assert sign_in(school.helper.user).post(decide, {"answer": "agree"}).status_code == 403
    keeper = sign_in(school.keeper.user)
    assert [row["room"] for row in keeper.get(FIND).context["waiting"]] == ["CE1 A"]
    keeper.post(decide, {"answer": "agree"})
    assert classes_of(school.amina) == {"CP A", "CE1 A"}
    keeper.post(decide, {"answer": "refuse"})
    assert classes_of(school.amina) == {"CP A", "CE1 A"}


def test_members_may_refuse(school, proved, sign_in):
    proved(school.helper).post(page_of(school.amina), typed(classroom=school.rooms[1].key))
    entry = AssistedEntry.objects.get(person=school.amina)
    sign_in(school.keeper.user).post(f"{FIND}attente/{entry.key}/", {"answer": "refuse"})
    assert classes_of(school.amina) == {"CP A"}
    assert sign_in(school.keeper.user).get(FIND).context["waiting"] == []


def test_a_helper_does_not_learn_in_which_class_somebody_is(school, proved):
    """The same page for the class they are in and for the other."""
    answers = []
    for room in school.rooms:
        answers.append(proved(school.helper).post(page_of(school.amina), typed(classroom=room.key)))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert (
        proved(school.keeper)
        .post(page_of(school.amina), typed(classroom=school.rooms[0].key))
        .context["form"]
        .errors
    )


def test_undoing_a_class_that_was_theirs_already_takes_nothing_away(school, proved, sign_in):
    proved(school.helper).post(page_of(school.amina), typed(classroom=school.rooms[0].key))
    entry = AssistedEntry.objects.get(person=school.amina)
    sign_in(school.keeper.user).post(f"{FIND}attente/{entry.key}/", {"answer": "agree"})
    sign_in(school.amina.user).post(f"{OWN}{entry.key}/annuler/")
    assert classes_of(school.amina) == {"CP A"}


def test_a_class_of_another_school_cannot_be_given(school, proved):
    other = make_school("marie-curie")
    answer = proved(school.keeper).post(page_of(school.amina), typed(classroom=other.rooms[0].key))
    assert answer.context["form"].errors
    assert not AssistedEntry.objects.of_school(school).exists()


def test_a_class_closed_to_them_leaves_no_trace(school, proved, sign_in):
    """As if never linked: neither on the page nor in a mail; with the twin who sees it."""
    karim = make_member(school, "karim", "parent")
    ce1 = school.rooms[1]
    Restriction.objects.create(
        membership=school.amina, classroom=ce1, decided_on=school.today(), reference="coffre"
    )
    for person in (school.amina, karim):
        proved(school.keeper).post(page_of(person), typed(classroom=ce1.key))
    mail.outbox.clear()
    send_now()
    told = {address for sent in mail.outbox for address in sent.to if "CE1 A" in sent.body}
    assert school.amina.user.email not in told
    assert "CE1 A" not in sign_in(school.amina.user).get(OWN).content.decode()
    assert "CE1 A" in sign_in(karim.user).get(OWN).content.decode()
    hidden = AssistedEntry.objects.get(person=school.amina)
    assert sign_in(school.amina.user).post(f"{OWN}{hidden.key}/annuler/").status_code == 404


# What is mine --------------------------------------------------------------------------------------------


def test_nobody_undoes_what_was_typed_for_another(school, sign_in):
    entry = record_class(member(school.keeper), school.amina, school.rooms[1], "paper")
    karim = make_member(school, "karim", "parent")
    for other in (karim, school.helper, school.keeper):
        assert sign_in(other.user).post(f"{OWN}{entry.key}/annuler/").status_code == 404
    assert sign_in(school.amina.user).get(f"{OWN}{entry.key}/annuler/").status_code == 405
    assert sign_in(school.amina.user).post(f"{OWN}{entry.key}/annuler/").status_code == 302


def test_undoing_twice_does_it_once(school, sign_in):
    entry = record_class(member(school.keeper), school.amina, school.rooms[1], "paper")
    own = sign_in(school.amina.user)
    own.post(f"{OWN}{entry.key}/annuler/")
    record_class(member(school.keeper), school.amina, school.rooms[1], "paper")
    own.post(f"{OWN}{entry.key}/annuler/")
    assert classes_of(school.amina) == {"CP A", "CE1 A"}


def test_a_later_feature_brings_its_own_kind(school):
    """The frame: what a feature records is undone by the function it gave, in the same transaction."""
    from accounts.assisted.actions import undo

    entry = record_entry(member(school.helper), school.amina, "reply", "abc", "paper", {"was": "no"})
    undone = []
    undo(entry, school.amina.user, {"reply": lambda row, by: undone.append((row.object, row.before, by))})
    assert undone == [("abc", {"was": "no"}, school.amina.user)]
    assert set(UNDOERS) == {PREFERENCE, CLASS}


@pytest.mark.parametrize("path", [FIND, OWN])
def test_pages_cost_few_queries(school, sign_in, django_assert_max_num_queries, path):
    for number in range(4):
        person = make_member(school, f"personne{number}", "parent")
        record_class(member(school.helper), person, school.rooms[1], "paper")
        record_class(
            member(school.helper), school.keeper, school.rooms[number % 2], "paper"
        ) if number < 2 else None
    client = sign_in(school.keeper.user)
    client.get(path)
    with django_assert_max_num_queries(8):
        assert client.get(path).status_code == 200


def test_the_page_of_one_person_costs_few_queries(school, proved, django_assert_max_num_queries):
    client = proved(school.helper)
    client.get(page_of(school.amina))
    with django_assert_max_num_queries(8):
        client.get(page_of(school.amina))
