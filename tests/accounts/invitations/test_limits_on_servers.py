"""The same limits against four processes of the portal's own server, and across its restart."""

import http.client
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings

from foundation.limits.actions import _window
from foundation.limits.address import network
from foundation.limits.table import LIMITS
from tests import kept
from tests.bench.server import ROOT, free_port, wait_for
from tests.browser.harness import own_database

pytestmark = pytest.mark.serial

MAKE = """
from accounts.invitations.actions.inviting import invite, make_slips
from accounts.schools.actions import add_classroom, create_school
school = create_school("Jean Moulin", "elementaire")
room = add_classroom(school, "CP A")
people = [
    invite(school, by=None, last_name=f"Nom{letter}", first_name="Amina", kind="parent", classrooms=[room])
    for letter in "abcd"
]
print(" ".join(code for _person, code in make_slips(people, by=None)))
"""


@dataclass
class Portal:
    """A prepared data folder, served by four processes each time `running` is entered."""

    env: dict[str, str]
    codes: list[str] = field(default_factory=list)
    port: int = 0
    cookie: str = ""
    token: str = ""

    def manage(self, *command: str) -> str:
        argv = [sys.executable, "manage.py", *command]
        return subprocess.run(argv, env=self.env, cwd=ROOT, check=True, capture_output=True, text=True).stdout

    @contextmanager
    def running(self) -> Iterator[None]:
        self.port = free_port()
        argv = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", "127.0.0.1"]
        argv += ["--port", str(self.port), "--workers", "4", "--blocking-threads", "1", "--no-ws"]
        argv += ["--log-level", "error", "portal.wsgi:application"]
        process = subprocess.Popen(argv, env=self.env, cwd=ROOT)
        try:
            wait_for(self.port, process)
            page, headers = self.ask("GET", "192.0.2.1")
            self.cookie = headers["set-cookie"].partition(";")[0]
            self.token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page).group(1)
            yield
        finally:
            process.terminate()
            process.wait(15)

    def ask(self, method: str, address: str, body: str = "", forged: str = "") -> tuple[str, dict]:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"X-Forwarded-For": f"{forged}, {address}" if forged else address, "Cookie": self.cookie}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        link.request(method, "/rejoindre/", body, headers)
        answer = link.getresponse()
        text = answer.read().decode()
        link.close()
        return text, {name.lower(): value for name, value in answer.getheaders()} | {"status": answer.status}

    def try_code(self, code: str, address: str, forged: str = "") -> int:
        body = urlencode({"csrfmiddlewaretoken": self.token, "code": code})
        return self.ask("POST", address, body, forged)[1]["status"]

    def try_all(self, tries: list[tuple[str, str, str]]) -> Counter:
        with ThreadPoolExecutor(12) as pool:
            return Counter(pool.map(lambda one: self.try_code(*one), tries))


@pytest.fixture(scope="module")
def portal(tmp_path_factory) -> Iterator[Portal]:
    data = tmp_path_factory.mktemp("limits")
    with own_database() as database:
        env = os.environ | database
        env |= {"PORTAL_DATA": str(data), "PORTAL_PROFILE": "embedded", "TRUSTED_PROXIES": "1"}
        env |= {"SECRET_KEY": settings.SECRET_KEY, "DJANGO_SETTINGS_MODULE": "portal.settings"}
        made = Portal(env)
        kept.give(data)
        made.manage("migrate", "--verbosity", "0")
        made.manage("createcachetable")
        made.codes = made.manage("shell", "--no-imports", "-c", MAKE).split()
        yield made


def quiet_address(pattern: str) -> str:
    """The address whose hour has just begun: of 249, the last to end, however slow the machine."""
    now = time.time()
    ends = {
        address: _window("slip", LIMITS["slip"][0], network(address), now)[1]
        for address in (pattern.format(number) for number in range(1, 250))
    }
    address = max(ends, key=ends.__getitem__)
    assert ends[address] - now > 3000, "no address has fifty minutes left"
    return address


def guesses(count: int) -> list[str]:
    return [f"{number:04d}ZZZZZZ" for number in range(count)]


def test_thirty_wrong_codes_pass_four_processes_and_a_restart_whatever_the_header(portal):
    address = quiet_address("203.0.113.{}")
    tries = [(code, address, f"198.51.100.{number}") for number, code in enumerate(guesses(70))]
    with portal.running():
        assert portal.try_all(tries) == {200: 30, 429: 40}
    with portal.running():
        assert portal.try_code("9999ZZZZZZ", address) == 429
        # The person with the right paper behind the same address gets in; so does another address.
        assert portal.try_code(portal.codes[0], address) == 302
        assert portal.try_code("9999ZZZZZZ", quiet_address("192.0.2.{}")) == 200


def test_a_range_of_ipv6_is_one_address_for_four_processes(portal):
    prefix = quiet_address("2001:db8:{:x}::1").rpartition("::")[0]
    tries = [(code, f"{prefix}::{number:x}", "") for number, code in enumerate(guesses(60))]
    with portal.running():
        assert portal.try_all(tries) == {200: 30, 429: 30}


def test_one_slip_takes_five_wrong_codes_from_everywhere_at_once(portal):
    """Of forty, five are verified: the tries on the row say so; then the right one finds it locked."""
    code = portal.codes[1]
    ends = [f"{number:06d}" for number in range(40)]
    tries = [(code[:4] + end, f"198.18.{number}.1", "") for number, end in enumerate(ends) if end != code[4:]]
    with portal.running():
        assert portal.try_all(tries) == {200: len(tries)}
        assert portal.try_code(code, "198.19.0.1") == 200
    seen = portal.manage("shell", "--no-imports", "-c", SEEN.format(code[:4]))
    assert seen.split() == ["5", "True", "1"]


SEEN = """
from accounts.audit.models import AuditEntry
from accounts.invitations.models import Slip
slip = Slip.objects.get(selector="{}")
print(slip.tries, slip.locked_until is not None, AuditEntry.objects.filter(verb="slip_locked").count())
"""
