"""Two accounts of one person, proved both, become one."""

import datetime

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone, translation
from django.utils.translation import gettext

from accounts.audit import privacy as audit
from accounts.audit.actions import record
from accounts.audit.models import AuditEntry
from accounts.invitations import privacy as invitations
from accounts.invitations.actions import inviting, merging
from accounts.invitations.models import Invitation
from accounts.outbox.actions import post
from accounts.people.actions import keep_text, set_email
from accounts.people.models import User
from accounts.rollover.models import NextClass
from accounts.schools.access import members_of
from accounts.schools.models import Hat, Membership, Restriction
from portal.privacy import ledger
from portal.privacy.actions import erase_account
from tests.accounts.invitations.papers import awaited, text
from tests.accounts.people_of_tests import SECRET, code_of_last_mail
from tests.factories import PASSWORD, HostRoleFactory, UserFactory, make_member, make_school
from tests.portal.privacy.traces import traces_of
from tests.sending import send_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def ecole():
    return make_school()


@pytest.fixture
def college():
    return make_school("marie-curie", level="college")


@pytest.fixture
def mine(ecole):
    return make_member(ecole, "amina", "parent", email=None, password=PASSWORD).user


@pytest.fixture
def other(college):
    user = make_member(college, "amina-2", "parent", email=None, password="autre-velo-lune-9").user
    set_email(user, "amina@famille.example")
    return user


def proved(client):
    client.post("/compte/preuve/", {"password": PASSWORD, "next": "/compte/reunir/"})
    return client


def by_password(client, login="amina-2", password="autre-velo-lune-9"):
    fields = {"action": "password", "login": login, "password": password}
    return client.post("/compte/reunir/", fields, follow=True)


def test_what_the_other_account_is_comes_here_and_it_is_gone(mine, other, ecole, college, sign_in):
    client = proved(sign_in(mine))
    page = by_password(client)
    assert college.name in text(page)
    assert Membership.objects.filter(user=other).exists(), "nothing moves before it is confirmed"
    client.post("/compte/reunir/", {"action": "sure"})
    kept = User.objects.get(pk=mine.pk)
    assert [member.school for member in members_of(kept)] == [ecole, college]
    assert not User.objects.filter(pk=other.pk).exists()
    assert kept.email == "amina@famille.example"
    send_now()
    assert mail.outbox[-1].to == ["amina@famille.example"]


def test_the_other_account_is_proved_by_a_code_too(mine, other, college, sign_in):
    client = proved(sign_in(mine))
    client.post("/compte/reunir/", {"action": "send", "login": "amina@famille.example"})
    send_now()
    page = client.post("/compte/reunir/", {"action": "code", "code": code_of_last_mail()})
    assert college.name in text(page)
    client.post("/compte/reunir/", {"action": "sure"})
    assert not User.objects.filter(pk=other.pk).exists()


def test_without_both_proofs_nothing_moves(mine, other, sign_in):
    client = sign_in(mine)
    assert client.get("/compte/reunir/").headers["Location"].startswith("/compte/preuve/")
    proved(client)
    by_password(client, password="pas-le-bon-mot")
    client.post("/compte/reunir/", {"action": "sure"})
    client.post("/compte/reunir/", {"action": "send", "login": "amina@famille.example"})
    client.post("/compte/reunir/", {"action": "code", "code": "0000-0000"})
    client.post("/compte/reunir/", {"action": "sure"})
    assert User.objects.get(pk=other.pk).is_active
    assert members_of(User.objects.get(pk=mine.pk))[0].school.slug == "jean-moulin"


def test_an_address_without_account_gets_the_same_page_as_another(mine, other, sign_in):
    client = proved(sign_in(mine))
    pages = [
        client.post("/compte/reunir/", {"action": "send", "login": login})
        for login in ("amina@famille.example", "amino@famille.example")
    ]
    assert [page.status_code for page in pages] == [200, 200]


def test_in_one_school_hats_meet_and_a_restriction_is_not_lost(mine, ecole, sign_in):
    second = make_member(ecole, "amina-3", "parent", rooms=ecole.rooms, display_name="Amina bis")
    Restriction.objects.create(
        membership=second, classroom=ecole.rooms[1], decided_on="2026-09-01", reference="Armoire 2"
    )
    merging.merge(mine, second.user)
    here = Membership.objects.of_school(ecole).get(user=mine)
    assert not Membership.objects.of_school(ecole).filter(pk=second.pk).exists()
    rooms = {hat.classroom for hat in Hat.objects.filter(membership=here)}
    assert rooms == set(ecole.rooms)
    assert members_of(User.objects.get(pk=mine.pk))[0].classes() == {ecole.rooms[0].pk}


