"""Print how long an import of 20,000 lines takes, and whether those who write meanwhile are served.

`python -m tests.accounts.families.measure [lines]`: on a SQLite file made for it, or on DATABASE_URL.
"""

import os
import resource
import sys
import tempfile
import threading
import time
from pathlib import Path

WRITERS = 4


def main(lines: int) -> None:
    with tempfile.TemporaryDirectory(prefix="preau-measure-") as folder:
        os.environ |= {
            "PORTAL_DATA": folder,
            "PORTAL_PROFILE": "embedded",
            "DJANGO_SETTINGS_MODULE": "portal.settings",
        }
        import django

        django.setup()
        from django.test.utils import setup_databases, teardown_databases

        if not os.environ.get("DATABASE_URL"):
            from django.conf import settings

            settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(
                Path(folder, "measure.sqlite3")
            )
        made = setup_databases(verbosity=0, interactive=False)
        try:
            _measure(lines)
        finally:
            teardown_databases(made, verbosity=0)


def _measure(lines: int) -> None:
    from accounts.families import actions
    from accounts.families.actions import confirming
    from tests.accounts.families.lists import as_bytes, onde, parent
    from tests.factories import make_member, make_school

    rooms = [f"C{level}{number} {letter}" for level in "EM" for number in (1, 2) for letter in "ABCDEFGHIJ"]
    school = make_school(classes=rooms)
    by = make_member(school, "helene", "director").user
    people = [
        parent(f"NOM{_word(n)}", _word(n % 97), rooms[n % 40], rooms[(n * 7) % 40], email=f"p{n}@f.example")
        for n in range(lines)
    ]
    content = as_bytes(onde(*people), encoding="cp1252")
    inside: list[tuple[float, float]] = []
    write = confirming._write

    def timed(*args: object) -> object:
        begun, worked = time.perf_counter(), time.thread_time()
        try:
            return write(*args)
        finally:
            inside.append((time.perf_counter() - begun, time.thread_time() - worked))

    confirming._write = timed
    for turn in ("first", "again"):
        inside.clear()
        begun = time.perf_counter()
        plan = actions.preview_import(school, content, by=by, hat="parent")
        previewed = time.perf_counter()
        served, refused, longest = _beside(
            lambda plan=plan: actions.confirm_import(plan, by=by, answers={}, classes=[]), school
        )
        done = time.perf_counter()
        print(
            f"{turn}: {lines} lines, {len(content) / 1e6:.1f} MB: preview {previewed - begun:.1f} s, "
            f"confirm {done - previewed:.1f} s, of which one transaction {inside[-1][0]:.2f} s "
            f"({inside[-1][1]:.2f} s of processor); {WRITERS} writers beside: {served} writes served, "
            f"{refused} refused, longest wait {longest:.2f} s"
        )
    print(f"memory at its highest: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _beside(act: object, school: object) -> tuple[int, int, float]:
    """Run `act` while others write; return (served, refused, longest wait in seconds)."""
    from django.db import OperationalError, connections

    from foundation.limits.models import LimitCount

    over = threading.Event()
    waits: list[float] = []
    refused: list[str] = []

    def write(number: int) -> None:
        count = 0
        while not over.is_set():
            begun = time.perf_counter()
            try:
                LimitCount.objects.create(key=f"{id(act)}:{number}:{count}", count=1, ends=school.opened)
            except OperationalError as error:
                refused.append(str(error))
            waits.append(time.perf_counter() - begun)
            count += 1
            # A person's pace, not a race for the processor.
            time.sleep(0.05)
        connections.close_all()

    threads = [threading.Thread(target=write, args=[number]) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    try:
        act()
    finally:
        over.set()
        for thread in threads:
            thread.join()
    return len(waits) - len(refused), len(refused), max(waits, default=0.0)


def _word(number: int) -> str:
    return "".join(chr(97 + int(digit)) for digit in str(number)).capitalize()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
