"""What is written to be sent is sent once, and forgotten when it must be."""

import datetime

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from accounts.outbox.actions import (
    dispatch,
    expand_due,
    forget_old,
    forget_person,
    post,
    send_due,
    switch_sending,
    withdraw,
)
from accounts.outbox.messages import Mail, Nothing
from accounts.outbox.models import Delivery, Dispatch
from tests.factories import UserFactory, make_school

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 20, 9, 0, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)


def compose(row):
    """A mail of code to whomever the row names."""
    to = row.address or row.person.email
    return Mail("sign_in_code", to, {"code": row.secret}, row.language)


def sent_to():
    return [address for message in mail.outbox for address in message.to]


def test_an_act_that_fails_sends_nothing():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        post("probe", "a", address="amina@famille.example", due=NOW)
        raise ZeroDivisionError
    with transaction.atomic():
        post("probe", "b", address="samir@famille.example", due=NOW)

    send_due(compose, NOW)

    assert sent_to() == ["samir@famille.example"]


def test_the_same_thing_posted_twice_is_sent_once():
    amina = UserFactory(username="amina")
    for _ in range(2):
        post("probe", "a", person=amina, due=NOW)
        post("probe", "a", address="samir@famille.example", due=NOW)
        send_due(compose, NOW)

    assert sorted(sent_to()) == ["amina@famille.example", "samir@famille.example"]


def test_a_mail_bears_the_message_id_of_its_row():
    row = post("probe", "a", address="amina@famille.example", due=NOW)

    send_due(compose, NOW)

    assert mail.outbox[0].message()["Message-ID"] == row.message_id


def test_the_secret_is_gone_once_sent_and_once_dropped():
    post("probe", "a", address="amina@famille.example", secret="1234-5678", due=NOW)
    post("nothing", "b", address="samir@famille.example", secret="8765-4321", due=NOW)

    send_due(lambda row: Nothing("left") if row.kind == "nothing" else compose(row), NOW)

    assert "1234-5678" in mail.outbox[0].body
    assert list(Delivery.objects.values_list("state", "reason", "secret").order_by("pk")) == [
        ("sent", "", ""),
        ("dropped", "left", ""),
    ]


def test_what_is_too_late_is_dropped_unsent():
    post("probe", "a", address="amina@famille.example", secret="1", due=NOW, expires=NOW + 15 * MINUTE)

    send_due(compose, NOW + 15 * MINUTE)

    assert not mail.outbox
    assert Delivery.objects.values_list("state", "reason", "secret").get() == ("dropped", "too late", "")


def test_what_someone_waits_for_goes_first():
    post("probe", "letter", address="letter@famille.example", due=NOW - 60 * MINUTE)
    post("probe", "code", address="code@famille.example", due=NOW, asked_for=True)

    send_due(compose, NOW)

    assert sent_to() == ["code@famille.example", "letter@famille.example"]


def test_nothing_leaves_before_its_hour():
    post("probe", "a", address="amina@famille.example", due=NOW + MINUTE)

    assert send_due(compose, NOW) == 0
    assert send_due(compose, NOW + MINUTE) == 1


def test_a_schools_mails_wait_until_it_is_opened():
    school = make_school(is_open=False)
    amina = UserFactory(username="amina")
    post("probe", "a", address="samir@famille.example", school=school, due=NOW)
    dispatch("probe", "b", school=school, due=NOW)

    expand_due(lambda found: [amina], NOW)
    send_due(compose, NOW)
    assert not mail.outbox

    school.opened = NOW
    school.save(update_fields=["opened"])
    expand_due(lambda found: [amina], NOW)
    send_due(compose, NOW)
    assert sorted(sent_to()) == ["amina@famille.example", "samir@famille.example"]


def test_switched_off_nothing_leaves_and_nothing_is_lost():
    post("probe", "a", address="amina@famille.example", due=NOW)
    switch_sending(False)

    assert send_due(compose, NOW) == 0
    assert Delivery.objects.get().tries == 0

    switch_sending(True)
    assert send_due(compose, NOW) == 1


# Dispatches ------------------------------------------------------------------------------------------


def test_a_dispatch_becomes_one_row_a_person_however_often_it_is_expanded():
    people = [UserFactory(language="ar"), UserFactory(language="fr")]
    dispatch("letter", "l1", due=NOW)
    dispatch("letter", "l1", due=NOW)

    assert expand_due(lambda found: people, NOW) == 1
    Dispatch.objects.update(expanded=None)
    expand_due(lambda found: [*people, UserFactory(language="fr")], NOW)

    rows = Delivery.objects.order_by("pk").values_list("kind", "object", "language")
    assert list(rows) == [("letter", "l1", "ar"), ("letter", "l1", "fr"), ("letter", "l1", "fr")]
    assert expand_due(lambda found: people, NOW) == 0


def test_a_dispatch_that_fails_holds_up_no_other_and_is_tried_again():
    amina = UserFactory()
    dispatch("broken", "x", due=NOW - MINUTE)
    dispatch("letter", "l1", due=NOW)

    def audience(found):
        if found.kind == "broken":
            raise LookupError
        return [amina]

    assert expand_due(audience, NOW) == 1
    assert expand_due(audience, NOW + MINUTE) == 0
    assert expand_due(lambda found: [amina], NOW + 5 * MINUTE) == 1


# Taken back, forgotten -------------------------------------------------------------------------------


def test_what_is_withdrawn_is_not_sent_and_keeps_no_secret():
    amina, samir = UserFactory(username="amina"), UserFactory(username="samir")
    for person in (amina, samir):
        post("probe", "a", person=person, secret="token", due=NOW)
        post("probe", "b", person=person, due=NOW)
    dispatch("probe", "a", due=NOW)

    assert withdraw("probe", "a", person=amina) == 1
    assert withdraw("probe", "a") == 1
    expand_due(lambda found: [amina], NOW)
    send_due(compose, NOW)

    assert sorted(sent_to()) == ["amina@famille.example", "samir@famille.example"]
    stopped = Delivery.objects.filter(object="a").values_list("state", "reason", "secret")
    assert set(stopped) == {("dropped", "withdrawn", "")}


def test_rows_are_forgotten_after_ninety_days():
    for days in (89, 91):
        post("probe", str(days), address="amina@famille.example", due=NOW - datetime.timedelta(days=days))
        dispatch("letter", str(days), due=NOW - datetime.timedelta(days=days))
    send_due(compose, NOW)

    forget_old(NOW)

    assert [row.object for row in Delivery.objects.all()] == ["89"]
    assert [row.object for row in Dispatch.objects.all()] == ["89"]


def test_an_erased_persons_rows_are_forgotten_at_once_by_account_and_by_address():
    amina, samir = UserFactory(username="amina"), UserFactory(username="samir")
    post("probe", "a", person=amina)
    post("probe", "b", address="Amina@Famille.example")
    post("probe", "c", person=samir, due=timezone.now())
    post("probe", "d", address="samir@famille.example")

    assert forget_person(amina, ["amina@famille.example"]) == 2

    assert sorted(row.object for row in Delivery.objects.all()) == ["c", "d"]
