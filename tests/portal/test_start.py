"""`manage.py start` refuses at once what would serve the wrong people, or half of them."""

import socket
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.management.commands.start import Command
from portal.supervision import Supervisor


@pytest.fixture
def started(settings, monkeypatch):
    """The supervisors that would run."""
    (Path(settings.STATIC_ROOT) / "staticfiles.json").touch()
    found = []
    monkeypatch.setattr(Supervisor, "run", lambda supervisor: found.append(supervisor))
    # They read the addresses, which must not be those of a demo for the tests after.
    monkeypatch.setattr(Command, "check", lambda *asked, **how: None)
    return found


@pytest.fixture
def demo(settings):
    settings.IS_DEMO = True


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "portal.example"])
def test_the_demo_does_not_listen_to_other_machines(demo, started, host):
    with pytest.raises(CommandError, match="this machine only"):
        call_command("start", host=host, port=0)
    assert not started


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_demo_listens_to_this_machine(demo, started, host):
    call_command("start", host=host, port=0)
    assert started


def test_a_port_that_another_portal_serves_is_refused(started):
    """The web server would share it: a visitor in two would be answered by the other portal."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"127.0.0.1:{port}"):
            call_command("start", host="127.0.0.1", port=port)
    assert not started
    call_command("start", host="127.0.0.1", port=port)
    assert started
