"""The waiting list of class codes: *members* and the teachers of the class decide, nobody else."""

import pytest
from django.core import mail
from django.urls import reverse

from accounts.audit.models import AuditEntry
from accounts.invitations.actions.waiting import let_in, turn_away
from accounts.schools.models import Membership
from accounts.schools.policy import is_member
from tests.accounts.invitations.papers import text
from tests.factories import UserFactory, make_member, make_school, member
from tests.sending import send_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_school(classes=["CP A", "CE1 A", "CM2"])


@pytest.fixture
def director(school, sign_in):
    return sign_in(make_member(school, "helene", "director").user)


@pytest.fixture
def teacher(school, sign_in):
    return sign_in(make_member(school, "paul", "teacher", rooms=school.rooms[:1]).user)


def waits(school, username, *rooms, **fields):
    membership = make_member(school, username, "parent", rooms=rooms or school.rooms[:1], **fields)
    Membership.objects.of_school(school).filter(pk=membership.pk).update(state="pending")
    return membership


def address(school):
    return reverse("waiting_list", args=[school.slug])


def decide(client, school, decision, *people):
    return client.post(address(school), {"decision": decision, "who": [person.key for person in people]})


def test_whoever_waits_is_let_in_one_or_several(school, director):
    amina, karim, fatou = (waits(school, name) for name in ("amina", "karim", "fatou"))
    assert "Amina" in text(director.get(address(school)))
    decide(director, school, "in", amina, karim)
    assert is_member(member(amina))
    assert is_member(member(karim))
    assert not is_member(member(fatou))
    assert "Fatou" in text(director.get(address(school)))
    assert "Amina" not in text(director.get(address(school)))


def test_whoever_is_refused_is_nobody_there_any_more(school, director):
    amina = waits(school, "amina")
    decide(director, school, "out", amina)
    amina.refresh_from_db()
    assert amina.state == "left"
    assert member(amina) is None


def test_a_teacher_sees_and_lets_in_those_of_their_class_only(school, teacher):
    mine, other = waits(school, "amina"), waits(school, "karim", school.rooms[1])
    both = waits(school, "fatou", *school.rooms[:2])
    page = text(teacher.get(address(school)))
    assert "Amina" in page
    assert "Karim" not in page
    assert "Fatou" not in page
    assert decide(teacher, school, "in", other).status_code == 404
    assert decide(teacher, school, "in", mine, both).status_code == 404
    assert not is_member(member(mine))
    assert decide(teacher, school, "in", mine).status_code == 302
    assert is_member(member(mine))


def test_the_direction_decides_for_every_class(school, director):
    assert decide(director, school, "in", waits(school, "fatou", *school.rooms)).status_code == 302


def test_parents_helpers_and_titles_without_the_right_do_not_open_it(school, sign_in):
    for username, kind in [
        ("amina", "parent"),
        ("samira", "helper"),
        ("karim", "elected"),
        ("simon", "secretary"),
    ]:
        assert sign_in(make_member(school, username, kind).user).get(address(school)).status_code == 403


def test_whoever_waits_does_not_let_themselves_in(school, sign_in):
    waiting = waits(school, "amina")
    client = sign_in(waiting.user)
    assert client.get(address(school)).status_code == 403
    assert decide(client, school, "in", waiting).status_code == 403


def test_people_who_wait_elsewhere_do_not_exist_here(school, director):
    other = make_school("marie-curie")
    foreign, here = waits(other, "diego"), waits(school, "amina")
    assert decide(director, school, "in", foreign).status_code == 404
    assert decide(director, school, "in", here, foreign).status_code == 404
    assert member(foreign).is_pending
    assert member(here).is_pending
    settled = make_member(school, "karim", "parent")
    assert decide(director, school, "out", settled).status_code == 404


def test_nobody_chosen_changes_nothing(school, director):
    amina = waits(school, "amina")
    decide(director, school, "in")
    decide(director, school, "nonsense", amina)
    assert member(amina).is_pending


def test_the_first_decision_stands(school):
    amina = waits(school, "amina")
    stale = Membership.objects.of_school(school).get(pk=amina.pk)
    assert let_in(amina, by=None)
    assert not turn_away(stale, by=None)
    assert is_member(member(amina))


def test_whoever_is_let_in_is_told_by_mail_if_they_have_one(school, director):
    amina = waits(school, "amina")
    silent = waits(school, "karim", user=UserFactory(username="karim", email=None))
    decide(director, school, "in", amina, silent)
    send_now()
    [sent] = mail.outbox
    assert sent.to == [amina.user.email]
    assert f"/ecoles/{school.slug}/" in sent.body


def test_both_decisions_are_on_record_without_a_name(school, director):
    amina, karim = waits(school, "amina"), waits(school, "karim")
    decide(director, school, "in", amina)
    decide(director, school, "out", karim)
    rows = AuditEntry.objects.of_school(school).filter(actor=director.user.key)
    assert {("let_in", amina.user.key), ("turned_away", karim.user.key)} <= {(r.verb, r.about) for r in rows}


def test_the_list_costs_the_same_for_one_and_for_thirty(school, director, django_assert_max_num_queries):
    for n in range(30):
        waits(school, f"personne-{n}")
    # The first page of a session notes the visit.
    director.get(address(school))
    with django_assert_max_num_queries(8):
        assert director.get(address(school)).status_code == 200
