"""The operator's page: red only where somebody must act, and then with the sentence to send."""

import datetime
import json
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.audit.actions import record
from accounts.outbox.actions import post, switch_sending
from accounts.outbox.models import Delivery, Sending
from accounts.schools.staff import PUT_OFF
from portal.clock.actions import tick
from portal.clock.models import ClockRun
from portal.operation.figures import figures
from portal.operation.readings import readings
from tests.factories import make_school

pytestmark = pytest.mark.django_db

PAGE = "/admin/sante/"
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def staff(operator, curator, host_moderator):
    """The host's people, past the question of the second factor."""
    for client in (operator, curator, host_moderator):
        session = client.session
        session[PUT_OFF] = "9999-12-31"
        session.save()


@pytest.fixture
def told(settings, staff):
    """Settings of a portal in good health."""
    tick()
    note(made=timezone.now(), tested=timezone.now())
    yield settings
    (Path(settings.PORTAL_DATA) / "backup.json").unlink(missing_ok=True)


def note(**days):
    from django.conf import settings

    noted = {name: day and day.isoformat() for name, day in days.items()}
    (Path(settings.PORTAL_DATA) / "backup.json").write_text(json.dumps(noted))


def red(now=None):
    return {reading.title for reading in readings(now or timezone.now()) if reading.is_red}


def english():
    from django.utils import translation

    return translation.override("en")


@pytest.fixture(autouse=True)
def _in_english():
    with english():
        yield


def test_a_portal_in_good_health_shows_no_red(told, operator):
    assert not red()
    page = operator.get(PAGE).content.decode()
    assert "is-alert" not in page
    assert "<blockquote" not in page


def test_only_an_operator_opens_it(told, operator, curator, host_moderator, parent, visitor):
    assert operator.get(PAGE).status_code == 200
    assert [person.get(PAGE).status_code for person in (curator, host_moderator, parent)] == [403] * 3
    assert visitor.get(PAGE).status_code == 302


def test_a_portal_without_mail_server_says_so_in_red(told, operator):
    told.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert red() == {"Mail server"}
    page = operator.get(PAGE).content.decode()
    assert "is-alert" in page
    assert "EMAIL_URL" in page


def test_sending_that_is_off_is_red_until_it_is_on(told):
    switch_sending(False)
    assert red() == {"Sending"}
    switch_sending(True)
    assert not red()


def test_a_mail_server_away_is_red_only_when_it_stays_away(told, now):
    Sending.current()
    for pauses, expected in ((1, set()), (3, {"Sending"})):
        Sending.objects.update(paused_until=now + HOUR, pauses=pauses)
        assert red(now) == expected


def test_mails_that_wait_while_nothing_sends_are_red(told, now):
    post("probe", "a", address="amina@famille.example", due=now - HOUR)
    assert red(now) == {"Sending"}
    Delivery.objects.update(due=now)
    assert not red(now)


def test_mails_of_a_school_not_yet_opened_wait_without_red(told, now):
    school = make_school(is_open=False)
    post("probe", "a", address="amina@famille.example", due=now - HOUR, school=school)
    assert not red(now)


def test_a_clock_that_stopped_is_red(told, now):
    assert red(now + 2 * HOUR) == {"What the portal does by itself"}


def test_a_job_and_a_task_that_failed_are_red_and_named(told, now):
    ClockRun.objects.filter(name="publish what is due").update(failed=True)
    DBTaskResult.objects.create(
        task_path="a.b",
        status="FAILED",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        exception_class_path="builtins.ValueError",
        traceback="",
        finished_at=now,
    )
    assert red() == {"Recurring jobs", "Background tasks"}
    (jobs,) = [reading for reading in readings(now) if reading.title == "Recurring jobs"]
    assert "Publish the texts whose hour has come" in jobs.text


@pytest.mark.parametrize(
    ("made", "tested", "is_red"),
    [(0, 0, False), (9, 0, True), (0, 101, True), (0, None, True), (None, None, True)],
)
def test_a_backup_missing_old_or_never_tested_is_red(told, now, made, tested, is_red):
    note(
        **{
            name: None if days is None else now - datetime.timedelta(days=days)
            for name, days in (("made", made), ("tested", tested))
        }
    )
    assert red() == ({"Backup"} if is_red else set())


@pytest.mark.parametrize("text", ["", "[]", '{"made": 3}', '{"made": "yesterday"}', "\x00"])
def test_a_note_of_backups_that_cannot_be_read_counts_as_none(told, text):
    (Path(told.PORTAL_DATA) / "backup.json").write_text(text)
    assert red() == {"Backup"}


def test_lists_refused_are_counted_and_ask_nothing_of_the_operator(told, now):
    record("import_failed", school=make_school())
    assert not red()
    assert any("1 could not be read" in reading.text for reading in readings(now))


def test_mails_are_counted_lately_and_in_all(told, now):
    old = now - datetime.timedelta(days=3)
    for number, (state, ended) in enumerate([("sent", now), ("sent", old), ("refused", old), ("due", None)]):
        row = post("probe", str(number), address="amina@famille.example", due=now + HOUR)
        Delivery.objects.filter(pk=row.pk).update(state=state, ended=ended)
    counted = {figure.label: (figure.lately, figure.in_all) for figure in figures(now)}
    assert counted["Sent"] == (1, 2)
    assert counted["Refused by the mail server"] == (0, 1)
    assert counted["Waiting"] == (1, 1)


def test_the_operators_list_of_mails_tells_no_address_name_or_code(told, operator, curator):
    row = post("sign_in_code", "nonce-7", address="amina@famille.example", secret="1234-5678")
    pages = [
        operator.get(path).content.decode()
        for path in ("/admin/accounts/delivery/", f"/admin/accounts/delivery/{row.pk}/change/")
    ]
    for page in pages:
        assert "sign_in_code" in page
        for hidden in ("amina@", "1234-5678", "nonce-7", row.message_id.strip("<>")):
            assert hidden not in page
    assert curator.get("/admin/accounts/delivery/").status_code == 403
