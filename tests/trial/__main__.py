"""`make trial`: run each scenario on a portal of its own, and print what was seen as a table.

Usage: python -m tests.trial [NAME …] [--small]. A scenario tells lines (what, measured, as it should be); the
exit status is 1 if one was not.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from tests import kept
from tests.bench.server import ROOT
from tests.browser.harness import own_database

# Name → the module whose `run(small)` yields (what, measured, ok).
SCENARIOS = {
    "killing": "tests.trial.killing",
    "outbox": "tests.trial.outbox",
    "posting": "tests.trial.posting",
    "stopping": "tests.trial.stopping",
}
# Those whose short form the suite runs; the others take their time, in `make trial` alone.
SHORT = ("outbox", "stopping")
Line = tuple[str, str, bool]
Scenario = Callable[[bool], Iterator[Line]]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trial")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SCENARIOS))
    parser.add_argument("--small", action="store_true", help="the short form that the suite runs")
    asked = parser.parse_args()
    names = asked.names or list(SCENARIOS)
    if unknown := set(names) - set(SCENARIOS):
        parser.error(f"no such scenario: {', '.join(sorted(unknown))}")
    results = {name: in_own_portal(name, asked.small) for name in names}
    print()
    for name, good in results.items():
        print(f"{name:<40} {'ok' if good else 'FAILED'}")
    return 0 if all(results.values()) else 1


def in_own_portal(name: str, small: bool) -> bool:
    """Make a data folder and a database, run the scenario there in a process of its own."""
    with ExitStack() as stack:
        data = stack.enter_context(tempfile.TemporaryDirectory(prefix="preau-trial-"))
        database = stack.enter_context(own_database())
        env = {**os.environ, **database, "PORTAL_DATA": data, "PORTAL_PROFILE": "embedded"}
        env["DJANGO_SETTINGS_MODULE"] = "portal.settings"
        env["PORTAL_CLOCK_CHILD"] = "0"
        kept.give(Path(data))
        for command in (["migrate", "--verbosity", "0"], ["createcachetable"]):
            subprocess.run([sys.executable, "manage.py", *command], env=env, cwd=ROOT, check=True)
        words = [sys.executable, "-m", "tests.trial.one", name, *(["--small"] if small else [])]
        return subprocess.run(words, env=env, cwd=ROOT).returncode == 0


if __name__ == "__main__":
    os.chdir(Path(ROOT))
    sys.exit(main())
