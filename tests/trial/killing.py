"""Twenty members who write and try again, while the web server is killed with -9 at random.

A worker, then the whole web server, in turn; each kill comes once the service answers again. What was
acknowledged is stored, nothing twice, the database whole, and somebody is answered within 5 s of each kill.
"""

import http.client
import os
import random
import signal
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from itertools import count

from django.db import connection

from tests.trial.school import Ground, Portal, Writer, make_ground, send

BACK_WITHIN = 5.0


def run(small: bool) -> Iterator[tuple[str, str, bool]]:
    kills = 4 if small else 50
    ground = make_ground(20, 4)
    portal = Portal()
    told: set[str] = set()
    stop = threading.Event()
    good = threading.Event()
    writers = [
        threading.Thread(target=_write, args=(writer, place, ground, portal.port, told, good, stop))
        for place, writer in enumerate(ground.writers)
    ]
    for thread in writers:
        thread.start()
    try:
        gaps = [_kill(portal, number, good) for number in range(kills)]
    finally:
        stop.set()
        for thread in writers:
            thread.join()
        portal.stop()
    yield from _findings(told, gaps, timed=not small)


def _write(
    writer: Writer,
    place: int,
    ground: Ground,
    port: int,
    told: set[str],
    good: threading.Event,
    stop: threading.Event,
) -> None:
    """Post; where no answer comes, post the same again with the same key until one does."""
    for number in count():
        text, key = f"message {writer.name} {number}", uuid.uuid4().hex
        while not stop.is_set():
            try:
                status = send(port, writer, ground.forms[place % len(ground.forms)], text, key, patience=10)
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
                continue
            if 200 <= status < 400:
                told.add(text)
                good.set()
                break
            time.sleep(0.05)
        if stop.is_set():
            return


def _kill(portal: Portal, number: int, good: threading.Event) -> float:
    """Kill a worker or the whole web server; tell after how many seconds somebody was answered."""
    chance = random.Random(number)
    time.sleep(chance.uniform(0.05, 1.0))
    if number % 2:
        os.killpg(portal.web(), signal.SIGKILL)
    else:
        workers = portal.workers()
        os.kill(chance.choice(workers), signal.SIGKILL)
    good.clear()
    began = time.monotonic()
    good.wait(60)
    gap = time.monotonic() - began
    portal.wait()
    while len(portal.workers()) < 2:
        time.sleep(0.05)
    return gap


def _findings(told: set[str], gaps: list[float], *, timed: bool) -> Iterator[tuple[str, str, bool]]:
    from exchanges.discussions.models import Post

    stored = Counter(
        Post.objects.unscoped().filter(text__startswith="message ").values_list("text", flat=True)
    )
    lost = told - set(stored)
    yield (
        "what was acknowledged is stored",
        f"{len(told) - len(lost)} of {len(told)}",
        bool(told) and not lost,
    )
    double = [text for text, times in stored.items() if times > 1]
    yield "nothing is stored twice", f"{len(double)} of {len(stored)}", not double
    slow = sum(gap > BACK_WITHIN for gap in gaps)
    yield (
        f"{len(gaps)} kills, each answered again within {BACK_WITHIN:.0f} s",
        f"longest {max(gaps):.1f} s",
        # The suite's short form holds nobody to a time: its machine has other things to do.
        not slow or not timed,
    )
    whole = _integrity()
    yield "the database is whole", whole, whole == "ok"


def _integrity() -> str:
    if connection.vendor != "sqlite":
        return "ok"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return cursor.fetchone()[0]
