"""Who is who: one person on three lines, two of one name, and those whom the school knows already."""

import datetime

import pytest
from django.utils import timezone

from accounts.audit.models import AuditEntry
from accounts.families.actions import forget_old_plans
from accounts.families.models import HomonymChoice, ImportPlan
from accounts.invitations.actions.mailing import remind_due
from accounts.invitations.models import Invitation, Slip
from accounts.outbox.models import Delivery
from accounts.schools.models import Classroom, Hat, Restriction
from tests.accounts.families.lists import onde, parent
from tests.factories import make_member, make_school

NAMES = [("UN", "Ida"), ("DEUX", "Jo")]


def everything(school):
    """All that an import may change in a school, as values."""
    rows = Invitation.objects.of_school(school).order_by("pk")
    links = Invitation.classrooms.through.objects.order_by("pk")
    return (
        list(rows.values_list("pk", "match", "email", "state", "civility")),
        list(links.values_list("invitation", "classroom")),
        list(Hat.objects.of_school(school).order_by("pk").values_list("membership", "kind", "classroom")),
        list(Classroom.objects.of_school(school).order_by("pk").values_list("name", flat=True)),
    )


def test_the_same_person_on_three_lines_is_one(send, confirm, awaited, told):
    send(
        onde(
            parent("MARTIN", "Marie", "CP A", email="marie@famille.example"),
            parent("Martin", "MARIE", "CE2", email="Marie@Famille.example"),
            parent("MARTIN", "Marie", "CE2"),
        )
    )
    assert (told()["people"], told()["duplicates"], told()["questions"]) == (1, 2, [])
    confirm()
    assert awaited() == {"Marie MARTIN": ["CE2", "CP A"]}
    assert Invitation.objects.unscoped().get().email == "marie@famille.example"


def test_two_of_one_name_are_put_to_a_human_and_without_an_answer_they_are_two(send, confirm, awaited, told):
    send(onde(parent("MARTIN", "Marie", "CP A"), parent("MARTIN", "Marie", "CE2")))
    assert len(told()["questions"]) == 1
    confirm()
    rows = Invitation.objects.unscoped().filter(kind="parent")
    assert [[room.name for room in row.classrooms.all()] for row in rows.order_by("pk")] == [
        ["CP A"],
        ["CE2"],
    ]
    assert not HomonymChoice.objects.unscoped().exists()


def test_said_the_same_they_are_one_and_it_is_asked_once(send, confirm, awaited, told):
    rows = onde(parent("MARTIN", "Marie", "CP A"), parent("MARTIN", "Marie", "CE2"))
    send(rows)
    confirm(q0="same")
    assert awaited() == {"Marie MARTIN": ["CE2", "CP A"]}
    kept = HomonymChoice.objects.unscoped().get()
    assert "martin" not in kept.case
    send(rows)
    assert (told()["questions"], told()["new"]) == ([], 0)


def test_said_two_they_stay_two_and_it_is_asked_once(send, confirm, told, school):
    rows = onde(
        parent("MARTIN", "Marie", "CP A", email="un@famille.example"),
        parent("MARTIN", "Marie", "CP A", email="deux@famille.example"),
    )
    send(rows)
    confirm(q0="two")
    assert Invitation.objects.of_school(school).count() == 2
    before = everything(school)
    send(rows)
    assert (told()["questions"], told()["new"], told()["unchanged"]) == ([], 0, 2)
    confirm()
    assert everything(school) == before


def test_three_of_one_name_become_what_a_human_says_of_each_pair(send, confirm, awaited, told):
    send(onde(*[parent("MARTIN", "Marie", room) for room in ("CP A", "CE2", "CM1")]))
    assert len(told()["questions"]) == 3
    confirm(q0="same", q1="same")
    assert awaited() == {"Marie MARTIN": ["CE2", "CM1", "CP A"]}


def test_one_address_under_two_names_serves_neither_and_the_preview_says_so(send, confirm, told, school):
    page = send(
        onde(
            parent("DURAND", "Léa", "CP A", email="famille@famille.example"),
            parent("PETIT", "Marc", "CP A", email="famille@famille.example"),
            parent("SEUL", "Guy", "CP A", email="guy@famille.example"),
        )
    )
    assert told()["shared"] == [["Léa DURAND", "Marc PETIT"]]
    assert "Marc PETIT" in page.content.decode()
    confirm()
    remind_due(timezone.now())
    assert set(Delivery.objects.values_list("address", flat=True)) == {"guy@famille.example"}
    assert Invitation.objects.of_school(school).count() == 3


