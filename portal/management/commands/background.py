"""Run what happens without a visitor: the task worker and the clock."""

import logging
import threading

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from portal.clock.actions import tick

logger = logging.getLogger("portal.clock")
TICK_SECONDS = 15.0


class Command(BaseCommand):
    help = "Run background tasks and the timetable, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--interval", type=float, default=2.0, help="seconds between two looks for tasks")
        parser.add_argument(
            "--tick", type=float, default=TICK_SECONDS, help="seconds between two ticks of the clock"
        )

    def handle(self, *args: object, **options: object) -> None:
        self.check(databases=["default"])
        # A daemon: the worker's signals end the process, and a job cut short is done again next time.
        clock = threading.Thread(target=keep_time, args=(options["tick"],), name="clock", daemon=True)
        clock.start()
        call_command("db_worker", reload=False, interval=options["interval"], startup_delay=False)


def keep_time(seconds: float, stop: threading.Event | None = None) -> None:
    """Tick for ever; a database that is away is waited for."""
    stop = stop or threading.Event()
    while True:
        close_old_connections()
        try:
            tick()
        except Exception:
            logger.exception("the clock could not tick")
        if stop.wait(seconds):
            return
