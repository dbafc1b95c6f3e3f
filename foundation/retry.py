"""Try a background task again after a failure: django-tasks itself has no retry."""

import datetime
import logging
from collections.abc import Callable, Sequence
from functools import wraps

from django.utils import timezone
from django_tasks import task
from django_tasks.base import Task

logger = logging.getLogger("portal.tasks")

# Seconds before the second, third, … try.
WAITS = (60, 300, 1800, 7200, 6 * 3600)


def retried_task(waits: Sequence[int] = WAITS) -> Callable[[Callable], Task]:
    """Make a task that enqueues itself again after each failure, `len(waits)` times, then fails for good.

    The function must be safe to run twice: a worker killed while running has its task put back.
    """

    def decorate(function: Callable) -> Task:
        @wraps(function)
        def run(*args: object, attempt: int = 0, **kwargs: object) -> object:
            try:
                return function(*args, **kwargs)
            except Exception:
                if attempt >= len(waits):
                    raise
                again = timezone.now() + datetime.timedelta(seconds=waits[attempt])
                logger.warning("task %s failed, tried again later", function.__qualname__)
                made.using(run_after=again).enqueue(*args, attempt=attempt + 1, **kwargs)
                return None

        made = task()(run)
        return made

    return decorate