def test_the_address_of_a_member_of_another_name_serves_the_newcomer_no_more(send, confirm, told, school):
    make_member(school, "amina", "parent", email="amina@famille.example")
    send(onde(parent("PETIT", "Marc", "CP A", email="amina@famille.example")))
    assert told()["shared"] == [["Marc PETIT"]]
    confirm()
    assert Invitation.objects.of_school(school).get().email == ""


@pytest.mark.parametrize("times", [1, 2])
def test_the_same_file_again_changes_nothing(send, confirm, told, school, times):
    rows = onde(
        parent("MARTIN", "Marie", "CP A", email="marie@famille.example"),
        parent("MARTIN", "Marie", "CE2"),
        parent("DURAND", "Léa", "CP A", "CE2", email="famille@famille.example"),
        parent("PETIT", "Marc", "CM1", email="famille@famille.example"),
        parent("NOM", "", "CP A"),
        parent("MARTIN", "Jean", "CP A", email="un@famille.example"),
        parent("MARTIN", "Jean", "CP A", email="deux@famille.example"),
    )
    send(rows)
    confirm()
    before = everything(school)
    for _time in range(times):
        page = send(rows)
        assert page.context["nothing"] is True
        confirm()
        assert everything(school) == before


def test_a_class_more_is_added_to_somebody_awaited(send, confirm, awaited, told):
    send(onde(parent("MARTIN", "Marie", "CP A", email="marie@famille.example")))
    confirm()
    send(onde(parent("MARTIN", "Marie", "CE2", email="marie@famille.example")))
    assert (told()["new"], told()["more_classes"]) == (0, 1)
    confirm()
    assert awaited() == {"Marie MARTIN": ["CE2", "CP A"]}


def test_an_address_given_later_is_taken_but_never_over_one_that_was_typed(send, confirm, school):
    send(onde(parent("UN", "Ida", "CP A"), parent("DEUX", "Jo", "CP A")))
    confirm()
    rows = Invitation.objects.of_school(school)
    rows.filter(last_name="DEUX").update(email="tapee@famille.example", source="typed")
    send(
        onde(
            parent("UN", "Ida", "CP A", email="ida@f.example"),
            parent("DEUX", "Jo", "CP A", email="jo@f.example"),
        )
    )
    confirm()
    assert dict(rows.values_list("last_name", "email")) == {
        "UN": "ida@f.example",
        "DEUX": "tapee@famille.example",
    }


def test_a_member_known_as_a_parent_gets_the_class_as_a_hat_on_record(send, confirm, told, school):
    amina = make_member(school, "amina", "parent", display_name="Amina Benali", email="amina@famille.example")
    send(onde(parent("BENALI", "Amina", "CP A", "CE2", email="amina@famille.example")))
    assert (told()["new"], told()["more_classes"]) == (0, 1)
    confirm()
    hats = Hat.objects.filter(membership=amina, kind="parent")
    assert sorted(hat.classroom.name for hat in hats) == ["CE2", "CP A"]
    assert not Invitation.objects.of_school(school).exists()
    assert AuditEntry.objects.filter(verb="hat_given", about=amina.user.key, school=school).count() == 2


def test_a_member_is_known_by_a_class_in_common_whatever_the_order_of_the_names(send, told, school):
    make_member(school, "amina", "parent", display_name="Benali Amina", email=None)
    send(onde(parent("BENALI", "Amina", "CP A")))
    assert (told()["new"], told()["unchanged"]) == (0, 1)


def test_the_same_name_in_another_class_is_asked_and_gives_no_hat_by_itself(send, confirm, told, school):
    amina = make_member(school, "amina", "parent", display_name="Amina Benali", email=None)
    send(onde(parent("BENALI", "Amina", "CE2")))
    assert [question["other"]["known"] for question in told()["questions"]] == [True]
    confirm()
    assert [hat.classroom.name for hat in Hat.objects.filter(membership=amina)] == ["CP A"]
    assert Invitation.objects.of_school(school).count() == 1


def test_said_the_same_as_a_member_the_class_is_theirs(send, confirm, school):
    amina = make_member(school, "amina", "parent", display_name="Amina Benali", email=None)
    send(onde(parent("BENALI", "Amina", "CE2")))
    confirm(q0="same")
    assert Hat.objects.filter(membership=amina).count() == 2
    assert not Invitation.objects.of_school(school).exists()


def test_a_hat_that_was_ended_is_not_given_again(send, confirm, school):
    amina = make_member(school, "amina", "parent", display_name="Amina Benali", rooms=school.rooms)
    ended = Hat.objects.filter(membership=amina, classroom=school.rooms[1])
    yesterday = school.today() - datetime.timedelta(days=1)
    ended.update(since=yesterday, until=yesterday)
    before = everything(school)
    send(onde(parent("BENALI", "Amina", "CP A", "CE2")))
    confirm()
    assert everything(school) == before


