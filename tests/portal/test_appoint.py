"""`manage.py appoint`: the operator gives a role, and is told how the person signs in."""

import io

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.people import policy
from accounts.people.models import HostRole, User
from accounts.schools.staff import is_staff
from tests.factories import UserFactory
from tests.sending import send_now

pytestmark = pytest.mark.django_db


def appoint(*words):
    out = io.StringIO()
    call_command("appoint", *words, stdout=out)
    return out.getvalue()


def test_somebody_new_gets_an_account_a_role_and_a_way_in(settings):
    said = appoint("Claire Fontaine", "--role", "curator", "--email", "Claire@Academie.Example")
    user = User.objects.get()
    assert (str(user), user.email) == ("Claire Fontaine", "claire@academie.example")
    assert "academie" not in user.username
    assert policy.is_curator(user)
    assert not policy.is_operator(user)
    assert "/compte/login/" in said
    assert "claire@academie.example" in said


@pytest.mark.parametrize("role", HostRole.Role.values)
def test_the_code_sent_to_this_address_opens_the_account_and_the_admin(client, role):
    appoint("Odile Martin", "--role", role, "--email", "odile@academie.example")
    client.post("/compte/login/", {"email": "odile@academie.example", "login": "odile@academie.example"})
    send_now()
    assert [message.to for message in mail.outbox] == [["odile@academie.example"]]
    assert is_staff(User.objects.get())


def test_whoever_has_the_address_keeps_the_account(settings):
    user = UserFactory(username="amina", display_name="Amina", email="amina@famille.example")
    appoint("Madame B.", "--role", "operator", "--email", "AMINA@famille.example")
    user = User.objects.get()
    assert (user.username, user.display_name) == ("amina", "Amina")
    assert policy.is_operator(user)


def test_a_role_given_again_takes_the_new_date():
    words = ("Claire", "--role", "curator", "--email", "claire@academie.example")
    appoint(*words)
    appoint(*words, "--until", "2099-07-31")
    assert str(HostRole.objects.get().until) == "2099-07-31"
    appoint("Claire", "--role", "operator", "--email", "claire@academie.example")
    assert HostRole.objects.count() == 2


def test_a_role_ends_after_its_last_day(time_machine):
    time_machine.move_to("2026-11-24 12:00+01:00")
    appoint("Claire", "--role", "curator", "--email", "c@a.example", "--until", str(timezone.localdate()))
    assert policy.is_curator(User.objects.get())
    time_machine.move_to("2026-11-25 12:00+01:00")
    assert not policy.is_curator(User.objects.get())


@pytest.mark.parametrize(
    "words",
    [
        ["Claire", "--role", "king", "--email", "c@a.example"],
        ["Claire", "--role", "curator", "--email", "not an address"],
        ["Claire", "--role", "curator"],
        ["  ", "--role", "curator", "--email", "c@a.example"],
        ["Claire", "--role", "curator", "--email", "c@a.example", "--until", "31/07/2099"],
        ["Claire", "--role", "curator", "--email", "c@a.example", "--until", "2001-07-31"],
    ],
)
def test_what_cannot_be_understood_stores_nothing(words):
    with pytest.raises(CommandError):
        appoint(*words)
    assert not User.objects.exists()


def test_a_closed_account_is_given_nothing():
    UserFactory(email="c@a.example", is_active=False)
    with pytest.raises(CommandError):
        appoint("Claire", "--role", "curator", "--email", "c@a.example")
    assert not HostRole.objects.exists()
