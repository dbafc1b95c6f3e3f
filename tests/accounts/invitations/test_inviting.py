"""A school awaits people: typed once, never twice by mistake, and taken off the list."""

import datetime
import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.audit.models import AuditEntry
from accounts.invitations import codes
from accounts.invitations.actions import inviting
from accounts.invitations.actions.inviting import (
    AlreadyAwaited,
    NotAwaited,
    await_again,
    expiry_of,
    invite,
    make_class_code,
    make_slips,
    revoke,
)
from accounts.invitations.models import ClassCode, Invitation, MailToken, Slip
from accounts.outbox.models import Delivery
from tests.factories import make_member, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def director(school):
    return make_member(school, "helene", "director").user


def await_one(school, by, last_name="Haddad", first_name="Amina", **fields):
    values = {"kind": "parent", "classrooms": school.rooms[:1]} | fields
    return invite(school, by=by, last_name=last_name, first_name=first_name, **values)


def test_a_person_is_awaited_with_name_hat_and_classes(school, director):
    invitation = await_one(school, director, first_name="  Amina ", classrooms=school.rooms)
    assert invitation.name == "Amina Haddad"
    assert invitation.match == "haddad|amina"
    assert list(invitation.classrooms.all()) == school.rooms
    assert invitation.state == "waiting"
    assert not invitation.slips.exists()


def test_the_same_name_in_the_same_class_is_told(school, director):
    first = await_one(school, director)
    with pytest.raises(AlreadyAwaited) as told:
        await_one(school, director, last_name="HADDAD", first_name="amina", classrooms=school.rooms)
    assert told.value.known == first
    assert Invitation.objects.of_school(school).count() == 1


def test_another_person_of_the_same_name_is_awaited_once_it_is_said(school, director):
    await_one(school, director)
    assert await_one(school, director, is_another=True).pk
    assert await_one(school, director, classrooms=school.rooms[1:]).pk


def test_a_name_that_was_taken_off_may_be_typed_again(school, director):
    revoke(await_one(school, director), by=director)
    assert await_one(school, director).state == "waiting"


def test_two_schools_know_nothing_of_each_other(school, director):
    other = make_school("marie-curie")
    await_one(other, director)
    assert await_one(school, director).pk


def test_a_slip_is_made_when_printed_and_stored_as_nobody_can_read_it(school, director):
    invitation = await_one(school, director)
    [(printed, code)] = make_slips([invitation], by=director)
    slip = Slip.objects.get()
    assert printed == invitation
    assert len(code) == codes.LENGTH
    assert slip.selector == code[:4]
    assert codes.matches(code, slip.salt, slip.verifier)
    assert code not in str(vars(slip).values())
    assert not slip.gives_back


def test_a_new_slip_cancels_the_living_one(school, director):
    invitation = await_one(school, director)
    make_slips([invitation], by=director)
    make_slips([invitation], by=director)
    new, old = invitation.slips.all()
    assert (old.how, new.how) == ("cancelled", "")
    assert Slip.objects.living().get() == new


def test_a_slip_is_good_until_the_school_year_ends_at_midnight_there(director):
    school = make_school("mamoudzou", time_zone="Indian/Reunion")
    november = datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC)
    end = expiry_of(school, november)
    year = school.years.get()
    assert end.isoformat() == f"{year.ends + datetime.timedelta(days=1)}T00:00:00+04:00"


def test_a_slip_printed_in_the_last_days_of_august_is_good_for_a_month(school):
    late = datetime.datetime.combine(school.years.get().ends, datetime.time(12), datetime.UTC)
    assert expiry_of(school, late) == late + datetime.timedelta(days=30)


def test_nobody_who_is_in_or_taken_off_gets_a_slip(school, director):
    gone, joined = await_one(school, director), await_one(school, director, first_name="Youssef")
    revoke(gone, by=director)
    Invitation.objects.of_school(school).filter(pk=joined.pk).update(state="joined")
    # The page was loaded before: its row still says that they are awaited.
    assert make_slips([gone, joined], by=director) == []
    assert not Slip.objects.exists()


