"""Run the timetable: each job claimed by a conditional update, so that several clocks do it once."""

import datetime
import logging
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from portal.clock.models import ClockRun
from portal.clock.timetable import TIMETABLE, Job

logger = logging.getLogger("portal.clock")


def tick(now: datetime.datetime | None = None, jobs: Iterable[Job] = TIMETABLE) -> list[str]:
    """Run the jobs due at `now`; return their names. A job that fails is logged and tried next time."""
    moment = now or timezone.now()
    return [job.name for job in jobs if claim(job, moment) and run(job, moment)]


def claim(job: Job, now: datetime.datetime) -> bool:
    """Take the job if it is due and no other clock took it."""
    ClockRun.objects.get_or_create(name=job.name)
    due = Q(started__isnull=True) | Q(started__lte=now - datetime.timedelta(seconds=job.every))
    return bool(ClockRun.objects.filter(due, name=job.name).update(started=now))


def run(job: Job, now: datetime.datetime) -> bool:
    """Run a claimed job and note how it ended."""
    try:
        job.run(now)
    except Exception:
        logger.exception("job %r failed", job.name)
        ClockRun.objects.filter(name=job.name).update(failed=True)
        return False
    ClockRun.objects.filter(name=job.name).update(finished=timezone.now(), failed=False)
    return True
