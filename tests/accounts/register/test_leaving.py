"""Whoever is in no school any more is asked, erased in three months, and forgotten if they come back."""

import datetime

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from accounts.audit.models import AuditEntry
from accounts.families.models import ImportPlan
from accounts.invitations.models import Invitation
from accounts.people.actions import set_email
from accounts.people.models import HostRole, User
from accounts.register.models import Erasure, Leaving
from accounts.schools.actions import give_hat, join, leave
from accounts.schools.models import Membership, Restriction
from portal.privacy import ledger
from portal.privacy.retention import keep_in_time
from tests.factories import UserFactory, make_member, make_school, person_with_role
from tests.sending import send_now

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _no_ledger():
    yield
    ledger.ledger_path().unlink(missing_ok=True)


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def amina(school):
    membership = make_member(school, "amina", "parent", display_name="Amina Benali")
    set_email(membership.user, "amina@famille.example")
    leave(membership, by=None)
    return membership.user


@pytest.fixture
def now():
    return timezone.now()


def test_a_leaver_is_told_at_once_and_asked(amina, now, sign_in):
    keep_in_time(now)
    leaving = Leaving.objects.get()
    assert datetime.timedelta(days=88) <= leaving.erase_on - timezone.localdate(now) <= 93 * DAY
    mail.outbox.clear()
    send_now(now)
    assert [message.to for message in mail.outbox] == [["amina@famille.example"]]
    client = sign_in(amina)
    assert 'value="stay"' in client.get("/compte/mes-donnees/").content.decode()
    client.post("/compte/mes-donnees/depart/", {"contributions": "go"})
    leaving.refresh_from_db()
    assert leaving.keep_contributions is False


def test_asked_twice_is_asked_once(amina, now):
    keep_in_time(now)
    keep_in_time(now + DAY)
    mail.outbox.clear()
    send_now(now + DAY)
    assert Leaving.objects.count() == 1 and len(mail.outbox) == 1


def test_two_weeks_before_the_day_is_told_again(amina, now):
    keep_in_time(now)
    send_now(now)
    mail.outbox.clear()
    soon = now + 80 * DAY
    keep_in_time(soon)
    keep_in_time(soon + DAY)
    send_now(soon + DAY)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(("answer", "kept"), [(None, True), (True, True), (False, False)])
def test_the_day_comes(amina, now, answer, kept):
    keep_in_time(now)
    Leaving.objects.update(keep_contributions=answer)
    keep_in_time(now + 85 * DAY)
    assert User.objects.filter(pk=amina.pk).exists()
    done = keep_in_time(now + 95 * DAY)
    assert done["leavers erased"] == 1
    assert not User.objects.filter(pk=amina.pk).exists()
    assert Erasure.objects.get().keep_contributions is kept


def test_coming_back_cancels(amina, school, now, sign_in):
    keep_in_time(now)
    membership = join(amina, school, "Amina Benali")
    give_hat(membership, "parent", classroom=school.rooms[0])
    client = sign_in(amina)
    assert client.post("/compte/mes-donnees/depart/", {"contributions": "go"}).status_code == 404
    mail.outbox.clear()
    send_now(now)
    assert mail.outbox == []
    done = keep_in_time(now + 95 * DAY)
    assert done["leavers erased"] == 0 and not Leaving.objects.exists()
    assert User.objects.filter(pk=amina.pk).exists()


def test_coming_back_on_the_last_day_is_in_time(amina, school, now):
    """Even when the clock has not seen the return."""
    from portal.privacy.retention import erase_leavers

    keep_in_time(now)
    give_hat(join(amina, school, "Amina Benali"), "parent", classroom=school.rooms[0])
    assert erase_leavers(now + 95 * DAY) == 0
    assert User.objects.filter(pk=amina.pk).exists()


def test_who_is_in_another_school_is_no_leaver(amina, now):
    make_member(make_school("marie-curie"), "amina-b", "parent", user=amina)
    keep_in_time(now)
    assert not Leaving.objects.exists()


def test_who_works_for_the_host_is_no_leaver(amina, now):
    HostRole.objects.create(user=amina, role="curator")
    person_with_role("odile", "operator")
    keep_in_time(now)
    assert not Leaving.objects.exists()


def test_a_restricted_parent_is_no_leaver_and_is_told_nothing(school, now):
    membership = make_member(school, "tom", "parent")
    Restriction.objects.create(membership=membership, decided_on="2026-10-01", reference="coffre")
    keep_in_time(now + 40 * DAY)
    assert not Leaving.objects.exists()


def test_a_hat_that_ended_gives_a_month_before_anything_is_said(school, now):
    membership = make_member(school, "nora", "parent")
    membership.hats.update(until=timezone.localdate(now), since=timezone.localdate(now) - 9 * DAY)
    keep_in_time(now + 5 * DAY)
    assert not Leaving.objects.exists()


def test_an_account_of_nowhere_is_told_a_month_before(now):
    old = UserFactory(username="ancienne", date_joined=now - 400 * DAY)
    keep_in_time(now)
    assert Leaving.objects.get(user=old).erase_on >= timezone.localdate(now) + 29 * DAY


def test_a_school_forgets_whom_it_let_go_while_the_account_lives_elsewhere(amina, school, now):
    make_member(make_school("marie-curie"), "amina-b", "parent", user=amina)
    keep_in_time(now + 89 * DAY)
    assert Membership.objects.of_school(school).exists()
    keep_in_time(now + 91 * DAY)
    assert not Membership.objects.of_school(school).exists()
    assert User.objects.filter(pk=amina.pk).exists()


def test_invitations_and_previews_go_in_time(school, now):
    common = {"school": school, "last_name": "Durand", "match": "durand|"}
    old = Invitation.objects.create(**common, created=now - 366 * DAY)
    young = Invitation.objects.create(**common, created=now - 364 * DAY)
    refused = Invitation.objects.create(**common, state="not_me", created=now - 31 * DAY)
    by = make_member(school, "solange", "director").user
    ImportPlan.objects.create(school=school, by=by, kind="onde", created=now - datetime.timedelta(hours=2))
    keep_in_time(now)
    left = set(Invitation.objects.of_school(school).values_list("pk", flat=True))
    assert left == {young.pk} and {old.pk, refused.pk}.isdisjoint(left)
    assert not ImportPlan.objects.unscoped().exists()


def test_acts_go_a_year_after_their_school_year(school):
    now = timezone.make_aware(datetime.datetime(2026, 11, 24, 12))
    before = timezone.make_aware(datetime.datetime(2025, 8, 31, 23))
    after = timezone.make_aware(datetime.datetime(2025, 9, 1, 1))
    AuditEntry.objects.create(verb="joined", school=school, at=before)
    kept = AuditEntry.objects.create(verb="left", school=school, at=after)
    keep_in_time(now)
    verbs = set(AuditEntry.objects.filter(at__lt=now.replace(month=1)).values_list("pk", flat=True))
    assert verbs == {kept.pk}


def test_the_command_does_the_same(amina, capsys):
    call_command("retention")
    assert "leavers noted: 1" in capsys.readouterr().out
    assert EmailAddress.objects.filter(user=amina).exists()
