"""The background process told to stop while the mail server takes its time: the mail in hand ends, once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

from tests.bench.server import ROOT
from tests.trial.mailserver import ToldServer

PATIENCE = 60


def run(small: bool) -> Iterator[tuple[str, str, bool]]:
    """Stop it in the middle of a mail, start it again for the rest."""
    from accounts.outbox.models import Delivery
    from accounts.people.mails import post_notice

    for name in ("amina", "samir"):
        post_notice(f"{name}@famille.example", "password_changed", "fr")
    server = ToldServer(lambda copy: "slow" if len(server.copies) == 1 else "take")
    server.start()
    try:
        first = _background(server)
        held = server.held.wait(PATIENCE)
        first.send_signal(signal.SIGTERM)
        status = first.wait(PATIENCE)
        states = sorted(Delivery.objects.values_list("state", flat=True))
        yield "a mail was in the mail server's hands when the process was told to stop", str(held), held
        yield "the process ended by itself", f"status {status}", status == 0
        noted = states == ["due", "sent"]
        yield "that mail was noted as sent, and no other was begun", ", ".join(states), noted
        second = _background(server)
        _wait_until_sent()
        second.send_signal(signal.SIGTERM)
        second.wait(PATIENCE)
    finally:
        server.stop()
    copies = sorted(copy.to.partition("@")[0] for copy in server.copies)
    yield "started again: each person has one copy", ", ".join(copies), copies == ["amina", "samir"]


def _background(server: ToldServer) -> subprocess.Popen:
    env = {**os.environ, "EMAIL_URL": f"smtp://127.0.0.1:{server.port}"}
    return subprocess.Popen([sys.executable, "manage.py", "background"], env=env, cwd=ROOT)


def _wait_until_sent() -> None:
    from accounts.outbox.models import Delivery

    deadline = time.monotonic() + PATIENCE
    while Delivery.objects.held().exists():
        if time.monotonic() > deadline:
            raise RuntimeError("the background process sent nothing")
        time.sleep(0.1)
