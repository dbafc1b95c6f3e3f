"""Several clocks on one database do each job once: races on counts, with the claim taken away as a twin."""

import datetime
import threading

import pytest
from django.db import connection, connections
from django.utils import timezone
from reversion.models import Revision

from portal.clock import actions
from portal.clock.actions import tick
from portal.clock.timetable import Job
from resources.catalogue.actions import publish_due, publish_text
from resources.catalogue.models import Resource, Status
from tests.factories import make_resource, person_with_role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.serial]
CLOCKS = 6


def all_at_once(function) -> list:
    """Run `function` in CLOCKS threads that start together; give what each returned or raised."""
    barrier, found = threading.Barrier(CLOCKS), []

    def run():
        try:
            barrier.wait()
            found.append(function())
        except Exception as error:
            found.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(CLOCKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_clocks_that_tick_together_do_a_job_once():
    done, now = [], timezone.now()
    jobs = [Job("only once", 60, done.append), Job("only once too", 60, done.append)]
    found = all_at_once(lambda: tick(now, jobs))
    assert not [error for error in found if isinstance(error, Exception)]
    assert len(done) == 2
    assert sorted(map(len, found))[-1] >= 1


def test_without_the_claim_they_do_it_several_times(monkeypatch):
    """Twin: the test above would see a second run."""
    monkeypatch.setattr(actions, "claim", lambda job, now: True)
    done, now = [], timezone.now()
    all_at_once(lambda: tick(now, [Job("only once", 60, done.append)]))
    assert len(done) == CLOCKS


def test_a_text_is_published_once_whatever_the_number_of_clocks():
    now = timezone.now()
    reader = person_with_role("relectrice", "curator")
    for number in range(4):
        page = make_resource(f"page-{number}", status=Status.IN_REVIEW, in_review_since=now)
        publish_text(page, by=reader, at=now + datetime.timedelta(seconds=30))
    later = now + datetime.timedelta(minutes=2)
    found = all_at_once(lambda: publish_due(later))
    assert not [error for error in found if isinstance(error, Exception)]
    assert sum(found) == 4
    assert Revision.objects.filter(comment="published at its hour").count() == 4
    assert Resource.objects.published().count() == 4


def test_the_threads_meet_on_a_real_database():
    """On SQLite too: a file, not memory shared in one process."""
    assert "memory" not in str(connection.settings_dict["NAME"])
