"""When no clock was seen for an hour, a request has what is overdue done by a child (RULES §6)."""

import datetime
import logging
import subprocess
import sys
import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from portal.clock.actions import claim
from portal.clock.models import ClockRun
from portal.clock.timetable import HOUR, Job

logger = logging.getLogger("portal.clock")
# Seconds between two looks of one process.
LOOK_SECONDS = 60.0
RELIEF = Job("replace a stopped clock", HOUR, lambda now: None)

_children: list[subprocess.Popen] = []


class LateClockMiddleware:
    """Look at the clock once a minute; the page is made first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.PORTAL_CLOCK_CHILD:
            raise MiddlewareNotUsed
        self.get_response = get_response
        # A clock that starts beside this process gets the time to tick.
        self.not_before = time.monotonic() + LOOK_SECONDS

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if time.monotonic() >= self.not_before:
            self.not_before = time.monotonic() + LOOK_SECONDS
            try:
                relieve(timezone.now())
            except DatabaseError:
                logger.warning("the clock could not be looked at")
        return response


def last_seen() -> datetime.datetime | None:
    """Return when a clock last started a job."""
    return ClockRun.objects.exclude(name=RELIEF.name).aggregate(last=Max("started"))["last"]


def is_late(now: datetime.datetime) -> bool:
    """Whether no clock was seen for an hour; where none ever ran, it is late too."""
    seen = last_seen()
    return seen is None or seen <= now - datetime.timedelta(hours=1)


def relieve(now: datetime.datetime) -> bool:
    """Start one child for all processes if the clock is late; return whether this call did."""
    _children[:] = [child for child in _children if child.poll() is None]
    if not is_late(now) or not claim(RELIEF, now):
        return False
    started = _start_child()
    ClockRun.objects.filter(name=RELIEF.name).update(failed=not started)
    return started


def cannot_relieve() -> bool:
    """Whether the last child asked for could not be started, and no clock was seen since."""
    return ClockRun.objects.filter(name=RELIEF.name, failed=True).exists() and is_late(timezone.now())


def _start_child() -> bool:
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "background", "--once"]
    try:
        child = subprocess.Popen(  # noqa: S603 - our own command
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
        )
    except OSError:
        logger.exception("the clock has stopped, and no child can be started")
        return False
    _children.append(child)
    return True