def test_a_restriction_shows_nowhere_and_bars_what_the_import_gives(send, confirm, told, school):
    amina = make_member(school, "amina", "parent", display_name="Amina Benali")
    rows = onde(parent("BENALI", "Amina", "CP A", "CE2"), parent("BON", "Ida", "CP A"))
    send(rows)
    without = told()
    Restriction.objects.create(
        membership=amina, classroom=school.rooms[1], decided_on=school.today(), reference="coffre"
    )
    send(rows)
    assert told() == without
    confirm()
    from tests.factories import member

    assert member(amina).classes() == {school.rooms[0].pk}


@pytest.mark.parametrize("state", ["not_me", "revoked"])
def test_whoever_said_no_or_was_withdrawn_is_not_asked_again(send, confirm, told, school, state):
    send(onde(parent("MARTIN", "Marie", "CP A", email="marie@famille.example")))
    confirm()
    Invitation.objects.of_school(school).update(state=state)
    before = everything(school)
    send(onde(parent("MARTIN", "Marie", "CP A", "CE2", email="marie@famille.example")))
    assert (told()["new"], told()["not_again"]) == (0, 1)
    confirm()
    assert everything(school) == before


def test_whoever_is_in_by_an_invitation_is_known_whatever_the_name_they_took(send, confirm, told, school):
    send(onde(parent("BENALI", "Amina", "CP A")))
    confirm()
    amina = make_member(school, "amina", "parent", display_name="Mina")
    Invitation.objects.of_school(school).update(state="joined", membership=amina)
    send(onde(parent("BENALI", "Amina", "CP A", "CE2")))
    confirm()
    assert sorted(hat.classroom.name for hat in Hat.objects.filter(membership=amina)) == ["CE2", "CP A"]
    assert Invitation.objects.of_school(school).count() == 1


def test_whoever_the_file_no_longer_names_is_told_and_stays(send, confirm, told, school):
    send(onde(parent("UN", "Ida", "CP A"), parent("DEUX", "Jo", "CP A"), parent("AILLEURS", "Kim", "CE2")))
    confirm()
    page = send(onde(parent("UN", "Ida", "CP A")))
    assert [str(person) for person in page.context["gone"]] == ["Jo DEUX"]
    confirm()
    assert Invitation.objects.of_school(school).waiting().count() == 3


def test_new_classes_are_made_when_ticked_and_who_has_no_other_is_left_out(send, confirm, awaited, school):
    rows = onde(
        parent("UN", "Ida", "CLASSE  CM1", "CP A"), parent("DEUX", "Jo", "CM2"), parent("TROIS", "Kim", "CM1")
    )
    send(rows)
    page = confirm(classes=["cm1"])
    assert awaited() == {"Ida UN": ["CM1", "CP A"], "Kim TROIS": ["CM1"]}
    assert page.context["done"]["without_class"] == 1
    assert [room.name for room in Classroom.objects.of_school(school)] == ["CP A", "CE2", "CM1"]


def test_nothing_is_stored_before_the_confirmation_and_no_code_is_made_by_it(send, confirm, school):
    before = everything(school)
    send(onde(parent("UN", "Ida", "CM1")))
    assert everything(school) == before
    confirm()
    assert Invitation.objects.of_school(school).count() == 1
    assert not Slip.objects.exists()


def test_a_preview_is_forgotten_when_confirmed_given_up_or_an_hour_old(send, confirm, director, school):
    rows = onde(parent("UN", "Ida", "CP A"))
    send(rows)
    confirm()
    assert not ImportPlan.objects.unscoped().exists()
    send(rows)
    plan = ImportPlan.objects.unscoped().get()
    director.post(f"/ecoles/{school.slug}/membres/importer/{plan.key}/abandonner/")
    assert not ImportPlan.objects.unscoped().exists()
    send(rows)
    assert forget_old_plans(timezone.now() + datetime.timedelta(minutes=59)) == 0
    assert forget_old_plans(timezone.now() + datetime.timedelta(minutes=61)) == 1


def test_the_other_school_s_people_are_never_known(send, told, school):
    other = make_school("autre", classes=("CP A",))
    make_member(other, "amina", "parent", display_name="Amina Benali", email="amina@famille.example")
    send(onde(parent("BENALI", "Amina", "CP A", email="amina@famille.example")))
    assert (told()["new"], told()["shared"], told()["questions"]) == (1, [], [])


def test_of_two_of_one_name_only_one_is_whom_the_school_knew(send, told, confirm):
    send(onde(parent("MARTIN", "Marie", "CP A")))
    confirm()
    send(onde(*[parent("MARTIN", "Marie", "CP A", email=f"{n}@famille.example") for n in ("un", "deux")]))
    assert (told()["new"], told()["addresses"]) == (1, 1)
