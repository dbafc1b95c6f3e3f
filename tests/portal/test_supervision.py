"""`manage.py start` for real: what is killed comes back by itself, and Ctrl-C leaves no process."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import kept

BASE_DIR = Path(__file__).resolve().parent.parent.parent
# Seconds: never what is asserted, only when to give up on a machine that hangs.
PATIENCE = 90

pytestmark = pytest.mark.serial


def wait_for(question):
    """Ask until the answer is true; return it."""
    deadline = time.monotonic() + PATIENCE
    while not (found := question()):
        assert time.monotonic() < deadline, "nothing happened"
        time.sleep(0.1)
    return found


def parents() -> dict[int, int]:
    """{process: its parent} of every process that lives."""
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            except OSError:
                continue
            if state != "Z":
                found[int(folder.name)] = int(parent)
    return found


def children(pid: int) -> list[int]:
    return sorted(child for child, parent in parents().items() if parent == pid)


def command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


class Portal:
    """A portal started on a free port with a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.environment = environment | {"PORTAL_DATA": str(folder), "PORTAL_PROFILE": "embedded"}
        if not (folder / "static").exists():
            kept.give(folder, sqlite=True)
        self.process = subprocess.Popen(
            self._manage("start", "--port", str(self.port), "--workers", "2"),
            cwd=BASE_DIR,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )

    @staticmethod
    def _manage(*words: str) -> list[str]:
        return [sys.executable, "manage.py", *words]

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/sante/")
            return connection.getresponse().read() == b"ok"
        except OSError:
            return False
        finally:
            connection.close()

    def child(self, words: str) -> int | None:
        """The supervisor's child whose command holds `words`."""
        return next((pid for pid in children(self.process.pid) if words in command(pid)), None)

    def workers(self) -> list[int]:
        web = self.child("granian")
        return [pid for pid in children(web) if "resource_tracker" not in command(pid)] if web else []

    def everyone(self) -> set[int]:
        """The supervisor and all that descends from it."""
        tree, found = parents(), {self.process.pid}
        while more := {pid for pid, parent in tree.items() if parent in found} - found:
            found |= more
        return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("portal")


@pytest.fixture
def portal(folder):
    portal = Portal(folder)
    yield portal
    for pid in portal.everyone():
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def gone(pids: set[int]) -> bool:
    return not (pids & set(parents()))


def test_what_is_killed_is_back_by_itself_and_ctrl_c_leaves_nothing(portal):
    wait_for(portal.answers)
    wait_for(lambda: len(portal.workers()) == 2)

    worker = portal.workers()[0]
    os.kill(worker, signal.SIGKILL)
    wait_for(lambda: len(portal.workers()) == 2 and worker not in portal.workers())
    wait_for(portal.answers)

    web, orphans = portal.child("granian"), set(portal.workers())
    os.kill(web, signal.SIGKILL)
    wait_for(lambda: portal.child("granian") not in {None, web})
    wait_for(lambda: gone(orphans))
    wait_for(portal.answers)

    background = wait_for(lambda: portal.child("background"))
    os.kill(background, signal.SIGKILL)
    wait_for(lambda: portal.child("background") not in {None, background})

    everyone = portal.everyone()
    portal.process.send_signal(signal.SIGINT)
    assert portal.process.wait(PATIENCE) == 0
    wait_for(lambda: gone(everyone))
    assert not portal.answers()


def test_children_do_not_outlive_a_supervisor_that_is_killed(portal):
    wait_for(portal.answers)
    everyone = portal.everyone()
    assert len(everyone) >= 4
    portal.process.kill()
    portal.process.wait()
    wait_for(lambda: gone(everyone))
