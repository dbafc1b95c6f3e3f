"""Several senders on one database send each mail once: a race on counts, with its twin."""

import threading
from collections import Counter

import pytest
from django.core import mail
from django.db import OperationalError, connection, connections

from accounts.outbox.actions import post, send_due, sending
from accounts.outbox.messages import Mail
from accounts.outbox.models import Delivery

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.serial]
SENDERS, MAILS = 5, 30


def compose(row):
    return Mail("sign_in_code", row.address, {"code": "1"}, "fr")


def all_at_once():
    """Let every sender look at once; give the number of copies each address got."""
    barrier = threading.Barrier(SENDERS)

    def run():
        try:
            barrier.wait()
            send_due(compose)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(SENDERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(message.to[0] for message in mail.outbox)


@pytest.fixture
def mails():
    for number in range(MAILS):
        post("probe", "a", address=f"n{number}@famille.example")


def test_senders_that_run_together_send_each_mail_once(mails):
    copies = all_at_once()
    assert set(copies.values()) == {1}
    assert len(copies) == MAILS
    assert Delivery.objects.filter(state="sent", tries=1).count() == MAILS


def test_without_the_claim_they_send_it_several_times(mails, monkeypatch):
    """Twin: the test above would see a second copy."""

    def take(pk, name, now):
        barrier.wait()
        return bool(Delivery.objects.filter(pk=pk).update(state="claimed", claimed_by=name))

    barrier = threading.Barrier(SENDERS)
    Delivery.objects.exclude(address="n0@famille.example").delete()
    monkeypatch.setattr(sending, "claim", take)
    assert all_at_once() == {"n0@famille.example": SENDERS}


def test_a_database_away_when_the_mail_has_left_is_waited_for():
    """The mail server has taken it: a second copy would be one too many."""
    post("probe", "a", address="amina@famille.example")
    refused = []

    def away(execute, sql, params, many, context):
        if mail.outbox and sql.startswith("UPDATE") and not refused:
            refused.append(sql)
            raise OperationalError
        return execute(sql, params, many, context)

    with connection.execute_wrapper(away):
        send_due(compose)
    assert refused
    assert Delivery.objects.get().state == "sent"
