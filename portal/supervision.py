"""Keep the web server and the background process running, and end both cleanly."""

import ctypes
import logging
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

logger = logging.getLogger("portal.start")

FIRST_WAIT = 1.0
LONGEST_WAIT = 30.0
# A process that lived this long starts again at the first wait.
STEADY_AFTER = 60.0
GRACE = 10.0
PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    """In the child: be ended when the supervisor itself is killed (Linux)."""
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    except (OSError, AttributeError):
        return


@dataclass
class Child:
    """One process, its group, and when it may start again (seconds of time.monotonic)."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen | None = None
    wait: float = FIRST_WAIT
    started: float = 0.0
    not_before: float = field(default=0.0)

    def start(self) -> None:
        self.started = time.monotonic()
        # Its own session: Ctrl-C reaches the supervisor alone, which ends the whole group in order.
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            self.command, start_new_session=True, preexec_fn=_die_with_parent
        )

    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def plan_restart(self) -> None:
        """After 1 s, then slower each time it ends young by itself; what was killed is not at fault."""
        lived = time.monotonic() - self.started
        killed = self.process is not None and self.process.returncode == -signal.SIGKILL
        fresh = killed or lived > STEADY_AFTER
        self.wait = FIRST_WAIT if fresh else min(self.wait * 2, LONGEST_WAIT)
        self.not_before = time.monotonic() + (FIRST_WAIT if fresh else self.wait / 2)

    def signal_group(self, number: int) -> None:
        """Signal the process and whatever it started, also when it is already dead itself."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, number)
        except (ProcessLookupError, PermissionError):
            return


class Supervisor:
    """Start `children`, restart what dies, stop at SIGINT or SIGTERM."""

    def __init__(self, children: Sequence[Child], *, look_every: float = 0.2) -> None:
        self.children = list(children)
        self.look_every = look_every
        self.stopping = False

    def run(self) -> None:
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGTERM, self._stop)
        for child in self.children:
            child.start()
        while not self.stopping:
            self._look()
            time.sleep(self.look_every)
        self._end()

    def _stop(self, number: int, frame: object) -> None:
        self.stopping = True

    def _look(self) -> None:
        now = time.monotonic()
        for child in self.children:
            if child.ended():
                logger.warning("%s ended, starting it again", child.name)
                child.signal_group(signal.SIGKILL)
                child.plan_restart()
                child.process = None
            if child.process is None and now >= child.not_before:
                child.start()

    def _end(self) -> None:
        for child in self.children:
            child.signal_group(signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        for child in self.children:
            if child.process is not None:
                try:
                    child.process.wait(max(0.1, deadline - time.monotonic()))
                except subprocess.TimeoutExpired:
                    logger.warning("%s did not stop in time", child.name)
            child.signal_group(signal.SIGKILL)
