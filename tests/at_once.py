"""Several acts in the same moment, for tests of races with real transactions."""

import threading
from collections.abc import Callable

from django.db import connections

LONGEST = 120


def at_once(*acts: Callable[[], object]) -> list[Exception | None]:
    """Run each act in a thread with a connection of its own; return what each raised, or None."""
    gate = threading.Barrier(len(acts))
    raised: list[Exception | None] = [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            gate.wait(10)
            act()
        except Exception as error:
            raised[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST)
    return raised