def test_two_codes_never_begin_alike_while_both_live(school, director, monkeypatch):
    taken = make_slips([await_one(school, director)], by=director)[0][1]
    fresh = [codes.make_code() for _ in range(3)]
    clash = codes.NewCode(taken[:4] + "000000", taken[:4], fresh[0].salt, fresh[0].verifier)
    hand_out = iter([clash, *fresh])
    lock = threading.Lock()

    def next_code():
        with lock:
            return next(hand_out)

    monkeypatch.setattr(inviting, "make_code", next_code)
    [(_row, code)] = make_slips([await_one(school, director, first_name="Youssef")], by=director)
    assert code[:4] != taken[:4]
    assert Slip.objects.living().count() == 2


def test_three_hundred_and_forty_slips_are_stored_in_a_few_statements(school, director, monkeypatch):
    """Task 3 of JOURNEYS. The work of scrypt is done before: other writers wait for the statements only."""
    rows = [
        Invitation(school=school, last_name=f"Nom {n}", match=f"nom{n}|", created_by=director)
        for n in range(340)
    ]
    Invitation.objects.bulk_create(rows)
    with CaptureQueriesContext(connection) as asked:
        pairs = make_slips(rows, by=director)
    assert len(pairs) == 340
    assert len({code for _row, code in pairs}) == 340
    assert len([q for q in asked if "SAVEPOINT" not in q["sql"]]) <= 12
    assert AuditEntry.objects.get(verb="slips_made").facts == {"count": 340}


def test_a_class_code_replaces_the_one_before(school, director):
    room = school.rooms[0]
    first, second = make_class_code(room, by=director), make_class_code(room, by=director)
    assert first != second
    living = ClassCode.objects.living().get()
    assert codes.matches(second, living.salt, living.verifier)
    assert not codes.matches(first, living.salt, living.verifier)


def test_whoever_is_taken_off_has_neither_slip_nor_mail_left(school, director):
    invitation = await_one(school, director, email="amina@famille.example")
    make_slips([invitation], by=director)
    revoke(invitation, by=director)
    assert not Slip.objects.living().exists()
    assert not MailToken.objects.exists()
    with pytest.raises(NotAwaited):
        revoke(invitation, by=director)


def test_whoever_said_not_for_me_may_be_awaited_again(school, director):
    invitation = await_one(school, director)
    with pytest.raises(NotAwaited):
        await_again(invitation, by=director)
    Invitation.objects.of_school(school).update(state="not_me")
    await_again(invitation, by=director)
    assert make_slips([invitation], by=director)


def test_the_acts_are_on_record_without_a_name(school, director):
    invitation = await_one(school, director, email="amina@famille.example")
    make_slips([invitation], by=director)
    make_class_code(school.rooms[0], by=director)
    revoke(invitation, by=director)
    rows = AuditEntry.objects.of_school(school).filter(actor=director.key)
    assert {"invited", "invited_by_mail", "slips_made", "class_code_made", "invitation_withdrawn"} <= {
        row.verb for row in rows
    }
    assert "Haddad" not in str([row.facts for row in rows])
    assert "famille.example" not in str([row.facts for row in rows])


def test_a_closed_school_writes_to_nobody(director):
    closed = make_school("fermee", is_open=False)
    invitation = await_one(closed, director, email="amina@famille.example")
    assert not Delivery.objects.exists()
    assert invitation.mails == 0


def test_what_was_printed_is_told_by_the_day(school, director):
    from accounts.invitations.awaited import awaited

    invitation = await_one(school, director)
    assert not awaited(school).get().has_slip
    make_slips([invitation], by=director)
    row = awaited(school).get()
    assert row.has_slip
    assert row.printed <= timezone.now()
