"""The sender killed with -9 between claim and reply, and a server that takes a mail and hangs up.

Everybody gets the mail, under one Message-ID, and a second copy only where the server had not answered.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from tests.bench.server import ROOT
from tests.trial.mailserver import Copy, ToldServer

# Seconds: never what is measured, only when to give up.
PATIENCE = 120
LEASE_AND_MORE = 11


@dataclass(frozen=True)
class Size:
    people: int
    kills: int
    senders: int


def run(small: bool) -> Iterator[tuple[str, str, bool]]:
    """Post, send in bad weather, and count."""
    size = Size(12, 2, 2) if small else Size(120, 8, 3)
    _post(size.people)
    server = ToldServer(_weather(size))
    server.start()
    try:
        kills = _send_and_kill(server, size)
    finally:
        server.stop()
    yield from _findings(server, size, kills)


def _address(number: int) -> str:
    return f"parent{number}@famille.example"


def _post(people: int) -> None:
    from accounts.people.mails import post_notice

    for number in range(people):
        post_notice(_address(number), "password_changed", "fr")


def _weather(size: Size):
    """The first copy to some is held until the sender is killed, to others dropped; second ones are taken."""
    step = size.people // size.kills
    held = {_address(number * step + step // 2) for number in range(size.kills)}
    dropped = {_address(number) for number in range(0, size.people, 5)} - held

    def plan(copy: Copy) -> str:
        if copy.number > 1:
            return "take"
        return "hold" if copy.to in held else "drop" if copy.to in dropped else "take"

    return plan


def _send_and_kill(server: ToldServer, size: Size) -> int:
    """Run senders, kill whichever holds a mail, an hour later start again; return how many were killed."""
    kills, deadline = 0, time.monotonic() + PATIENCE
    for hour in count():
        running = [_sender(server.port, hour * LEASE_AND_MORE) for _ in range(size.senders)]
        while any(process.poll() is None for process in running):
            if time.monotonic() > deadline:
                for process in running:
                    process.kill()
                raise RuntimeError("the senders did not end")
            kills += _kill_holders(server, running)
            time.sleep(0.02)
        if not _waiting():
            return kills
    return kills


def _sender(port: int, minutes: int) -> subprocess.Popen:
    env = {**os.environ, "EMAIL_URL": f"smtp://127.0.0.1:{port}"}
    return subprocess.Popen([sys.executable, "-m", "tests.trial.sender", str(minutes)], env=env, cwd=ROOT)


def _kill_holders(server: ToldServer, running: list[subprocess.Popen]) -> int:
    """Kill with -9 each sender whose mail the server took and does not answer."""
    from accounts.outbox.models import Delivery

    if not server.held.is_set():
        return 0
    server.held.clear()
    killed = 0
    for message_id in [copy.message_id for copy in server.copies if copy.held]:
        row = Delivery.objects.filter(message_id=message_id, state="claimed").first()
        for process in running:
            if row and row.claimed_by == f"pid {process.pid}" and process.poll() is None:
                process.send_signal(signal.SIGKILL)
                process.wait()
                killed += 1
    return killed


def _waiting() -> bool:
    from accounts.outbox.models import Delivery

    return Delivery.objects.held().exists()


def _findings(server: ToldServer, size: Size, kills: int) -> Iterator[tuple[str, str, bool]]:
    people = [server.of(_address(number)) for number in range(size.people)]
    missing = sum(not any(copy.answered for copy in copies) for copies in people)
    names = sum(len({copy.message_id for copy in copies}) != 1 for copies in people)
    twice = sum(len(copies) > 1 for copies in people)
    needless = sum(sum(copy.answered for copy in copies) > 1 for copies in people)
    unanswered = sum(not copy.answered for copy in server.copies)
    yield "senders killed with -9 between claim and reply", str(kills), kills == size.kills
    yield "mails taken, the connection dropped without a reply", str(unanswered - kills), unanswered > kills
    yield "people without their mail", f"{missing} of {size.people}", missing == 0
    yield "people with more than one Message-ID", str(names), names == 0
    yield "people with a second copy, the first never answered", str(twice), twice == unanswered
    yield "people with a copy after one that was answered", str(needless), needless == 0
