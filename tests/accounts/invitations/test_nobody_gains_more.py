"""No merging and no paper opens a class that nobody has agreed to, or a role whose days are over."""

import datetime

import pytest

from accounts.invitations.actions import merging
from accounts.invitations.models import Invitation
from accounts.schools.models import Hat, Membership
from tests.accounts.invitations.papers import (
    awaited,
    join_without_email,
    slip_for,
    text,
    type_code,
    waiting_for,
)
from tests.accounts.people_of_tests import paper_person
from tests.factories import UserFactory, make_member, make_school, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_school(classes=["CP A", "CE1 A"])


def classes_of(membership) -> set[str]:
    found = member(membership)
    return {hat.classroom.name for hat in found.hats if hat.classroom and not found.is_pending}


# Waiting for a class is not being in it --------------------------------------------------------------


def test_merging_lets_nobody_into_a_class_for_which_the_other_account_waits(school):
    cp, ce1 = school.rooms
    here = make_member(school, "amina", "parent", rooms=[cp])
    waiting = waiting_for(ce1, UserFactory(username="amina-bis"))
    merging.merge(here.user, waiting.user)
    assert classes_of(here) == {"CP A"}


def test_merging_into_the_account_that_waits_lets_nobody_in_either(school):
    cp, ce1 = school.rooms
    here = make_member(school, "amina", "parent", rooms=[cp])
    waiting = waiting_for(ce1, UserFactory(username="amina-bis"))
    merging.merge(waiting.user, here.user)
    assert classes_of(Membership.objects.of_school(school).get(user=waiting.user)) == {"CP A"}


def test_merging_two_accounts_that_are_in_brings_both_classes(school):
    cp, ce1 = school.rooms
    here = make_member(school, "amina", "parent", rooms=[cp])
    other = make_member(school, "amina-bis", "parent", rooms=[ce1])
    merging.merge(here.user, other.user)
    assert classes_of(here) == {"CP A", "CE1 A"}


def test_a_paper_for_one_class_lets_nobody_into_another_they_wait_for(school, sign_in):
    cp, ce1 = school.rooms
    waiting = waiting_for(ce1, paper_person("amina"))
    client = sign_in(waiting.user)
    type_code(client, slip_for(awaited(school, rooms=[cp])))
    client.post("/rejoindre/vous/", {"action": "me", "name": "Amina"})
    assert classes_of(waiting) == {"CP A"}


# Days that are over ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Hat.Kind.DEPUTY, Hat.Kind.HELPER])
def test_a_paper_for_a_role_whose_last_day_is_over_says_so(school, visitor, kind):
    row = awaited(school, "Diop", "Fatou", kind, until=school.today())
    code = slip_for(row)
    Invitation.objects.of_school(school).filter(pk=row.pk).update(
        until=school.today() - datetime.timedelta(days=1)
    )
    answer = join_without_email(visitor, code, "Fatou Diop")
    assert answer.status_code == 200
    assert not Membership.objects.of_school(school).exists()


def test_a_paper_of_july_gives_a_close_relation_no_day_that_is_over(school, visitor):
    code = slip_for(awaited(school, "Diop", "Fatou", Hat.Kind.PROCHE))
    year = school.years.get(is_current=True)
    year.starts, year.ends = datetime.date(2025, 9, 1), school.today() - datetime.timedelta(days=3)
    year.save()
    answer = join_without_email(visitor, code, "Fatou Diop")
    assert answer.status_code == 200
    assert "année scolaire" in text(answer)


def test_the_same_paper_before_that_day_lets_them_in(school, visitor):
    code = slip_for(awaited(school, "Diop", "Fatou", Hat.Kind.DEPUTY, until=school.today()))
    join_without_email(visitor, code, "Fatou Diop")
    assert member(Membership.objects.of_school(school).get()).wears("deputy")
