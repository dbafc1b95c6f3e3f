"""An imported address gets one mail without content and two reminders, then paper; never before opening."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from accounts.invitations.actions.inviting import invite
from accounts.invitations.actions.mailing import digest_of, invite_by_mail, remind_due
from accounts.invitations.models import Invitation, MailToken
from accounts.outbox.models import Delivery
from accounts.schools.actions import open_school
from tests.factories import make_school
from tests.sending import send_now

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
# A Tuesday at ten in France.
TUESDAY = datetime.datetime(2026, 11, 24, 9, tzinfo=datetime.UTC)


@pytest.fixture
def school():
    return make_school(telephone="01 99 00 12 34")


@pytest.fixture
def closed():
    return make_school("fermee", is_open=False)


def listed(school, last_name="Haddad", email="amina@famille.example", **fields):
    """Somebody of an import, not yet written to."""
    values = {"last_name": last_name, "first_name": "Amina", "match": f"{last_name}|amina".lower()}
    return Invitation.objects.create(school=school, email=email, source="imported", **values | fields)


def letters():
    return [(message.to[0], message.body) for message in mail.outbox]


def test_one_mail_says_who_writes_and_leads_to_a_page_with_a_button(school):
    row = listed(school)
    assert invite_by_mail([row], by=None, now=TUESDAY) == 1
    send_now(TUESDAY)
    [(to, body)] = letters()
    [token] = MailToken.objects.all()
    link = next(line for line in body.splitlines() if "/rejoindre/invitation/" in line)
    assert to == "amina@famille.example"
    assert school.name in mail.outbox[0].subject
    assert digest_of(link.strip("/").rpartition("/")[2]) == token.digest
    assert "Haddad" not in body
    assert mail.outbox[0].alternatives[0][1] == "text/html"


def test_the_token_is_nowhere_once_it_is_sent(school):
    invite_by_mail([listed(school)], by=None, now=TUESDAY)
    secret = Delivery.objects.get().secret
    assert secret
    assert secret not in str(MailToken.objects.values_list())
    send_now(TUESDAY)
    assert Delivery.objects.get().secret == ""


def test_opening_the_page_by_itself_uses_nothing_up(school, client):
    """A mail scanner follows every link."""
    invite_by_mail([listed(school)], by=None, now=timezone.now())
    assert client.get(f"/rejoindre/invitation/{Delivery.objects.get().secret}/").status_code == 200
    assert MailToken.objects.get().used is None
    assert Invitation.objects.of_school(school).get().state == "waiting"


def test_two_reminders_after_four_and_ten_days_then_paper(school):
    invite_by_mail([listed(school)], by=None, now=TUESDAY)
    told = {}
    for day in range(40):
        if remind_due(TUESDAY + day * DAY):
            told[day] = Invitation.objects.of_school(school).get().mails
        send_now(TUESDAY + day * DAY)
    # Day 4 is a Saturday: the mail leaves on the Monday, and the next one six days after it.
    assert list(told.values()) == [2, 3]
    assert min(told) == 4
    assert max(told) >= 10
    assert len(mail.outbox) == 3


def test_the_clock_at_once_twice_posts_once(school):
    invite_by_mail([listed(school)], by=None, now=TUESDAY)
    assert (remind_due(TUESDAY + 4 * DAY), remind_due(TUESDAY + 4 * DAY)) == (1, 0)
    assert Delivery.objects.count() == 2


@pytest.mark.parametrize("state", ["joined", "not_me", "revoked"])
def test_whoever_answered_gets_no_more(school, state):
    row = listed(school)
    invite_by_mail([row], by=None, now=TUESDAY)
    Invitation.objects.of_school(school).update(state=state)
    assert remind_due(TUESDAY + 4 * DAY) == 0
    send_now(TUESDAY)
    assert mail.outbox == []


def test_a_changed_address_is_not_written_to_at_the_old_one(school):
    invite_by_mail([listed(school)], by=None, now=TUESDAY)
    Invitation.objects.of_school(school).update(email="autre@famille.example")
    send_now(TUESDAY)
    assert mail.outbox == []


def test_nothing_leaves_before_the_school_is_opened_and_all_after(closed):
    row = listed(closed)
    assert invite_by_mail([row], by=None, now=TUESDAY) == 0
    assert remind_due(TUESDAY) == 0
    open_school(closed, by=None)
    assert remind_due(TUESDAY + DAY) == 1
    send_now(TUESDAY + DAY)
    assert len(mail.outbox) == 1


def test_one_address_under_two_names_serves_neither(school):
    both = [listed(school), listed(school, "Diallo"), listed(school, "Petit", "petit@famille.example")]
    assert invite_by_mail(both, by=None, now=TUESDAY) == 1
    assert remind_due(TUESDAY) == 0
    assert Delivery.objects.get().address == "petit@famille.example"


def test_the_same_address_in_another_school_is_its_own_affair(school):
    other = make_school("marie-curie")
    listed(other, "Diallo")
    assert invite_by_mail([listed(school)], by=None, now=TUESDAY) == 1


def test_no_address_no_mail(school):
    assert invite_by_mail([listed(school, email="")], by=None, now=TUESDAY) == 0


def test_a_typed_person_of_an_open_school_is_written_to(school):
    values = {"last_name": "Haddad", "first_name": "Amina", "kind": "parent", "classrooms": school.rooms[:1]}
    invite(school, by=None, email="Amina@Famille.example ", **values)
    assert Delivery.objects.get().address == "amina@famille.example"


def test_a_large_import_is_left_to_the_clock(school):
    rows = [listed(school, f"Nom {n}", f"n{n}@famille.example") for n in range(201)]
    assert invite_by_mail(rows, by=None, now=TUESDAY) == 0
    assert [remind_due(TUESDAY) for _ in range(3)] == [200, 1, 0]


def test_a_first_mail_waits_for_the_hours_and_days_of_the_school():
    school = make_school("papeete", time_zone="Pacific/Tahiti")
    invite(
        school,
        by=None,
        last_name="Haddad",
        first_name="Amina",
        kind="parent",
        classrooms=school.rooms[:1],
        email="amina@famille.example",
    )
    Delivery.objects.all().delete()
    Invitation.objects.unscoped().update(mails=0)
    remind_due(TUESDAY)
    # Monday 23:00 there.
    assert Delivery.objects.get().due.isoformat() == "2026-11-24T17:00:00+00:00"


def test_no_invitation_leaves_in_the_holidays(school):
    school.holiday_zone = "A"
    school.save()
    invite_by_mail([listed(school)], by=None, now=datetime.datetime(2026, 12, 23, 9, tzinfo=datetime.UTC))
    assert Delivery.objects.get().due.date() == datetime.date(2027, 1, 4)
