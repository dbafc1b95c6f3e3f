"""`manage.py reset_second_factor`: the technician repairs a lost second step with the guide only."""

import datetime
import io

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from accounts.audit.models import AuditEntry
from accounts.people.models import HostRole, User
from accounts.people.policy import opens_past
from tests.accounts.people_of_tests import (
    application_person,
    code_of_last_mail,
    email_person,
    passkey_person,
    signed_in_by_application,
)
from tests.factories import PASSWORD, HostRoleFactory, UserFactory
from tests.sending import send_now

pytestmark = pytest.mark.django_db


def reset(*words):
    out = io.StringIO()
    call_command("reset_second_factor", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def odile():
    """An operator with an application, its printed codes and an address."""
    from accounts.people.actions import set_email

    user = application_person("odile")
    set_email(user, "odile@academie.example")
    HostRoleFactory(user=user, role="operator")
    return user


def answer(monkeypatch, text):
    asked = []
    monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or text)
    return asked


@pytest.mark.parametrize("who", ["odile", "ODILE", "Odile@Academie.Example"])
def test_it_takes_the_factor_and_its_codes_ends_sessions_and_tells(odile, who):
    odile.set_password(PASSWORD)
    odile.save()
    client = signed_in_by_application(odile)
    said = reset(who, "--yes")
    assert "odile@academie.example" in said
    assert not Authenticator.objects.filter(user=odile).exists()
    assert client.get("/compte/").status_code == 302
    entry = AuditEntry.objects.get(about=odile.key, verb="factor_reset")
    assert (entry.actor, entry.facts) == ("", {})
    send_now()
    (notice,) = mail.outbox
    assert notice.to == ["odile@academie.example"] and "http" not in notice.body


def test_the_person_then_comes_in_and_must_add_another(odile, client):
    reset("odile", "--yes")
    send_now()
    mail.outbox.clear()
    client.post("/compte/login/", {"email": "odile@academie.example", "way": "code"})
    client.post("/compte/login/code/confirm/", {"code": code_of_last_mail()})
    assert client.get("/compte/").status_code == 200
    HostRole.objects.update(since=timezone.localdate() - datetime.timedelta(days=30))
    assert reverse("account_second_factor") in client.get("/admin/")["Location"]


def test_without_yes_it_shows_whom_and_asks(odile, monkeypatch):
    asked = answer(monkeypatch, "non")
    with pytest.raises(CommandError):
        reset("odile")
    assert len(asked) == 1 and Authenticator.objects.filter(user=odile).exists()
    answer(monkeypatch, "oui")
    reset("odile")
    assert not Authenticator.objects.filter(user=odile).exists()


def test_nobody_at_the_keyboard_is_no(odile, monkeypatch):
    def closed(question):
        raise EOFError

    monkeypatch.setattr("builtins.input", closed)
    with pytest.raises(CommandError):
        reset("odile")
    assert Authenticator.objects.filter(user=odile).exists()


def test_somebody_without_a_second_step_and_strangers_are_told_apart_in_words():
    email_person("amina")
    UserFactory(username="close", is_active=False)
    said = {who: _refusal(who) for who in ("amina", "personne-du-tout", "close", "", "%")}
    assert len({said["amina"], said["personne-du-tout"], said["close"]}) == 3
    assert said[""] == said["%"] == said["personne-du-tout"]


def _refusal(who):
    with pytest.raises(CommandError) as refused:
        reset(who, "--yes")
    return str(refused.value)


def test_the_past_stays_shut_and_whoever_had_only_a_passkey_is_sent_to_the_school():
    user = passkey_person("chloe")
    with_password = reset("chloe", "--yes")
    assert not opens_past(User.objects.get(pk=user.pk), timezone.now())
    assert mail.outbox == []
    other = application_person("dina")
    other.set_password("girafe-velo-nuage-7")
    other.save()
    assert with_password.splitlines()[2] != reset("dina", "--yes").splitlines()[2]
