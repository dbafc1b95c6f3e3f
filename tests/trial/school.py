"""A group of a school for the trials: its members signed in, its discussions, messages posted over HTTP."""

import http.client
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.server import ROOT, free_port

# Any 32 letters: the cookie and the field must agree, nothing else.
TOKEN = "abcdefghijklmnopqrstuvwxyzabcdef"
PATIENCE = 60


@dataclass(frozen=True)
class Writer:
    """One member with a session of their own."""

    name: str
    cookie: str


@dataclass(frozen=True)
class Ground:
    """Where they write: addresses of the answers' forms."""

    writers: list[Writer]
    forms: list[str]


def make_ground(people: int, topics: int) -> Ground:
    """Store a school whose class group has `people` members, none of them new, and `topics` discussions."""
    import datetime

    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from accounts.schools.models import Membership
    from tests.factories import make_group, make_member, make_school, make_topic

    school = make_school()
    members = [make_member(school, f"parent{number}", "parent") for number in range(people)]
    group = make_group(members[0], members=members[1:], classroom=school.rooms[0], moderation="after")
    long_ago = timezone.now() - datetime.timedelta(days=60)
    Membership.objects.of_school(school).update(joined=long_ago)
    made = [make_topic(group, members[0], f"Question {number} ?") for number in range(topics)]
    writers = []
    for member in members:
        client = Client()
        client.force_login(member.user, backend=settings.AUTHENTICATION_BACKENDS[0])
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
        writers.append(Writer(member.user.username, cookie))
    base = f"/ecoles/{school.slug}/groupes/{group.key}"
    return Ground(writers, [f"{base}/{topic.key}/repondre/" for topic in made])


def send(port: int, writer: Writer, form: str, text: str, key: str, patience: float = 30) -> int:
    """Post one answer and return the status; raises OSError or HTTPException where the connection fails."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        body = urlencode({"csrfmiddlewaretoken": TOKEN, "text": text, "client_key": key})
        headers = {"Cookie": writer.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", form, body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


class Portal:
    """`manage.py start` on a free port, as an operator runs it."""

    def __init__(self, workers: int = 2) -> None:
        self.port = free_port()
        static = Path(os.environ["PORTAL_DATA"]) / "static"
        if not static.exists():
            subprocess.run([sys.executable, "manage.py", "publish_static"], cwd=ROOT, check=True)
        words = ["manage.py", "start", "--port", str(self.port), "--workers", str(workers)]
        self.process = subprocess.Popen([sys.executable, *words], cwd=ROOT, stdout=subprocess.DEVNULL)
        self.wait()

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/sante/")
            return connection.getresponse().status in (200, 503)
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def wait(self) -> float:
        """Return after how many seconds it answers."""
        began = time.monotonic()
        while not self.answers():
            if time.monotonic() - began > PATIENCE:
                raise RuntimeError("the portal does not answer")
            time.sleep(0.02)
        return time.monotonic() - began

    def web(self) -> int:
        """The process of the web server."""
        return next(pid for pid in _children(self.process.pid) if "granian" in _command(pid))

    def workers(self) -> list[int]:
        return [pid for pid in _children(self.web()) if "resource_tracker" not in _command(pid)]

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(PATIENCE)


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for path in found for child in path.read_text().split()]


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""
