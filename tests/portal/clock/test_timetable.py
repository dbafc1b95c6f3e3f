"""What the clock does: publish and archive at their hour, remind once, put lost tasks back."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.families.models import ImportPlan
from portal.clock.actions import tick
from portal.clock.admin import JOBS
from portal.clock.models import ClockRun
from portal.clock.timetable import TIMETABLE, Job
from resources.catalogue import version
from resources.catalogue.actions import publish_text
from resources.catalogue.models import Resource, Status
from tests.factories import (
    HostRoleFactory,
    make_member,
    make_resource,
    make_school,
    make_variant,
    person_with_role,
)

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def accepted(now):
    """A resource and its simple version, accepted by a second person for tomorrow."""
    reader = person_with_role("relectrice", "curator")
    page = make_resource("demain", "Une page pour demain ?", status=Status.IN_REVIEW, in_review_since=now)
    simple = make_variant(page, "simple", status=Status.IN_REVIEW, in_review_since=now)
    publish_text(page, by=reader, at=now + DAY)
    publish_text(simple, by=reader, at=now + DAY)
    return page


def test_an_accepted_text_is_published_at_its_hour_and_not_before(client, accepted, now):
    before = version.current()
    tick(now + DAY - MINUTE)
    assert client.get("/ressources/demain/").status_code == 404
    assert version.current() == before
    tick(now + DAY + MINUTE)
    assert client.get("/ressources/demain/").status_code == 200
    assert client.get("/ressources/demain/simple/").status_code == 200
    assert "/ressources/demain/" in client.get("/ressources/?q=demain").content.decode()
    assert version.current() > before


def test_what_has_ended_is_archived(client, now):
    make_resource("fini", archive_at=now + DAY)
    tick(now)
    assert client.get("/ressources/fini/").status_code == 200
    tick(now + DAY + MINUTE)
    assert client.get("/ressources/fini/").status_code == 410
    assert "/ressources/fini/" not in client.get("/ressources/").content.decode()


def test_a_review_date_that_passed_is_told_once_to_each_curator_and_shown(client, curator, now):
    person_with_role("sans-adresse", "curator", email=None)
    page = make_resource("a-verifier", "Une page à vérifier ?", review_by=timezone.localdate(now))
    tick(now)
    assert not mail.outbox
    first = client.get("/ressources/a-verifier/").content
    tick(now + DAY)
    tick(now + DAY + 2 * MINUTE)
    tick(now + 2 * DAY)
    assert [message.to for message in mail.outbox] == [[curator.user.email]]
    assert "Une page à vérifier" in mail.outbox[0].body
    assert client.get("/ressources/a-verifier/").content == first  # today it is not late yet
    Resource.objects.filter(pk=page.pk).update(review_by=timezone.localdate(now) - DAY)
    version.bump()
    assert client.get("/ressources/a-verifier/").content != first


def test_three_days_without_a_clock_are_caught_up_in_one_tick(client, curator, accepted, now):
    make_resource("fini", archive_at=now + DAY)
    make_resource("vieux", review_by=timezone.localdate(now))
    tick(now + 3 * DAY)
    assert client.get("/ressources/demain/").status_code == 200
    assert client.get("/ressources/fini/").status_code == 410
    told = [message for message in mail.outbox if message.to == [curator.user.email]]
    assert len(told) == 1


def test_each_curator_is_told_once_of_a_review_whatever_their_roles(now):
    HostRoleFactory(user=person_with_role("claire", "curator"), role="host_moderator")
    person_with_role("marc", "host_moderator")
    person_with_role("odile", "operator")
    make_resource("a-revoir", review_by=timezone.localdate(now) - DAY)
    tick(now)
    tick(now + DAY)
    told = sorted(address for message in mail.outbox for address in message.to)
    assert told == ["claire@famille.example", "marc@famille.example"]


def test_a_job_waits_its_time_between_two_runs(now):
    done = []
    jobs = [Job("a", 60, done.append)]
    tick(now, jobs)
    tick(now + MINUTE / 2, jobs)
    tick(now + MINUTE, jobs)
    assert len(done) == 2


def test_a_job_that_fails_stops_no_other_and_is_tried_again(now):
    done = []

    def fail(moment):
        raise RuntimeError("not today")

    jobs = [Job("bad", 60, fail), Job("good", 60, done.append)]
    assert tick(now, jobs) == ["good"]
    assert ClockRun.objects.get(name="bad").failed
    jobs[0] = Job("bad", 60, done.append)
    assert tick(now + MINUTE, jobs) == ["bad", "good"]
    assert not ClockRun.objects.get(name="bad").failed


def test_every_job_of_the_timetable_runs(now):
    assert tick(now) == [job.name for job in TIMETABLE]
    assert not ClockRun.objects.filter(failed=True).exists()
    assert len({job.name for job in TIMETABLE}) == len(TIMETABLE)


@pytest.fixture
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def running_task(since: datetime.datetime) -> DBTaskResult:
    """A task whose worker was killed: RUNNING, and nobody runs it."""
    from resources.catalogue.tasks import mail_reviews

    key = mail_reviews.enqueue(0, []).id
    DBTaskResult.objects.filter(pk=key).update(status="RUNNING", started_at=since)
    return DBTaskResult.objects.get(pk=key)


def test_a_killed_task_is_put_back_after_fifteen_minutes(queue, now):
    young, old = running_task(now - 14 * MINUTE), running_task(now - 16 * MINUTE)
    tick(now)
    young.refresh_from_db()
    old.refresh_from_db()
    assert (young.status, old.status) == ("RUNNING", "READY")
    assert old in DBTaskResult.objects.ready()


@pytest.mark.parametrize(
    ("status", "before", "after"),
    [("SUCCESSFUL", 50 * MINUTE, 70 * MINUTE), ("FAILED", 2 * DAY, 4 * DAY)],
)
def test_finished_tasks_are_forgotten_sooner_when_done(queue, now, status, before, after):
    old, young = running_task(now - 20 * DAY), running_task(now - 20 * DAY)
    for task, age in ((old, after), (young, before)):
        DBTaskResult.objects.filter(pk=task.pk).update(status=status, finished_at=now - age)
    tick(now)
    assert list(DBTaskResult.objects.values_list("pk", flat=True)) == [young.pk]


def test_a_list_that_nobody_confirmed_is_forgotten_five_minutes_late_at_most(now):
    school = make_school()
    plan = ImportPlan.objects.create(school=school, by=make_member(school, "helene", "director").user)
    job = next(job for job in TIMETABLE if job.name == "forget previewed lists")
    assert job.every <= 300
    job.run(plan.created + ImportPlan.LIFE - MINUTE)
    assert ImportPlan.objects.of_school(school).exists()
    job.run(plan.created + ImportPlan.LIFE + MINUTE)
    assert not ImportPlan.objects.of_school(school).exists()


def test_every_job_has_words_for_the_operator():
    assert {job.name for job in TIMETABLE} <= set(JOBS)
