"""Suspended: nothing can be written, and the reason is told; nobody does it to the direction."""

import datetime

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accounts.schools import policy
from accounts.schools.actions import give_hat, give_title, lift_suspension, suspend
from accounts.schools.errors import NotOneself, NotTheDirection, SuspendedTooLong
from tests.accounts.schools.reading import words
from tests.factories import make_member, member
from tests.sending import send_now

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.schools.probe_urls")]
WHY = "Deux messages blessants malgré un rappel."
DAY = datetime.timedelta(days=1)


def in_days(count: int) -> datetime.datetime:
    return timezone.now() + count * DAY


def test_somebody_suspended_reads_cannot_write_and_is_told_why(moulin, sign_in):
    client = sign_in(moulin.paul.user)
    page = f"{moulin.url}essai/ecrire/"
    assert client.post(page).content == b"written"
    suspend(moulin.paul, by=moulin.director.user, until=in_days(7), why=WHY)

    refused = client.post(page)
    assert refused.status_code == 403
    assert WHY in words(refused)
    assert client.get(page).status_code == 200
    assert client.get(moulin.url).status_code == 200
    # The twin: another parent, and the same one afterwards.
    assert sign_in(moulin.amina.user).post(page).status_code == 200
    lift_suspension(moulin.paul, by=moulin.director.user)
    assert client.post(page).status_code == 200


def test_a_suspension_ends_by_itself_at_midnight_at_the_school(moulin, sign_in):
    with time_machine.travel("2026-11-25T10:00:00Z", tick=False) as clock:
        client = sign_in(moulin.director.user)
        page = f"{moulin.url}membres/{moulin.paul.key}/suspension/"
        assert client.post(page, {"until": "2026-11-26", "why": WHY}).status_code == 302
        moulin.paul.refresh_from_db()
        assert moulin.paul.suspended_until == datetime.datetime.fromisoformat("2026-11-26T23:00:00Z")
        assert not policy.may_write(member(moulin.paul))
        clock.move_to("2026-11-26T22:59:59Z")
        assert not policy.may_write(member(moulin.paul))
        clock.move_to("2026-11-26T23:00:00Z")
        assert policy.may_write(member(moulin.paul))


def test_the_person_gets_a_mail_with_the_reason(moulin):
    suspend(moulin.paul, by=moulin.director.user, until=in_days(3), why=WHY)
    send_now()
    assert [one.to for one in mail.outbox] == [["paul@famille.example"]]
    assert WHY in mail.outbox[0].body
    assert "Diane" not in mail.outbox[0].body


def test_a_suspension_lifted_before_the_mail_left_is_not_told(moulin):
    suspend(moulin.paul, by=moulin.director.user, until=in_days(3), why=WHY)
    lift_suspension(moulin.paul, by=moulin.director.user)
    send_now()
    assert all(WHY not in one.body for one in mail.outbox)


def test_nobody_suspends_the_director_or_themselves(moulin, sign_in):
    give_title(
        moulin.teacher,
        "interim",
        by=moulin.director.user,
        until=moulin.school.today() + DAY,
        rights=["members"],
    )
    with pytest.raises(NotTheDirection):
        suspend(moulin.director, by=moulin.teacher.user, until=in_days(2), why=WHY)
    with pytest.raises(NotOneself):
        suspend(moulin.teacher, by=moulin.teacher.user, until=in_days(2), why=WHY)
    page = f"{moulin.url}membres/{moulin.director.key}/suspension/"
    assert sign_in(moulin.teacher.user).post(page, {"until": "2026-11-26", "why": WHY}).status_code == 404


@pytest.mark.parametrize("days", [31, 400, -1])
def test_thirty_days_at_most(moulin, sign_in, days):
    with pytest.raises(SuspendedTooLong):
        suspend(moulin.paul, by=moulin.director.user, until=in_days(days), why=WHY)
    until = moulin.school.today() + days * DAY
    page = f"{moulin.url}membres/{moulin.paul.key}/suspension/"
    answer = sign_in(moulin.director.user).post(page, {"until": until.isoformat(), "why": WHY})
    assert answer.status_code == 200
    assert WHY in answer.content.decode()
    assert policy.may_write(member(moulin.paul))


def test_a_reason_is_required(moulin, sign_in):
    page = f"{moulin.url}membres/{moulin.paul.key}/suspension/"
    tomorrow = moulin.school.today() + DAY
    answer = sign_in(moulin.director.user).post(page, {"until": tomorrow.isoformat(), "why": "  "})
    assert answer.status_code == 200
    assert policy.may_write(member(moulin.paul))


def test_a_right_sleeps_while_its_holder_is_suspended(moulin):
    assert policy.can_manage_members(member(moulin.secretary))
    suspend(moulin.secretary, by=moulin.director.user, until=in_days(2), why=WHY)
    assert not policy.can_manage_members(member(moulin.secretary))


@pytest.mark.parametrize("name", ["secretary", "teacher", "amina", "elected"])
def test_only_the_direction_suspends(moulin, sign_in, name):
    page = f"{moulin.url}membres/{moulin.paul.key}/suspension/"
    tomorrow = moulin.school.today() + DAY
    data = {"until": tomorrow.isoformat(), "why": WHY}
    assert sign_in(getattr(moulin, name).user).post(page, data).status_code == 403
    assert policy.may_write(member(moulin.paul))
    assert sign_in(moulin.director.user).post(page, data).status_code == 302
    assert not policy.may_write(member(moulin.paul))


def test_an_interim_who_is_suspended_does_not_lead(moulin):
    deputy = make_member(moulin.school, "ines", "interim", rights=["members"])
    give_hat(deputy, "parent", classroom=moulin.school.rooms[0])
    assert policy.leads(member(deputy))
    suspend(deputy, by=moulin.director.user, until=in_days(2), why=WHY)
    assert not policy.leads(member(deputy))
