"""No clock for an hour: a request has the overdue jobs done, once, whatever the number of processes."""

import datetime

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.utils import timezone

from portal.clock import late
from portal.clock.actions import tick
from portal.clock.models import ClockRun

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def children(monkeypatch):
    """The commands of the children asked for; none is started."""
    found = []

    class Child:
        def __init__(self, command, **how):
            found.append(command)

        def poll(self):
            return 0

    monkeypatch.setattr(late.subprocess, "Popen", Child)
    return found


def test_a_clock_that_runs_is_left_alone(children):
    now = timezone.now()
    tick(now)
    assert not late.relieve(now + HOUR / 2)
    assert not children


def test_a_clock_that_stopped_is_relieved_once_an_hour(children):
    now = timezone.now()
    tick(now)
    assert late.relieve(now + HOUR)
    assert not late.relieve(now + HOUR)
    assert [command[-2:] for command in children] == [["background", "--once"]]
    assert late.relieve(now + 2 * HOUR)


def test_the_child_that_ticked_counts_as_a_clock(children):
    now = timezone.now()
    assert late.relieve(now)
    tick(now)
    assert not late.relieve(now + HOUR / 2)


def test_where_no_child_can_be_started_health_says_so(client, settings, monkeypatch):
    def refused(*args, **how):
        raise PermissionError

    settings.PORTAL_CLOCK_CHILD = True
    assert client.get("/sante/").content == b"ok"
    monkeypatch.setattr(late.subprocess, "Popen", refused)
    assert not late.relieve(timezone.now())
    answer = client.get("/sante/")
    assert (answer.status_code, answer.content) == (200, b"horloge")
    tick()
    assert client.get("/sante/").content == b"ok"


def test_a_request_looks_after_its_page_is_made_and_once_a_minute(children, settings, rf):
    with pytest.raises(MiddlewareNotUsed):
        late.LateClockMiddleware(lambda request: HttpResponse("page"))
    settings.PORTAL_CLOCK_CHILD = True
    middleware = late.LateClockMiddleware(lambda request: HttpResponse("page"))
    middleware(rf.get("/"))
    assert not children
    for _ in range(2):
        middleware.not_before = 0.0
        assert middleware(rf.get("/")).content == b"page"
    assert len(children) == 1
    assert ClockRun.objects.get(name=late.RELIEF.name).started
