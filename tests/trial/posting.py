"""Two hundred members of a group who write for a minute, all at once: each answer kept once, none refused."""

import http.client
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from itertools import count
from statistics import quantiles

from tests.trial.school import Ground, Portal, Writer, make_ground, send


def run(small: bool) -> Iterator[tuple[str, str, bool]]:
    people, seconds = (20, 4) if small else (200, 60)
    ground = make_ground(people, 8)
    portal = Portal()
    try:
        statuses, told, times = _write(ground, portal.port, seconds)
    finally:
        portal.stop()
    yield from _findings(statuses, told, times, people)


def _write(ground: Ground, port: int, seconds: float) -> tuple[Counter, set[str], list[float]]:
    """Each member posts, reads the answer, posts again; what was answered is noted."""
    statuses: Counter = Counter()
    told: set[str] = set()
    times: list[float] = []
    end = time.monotonic() + seconds

    def one(writer: Writer, place: int) -> None:
        for number in count():
            if time.monotonic() > end:
                return
            text = f"message {writer.name} {number}"
            began = time.perf_counter()
            try:
                status = send(port, writer, ground.forms[place % len(ground.forms)], text, uuid.uuid4().hex)
            except (OSError, http.client.HTTPException):
                status = 0
            times.append(time.perf_counter() - began)
            statuses[status] += 1
            if 200 <= status < 400:
                told.add(text)

    threads = [
        threading.Thread(target=one, args=(writer, place)) for place, writer in enumerate(ground.writers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses, told, times


def _findings(
    statuses: Counter, told: set[str], times: list[float], people: int
) -> Iterator[tuple[str, str, bool]]:
    from exchanges.discussions.models import Post

    stored = Counter(Post.objects.unscoped().values_list("text", flat=True))
    good = sum(count for status, count in statuses.items() if 200 <= status < 400)
    bad = {status: count for status, count in statuses.items() if not 200 <= status < 400}
    yield f"{people} members posted; every answer 2xx or 3xx", f"{good} and {bad or 'no other'}", not bad
    lost = [text for text in told if stored[text] != 1]
    yield "what was acknowledged is stored once", f"{len(told) - len(lost)} of {len(told)}", not lost
    numbers = list(Post.objects.unscoped().filter(number__isnull=False).values_list("topic", "number"))
    tops: Counter = Counter(topic for topic, _number in numbers)
    whole = len(set(numbers)) == len(numbers) and all(number <= tops[topic] for topic, number in numbers)
    yield "numbers follow each other without gap or double", f"{len(numbers)}", whole
    p95 = quantiles(times, n=20)[-1] if len(times) > 1 else 0.0
    yield "95 of 100 were answered within (told, no limit)", f"{p95:.2f} s", True
