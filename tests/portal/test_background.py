"""The background process sends by itself; once, it does what is due and ends."""

import datetime
import threading
import time

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from accounts.outbox.actions import switch_sending
from accounts.outbox.models import Delivery
from accounts.people.mails import post_code, post_notice
from portal import sending
from portal.clock.models import ClockRun
from portal.management.commands import background

pytestmark = pytest.mark.django_db(transaction=True)
# Seconds: never what is asserted, only when to give up.
PATIENCE = 60


@pytest.fixture
def sender():
    """A sender that runs beside the test."""
    stop = threading.Event()

    def run():
        try:
            sending.keep_sending(stop, 0.02)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    yield
    stop.set()
    thread.join()


def wait_for(question):
    deadline = time.monotonic() + PATIENCE
    while not question():
        assert time.monotonic() < deadline, "nothing happened"
        time.sleep(0.02)


def test_a_code_leaves_by_itself_and_its_body_is_gone(sender):
    post_code("sign_in_code", "amina@famille.example", "1234-5678", "fr")
    wait_for(lambda: Delivery.objects.filter(state="sent").exists())
    assert "1234-5678" in mail.outbox[0].body
    assert not Delivery.objects.exclude(secret="").exists()


def test_a_database_away_is_waited_for(sender, monkeypatch):
    found = []

    def away(**how):
        found.append(1)
        raise LookupError

    with monkeypatch.context() as broken:
        broken.setattr(sending, "send_all", away)
        wait_for(lambda: len(found) > 2)
    post_notice("amina@famille.example", "password_changed", "fr")
    wait_for(lambda: mail.outbox)


def test_once_ticks_sends_and_ends(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    post_notice("amina@famille.example", "password_changed", "fr")
    call_command("background", once=True)
    assert [message.to for message in mail.outbox] == [["amina@famille.example"]]
    assert ClockRun.objects.filter(finished__gte=timezone.now() - datetime.timedelta(minutes=5)).count() > 5


def test_a_notice_tells_in_the_persons_language_what_and_when():
    post_notice("amina@famille.example", "password_changed", "ar")
    sending.send_all()
    assert "تغي" in mail.outbox[0].body or "كلمة" in mail.outbox[0].body
    with pytest.raises(KeyError):
        post_notice("amina@famille.example", "a text of somebody", "fr")


def test_the_switch_is_worked_from_the_command_line(capsys):
    post_notice("amina@famille.example", "password_changed", "fr")
    for what in ("off", "status"):
        call_command("sending", what)
    assert sending.send_all() == 0
    call_command("sending", "on")
    assert sending.send_all() == 1
    switch_sending(True)
    assert capsys.readouterr().out.count("\n") == 6


def test_a_run_that_lasts_is_ended_by_an_alarm(monkeypatch):
    set_to = []
    monkeypatch.setattr(background.signal, "alarm", set_to.append)
    monkeypatch.setattr(background, "work", lambda **options: None)
    background.once()
    assert set_to == [60, 0]
