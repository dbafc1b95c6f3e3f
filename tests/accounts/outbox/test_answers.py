"""A real mail server that refuses, drops, closes or is away: what becomes of each mail (RULES §6)."""

import datetime

import pytest
from django.utils import timezone

from accounts.outbox.actions import post, send_due
from accounts.outbox.messages import Mail
from accounts.outbox.models import Delivery, Sending
from tests.trial.mailserver import ToldServer

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 20, 9, 0, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)
AMINA, SAMIR = "amina@famille.example", "samir@famille.example"


def compose(row):
    return Mail("sign_in_code", row.address, {"code": row.secret}, "fr")


def row(address=AMINA):
    return Delivery.objects.get(address=address)


@pytest.fixture
def server(settings):
    """A mail server on loopback, which the portal uses."""
    told = ToldServer()
    told.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", told.port, 10
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield told
    told.stop()


@pytest.fixture
def two_mails():
    for address in (AMINA, SAMIR):
        post("probe", "a", address=address, secret="1234-5678", due=NOW)


def test_a_batch_goes_over_one_connection(server, two_mails):
    send_due(compose, NOW)
    assert server.addresses() == [AMINA, SAMIR]
    assert server.connections == 1


def test_a_lost_reply_brings_a_second_copy_of_the_same_message(server, two_mails):
    server.plan = lambda copy: "drop" if (copy.to, copy.number) == (AMINA, 1) else "take"
    send_due(compose, NOW)
    assert server.addresses() == [SAMIR]
    assert (row().state, row().due, row().secret) == ("due", NOW + MINUTE, "1234-5678")

    send_due(compose, NOW + MINUTE)
    first, second = server.of(AMINA)
    assert first.message_id == second.message_id == row().message_id
    assert (row().state, row().tries, row().secret) == ("sent", 2, "")


def test_an_address_refused_for_good_is_tried_once(server, two_mails):
    server.answer_to_address[AMINA] = "550 no such person"
    send_due(compose, NOW)
    assert (row().state, row().reason, row().secret) == ("refused", "550", "")
    assert server.addresses() == [SAMIR]


def test_an_address_refused_for_now_is_tried_later_and_later_up_to_two_days(server, two_mails):
    server.answer_to_address[AMINA] = "450 come back"
    now, waits = NOW, []
    while row().state != "given_up":
        send_due(compose, now)
        waits.append((row().due - now) // MINUTE)
        now = max(row().due, now)
    assert waits[:6] == [1, 5, 15, 60, 240, 240]
    assert set(waits[4:-1]) == {240}
    assert 44 * 60 * MINUTE < now - NOW <= 48 * 60 * MINUTE
    assert row().secret == ""
    assert server.addresses() == [SAMIR]


def test_a_server_that_is_away_costs_no_mail_a_try_and_pauses_all(server, two_mails):
    server.refuses_connections = True
    now, pauses = NOW, []
    for _ in range(5):
        send_due(compose, now)
        until = Sending.current().paused_until
        pauses.append((until - now) // MINUTE)
        attempts = server.connections
        send_due(compose, until - MINUTE / 60)
        assert server.connections == attempts
        now = until
    assert pauses == [1, 5, 15, 15, 15]
    assert {found.tries for found in Delivery.objects.all()} == {0}

    server.refuses_connections = False
    send_due(compose, now)
    assert server.addresses() == [AMINA, SAMIR]
    assert Sending.current().pauses == 0


def test_a_portal_whose_sender_is_refused_pauses_and_loses_nothing(server, two_mails):
    server.answer_to_sender = "550 who are you"
    send_due(compose, NOW)
    assert Sending.current().paused_until == NOW + MINUTE
    assert {(found.state, found.tries) for found in Delivery.objects.all()} == {("due", 0)}
    server.answer_to_sender = "250 OK"
    send_due(compose, NOW + MINUTE)
    assert server.addresses() == [AMINA, SAMIR]


def test_a_connection_that_the_server_dropped_is_opened_again(server, two_mails):
    server.plan = lambda copy: "drop" if copy.to == AMINA else "take"
    send_due(compose, NOW)
    assert server.connections == 2
    assert server.addresses() == [SAMIR]


def test_a_server_that_closes_between_two_mails_costs_the_next_one_nothing(server, two_mails):
    server.plan = lambda copy: "leave" if copy.to == AMINA else "take"

    def it_has_left():
        assert not server.copies or server.left.wait(30)
        return False

    send_due(compose, NOW, stopped=it_has_left)
    assert server.addresses() == [AMINA, SAMIR]
    assert row(SAMIR).tries == 1


@pytest.mark.parametrize(
    "to", ["amina@famille.example\nBcc: x@y.example", "pas une adresse", "é@famille.example"]
)
def test_an_address_that_is_none_is_refused_and_injects_nothing(server, to):
    post("probe", "a", address=AMINA, due=NOW)
    send_due(lambda found: Mail("sign_in_code", to, {"code": "1"}, "fr"), NOW)
    assert row().state == "refused"
    assert not server.copies


def test_a_mail_that_cannot_be_composed_is_tried_again_and_holds_up_no_other(server, two_mails):
    def broken(found):
        if found.address == AMINA:
            raise LookupError("a template is missing")
        return compose(found)

    send_due(broken, NOW)
    assert (row().state, row().reason, row().due) == ("due", "not composed", NOW + MINUTE)
    assert server.addresses() == [SAMIR]


# Claims ----------------------------------------------------------------------------------------------


def test_what_a_silent_sender_holds_is_taken_over_when_its_lease_is_over(server, two_mails):
    Delivery.objects.filter(address=AMINA).update(
        state="claimed", claimed_by="gone", claimed_until=NOW + 10 * MINUTE, tries=1
    )
    send_due(compose, NOW)
    assert server.addresses() == [SAMIR]
    send_due(compose, NOW + 10 * MINUTE)
    assert server.addresses() == [SAMIR]
    send_due(compose, NOW + 11 * MINUTE)
    assert server.addresses() == [SAMIR, AMINA]


def test_what_one_sender_holds_no_other_takes(server):
    post("probe", "a", address=AMINA, due=NOW)
    taken = []

    def another_looks(found):
        taken.extend(send_due(compose, now) for now in (NOW, NOW + 9 * MINUTE))
        return compose(found)

    assert send_due(another_looks, NOW) == 1
    assert taken == [0, 0]


def test_a_mail_withdrawn_while_it_is_sent_keeps_its_last_word(server):
    post("probe", "a", address=AMINA, due=NOW)

    def withdrawn_meanwhile(found):
        Delivery.objects.filter(pk=found.pk).update(state="dropped", reason="withdrawn", claimed_by="")
        return compose(found)

    send_due(withdrawn_meanwhile, NOW)
    assert (row().state, row().reason) == ("dropped", "withdrawn")


def test_a_sender_told_to_stop_finishes_its_mail_and_takes_no_other(server, two_mails):
    answers = iter([False, True])
    assert send_due(compose, NOW, stopped=lambda: next(answers)) == 1
    assert server.addresses() == [AMINA]
    assert row(SAMIR).tries == 0


def test_the_hour_is_now_unless_told(server):
    post("probe", "a", address=AMINA)
    send_due(compose)
    assert row().ended <= timezone.now()
