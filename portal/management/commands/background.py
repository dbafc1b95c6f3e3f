"""Run what happens without a visitor: the task worker, the clock and the sender of mails."""

import logging
import signal
import threading

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from portal.clock.actions import tick
from portal.sending import LOOK_SECONDS, keep_sending, send_all

logger = logging.getLogger("portal.clock")
TICK_SECONDS = 15.0
# Seconds that the mail being sent is given to end, when the process is told to stop.
LAST_MAIL = 8.0
# Seconds that a run with --once may last.
ONCE = 60


class Command(BaseCommand):
    help = "Run background tasks, the timetable and the sending of mails, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--interval", type=float, default=2.0, help="seconds between two looks for tasks")
        parser.add_argument(
            "--tick", type=float, default=TICK_SECONDS, help="seconds between two ticks of the clock"
        )
        parser.add_argument(
            "--once", action="store_true", help=f"do what is due and end, within {ONCE} seconds"
        )

    def handle(self, *args: object, **options: object) -> None:
        self.check(databases=["default"])
        if options["once"]:
            return once()
        stop = threading.Event()
        # Daemons: the worker's signals end the process, and a job cut short is done again next time.
        clock = threading.Thread(target=keep_time, args=(options["tick"], stop), name="clock", daemon=True)
        sender = threading.Thread(target=keep_sending, args=(stop, LOOK_SECONDS), name="sender", daemon=True)
        clock.start()
        sender.start()
        try:
            work(interval=options["interval"])
        finally:
            stop.set()
            sender.join(LAST_MAIL)
        return None


def work(**options: object) -> None:
    """Run tasks."""
    call_command("db_worker", reload=False, startup_delay=False, **options)


def once() -> None:
    """Do what is due now; the alarm ends a run that lasts, and what it left is done by the next one."""
    signal.alarm(ONCE)
    try:
        tick()
        send_all()
        work(batch=True)
        send_all()
    finally:
        signal.alarm(0)


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