@pytest.mark.parametrize("kind", ["teacher", "director"])
def test_who_sits_by_right_keeps_no_mandate_and_a_parent_keeps_theirs(ecole, mine, kind):
    by_right = make_member(ecole, "amina-4", kind, display_name="Amina quatre").user
    elected = make_member(ecole, "amina-5", "parent", "elected", display_name="Amina cinq").user
    merging.merge(mine, elected)
    assert members_of(User.objects.get(pk=mine.pk))[0].mandates
    merging.merge(by_right, mine)
    (here,) = members_of(User.objects.get(pk=by_right.pk))
    assert here.wears(kind) and here.wears("parent") and not here.mandates


def test_a_suspension_comes_along(mine, ecole):
    second = make_member(ecole, "amina-3", "parent", display_name="Amina bis")
    until = timezone.now() + datetime.timedelta(days=3)
    Membership.objects.of_school(ecole).filter(pk=second.pk).update(suspended_until=until)
    merging.merge(mine, second.user)
    assert members_of(User.objects.get(pk=mine.pk))[0].is_suspended()


def test_some_accounts_stay_apart(mine, other):
    from allauth.mfa.totp.internal.auth import TOTP

    with pytest.raises(merging.TheSame):
        merging.merge(mine, mine)
    User.objects.filter(pk=other.pk).update(past_opens=timezone.now() + datetime.timedelta(hours=1))
    with pytest.raises(merging.PastShut):
        merging.merge(mine, User.objects.get(pk=other.pk))
    User.objects.filter(pk=other.pk).update(past_opens=None)
    HostRoleFactory(user=other)
    with pytest.raises(merging.HostStaff):
        merging.merge(mine, User.objects.get(pk=other.pk))
    third = UserFactory(username="troisieme")
    TOTP.activate(third, SECRET)
    with pytest.raises(merging.OtherHasFactor):
        merging.merge(mine, third)


def test_erased_afterwards_neither_account_has_left_a_name(ecole, college, sign_in):
    """Each account has its own name and address; both are in one school, the other in a second too."""
    kept = make_member(ecole, "k3pt-4711", "parent", display_name="Zénobie Quintefeuille", email=None).user
    set_email(kept, "zenobie@famille.example")
    brought = make_member(ecole, "br0ught-4712", "parent", display_name="Mme Quintefeuille-Roux", email=None)
    other, key = brought.user, brought.user.key
    set_email(other, "roux@famille.example")
    make_member(college, "", "parent", user=other)
    director = make_member(college, "solange", "director").user
    NextClass.objects.create(membership=brought, old=ecole.rooms[0], classroom=ecole.rooms[1])
    record("let_in", by=director, about=other, school=college)
    keep_text(other, "/quelque-part/", [("texte", "Mme Quintefeuille-Roux vous écrit.")])
    post("let_in", "abcdefgh", person=other)
    sign_in(other)
    merging.merge(kept, other)
    send_now()
    assert [message.to for message in mail.outbox[-3:]].count(["roux@famille.example"]) == 1
    assert NextClass.objects.filter(membership__user=kept).exists()
    assert any("let in" in line for _when, line in held_acts(kept))
    erase_account(User.objects.get(pk=kept.pk), keep_contributions=False)
    mail.outbox.clear()
    assert traces_of("k3pt-4711", "br0ught-4712", "Quintefeuille", "zenobie@", "roux@") == []
    assert AuditEntry.objects.about_person(key).exists()
    assert key in ledger.read(), "a backup of before may hold it"


def held_acts(user):
    with translation.override("en"):
        return audit.held(user)[0][1]


def test_the_closed_account_signs_in_no_more(mine, other):
    merging.merge(mine, other)
    client = Client()
    client.post(
        "/compte/login/mot-de-passe/", {"login": "amina-2", "password": "autre-velo-lune-9"}, follow=True
    )
    assert client.get("/compte/").status_code == 302


def test_what_awaited_the_other_account_elsewhere_is_found_after_the_merging(mine, other, sign_in):
    """Its address is nowhere in the account that stays, and the school there wrote it down."""
    set_email(mine, "amina.h@famille.example")
    elsewhere = make_school("jules-ferry")
    theirs = awaited(elsewhere, "Quintefeuille", "Amina", email="amina@famille.example")
    corrected = awaited(elsewhere, "Benali", "Karim", email="amina@famille.example")
    merging.merge(mine, other)
    inviting.correct(corrected, by=None, email="karim@famille.example", civility="M.")
    kept = User.objects.get(pk=mine.pk)
    assert kept.email == "amina.h@famille.example"
    told = invitations.export(kept)
    assert [row[str(gettext("school"))] for row in next(iter(told.values()))] == [elsewhere.name]
    client = sign_in(kept)
    assert elsewhere.name in text(client.get("/compte/mes-donnees/invitations/"))
    erase_account(kept, keep_contributions=False)
    assert traces_of("Quintefeuille", "amina@famille.example") == []
    # Twin: the person whose address the school corrected is still awaited.
    assert list(Invitation.objects.of_school(elsewhere)) == [corrected]
    assert theirs.pk not in Invitation.objects.unscoped().values_list("pk", flat=True)
