"""Known or unknown, an account, an address or a code costs the same reads, writes and hashes, counted."""

import re
from collections import Counter
from collections.abc import Callable

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.invitations import codes
from tests.accounts.invitations.papers import awaited, class_code_of, slip_for, type_code, wrong
from tests.accounts.invitations.test_merging import proved
from tests.accounts.people_of_tests import email_person, paper_person
from tests.factories import PASSWORD, UserFactory, make_school

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "amina@famille.example", "zorro@famille.example"
WRONG = "faux-mot-de-passe"


@pytest.fixture
def hashed(monkeypatch) -> list[str]:
    """Each hash of a password or of a code that is worked out."""
    done: list[str] = []
    encode, verify = MD5PasswordHasher.encode, codes._verifier
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *given: done.append("password") or encode(*given))
    monkeypatch.setattr(codes, "_verifier", lambda *given: done.append("code") or verify(*given))
    return done


def work(hashed: list[str], act: Callable[[], object]) -> tuple[list[str], list[str]]:
    """What `act` asks of the database, without values, and what it hashes."""
    hashed.clear()
    with CaptureQueriesContext(connection) as queries:
        act()
    return [_shape(query["sql"]) for query in queries], list(hashed)


def _shape(sql: str) -> str:
    # PostgreSQL reads some answers through a cursor, which it names.
    plain = re.sub(r"^DECLARE .*? FOR (?=SELECT)", "", sql)
    bare = re.sub(r"'(?:[^']|'')*'|\b\d+\b|NULL", "?", plain)
    # Savepoints are numbered, lists of values are as long as they are.
    return re.sub(r"\"?s\d+_x\d+\"?", "s", re.sub(r"\(\?(?:, \?)*\)", "(?)", bare))


def alike(one: tuple[list[str], list[str]], other: tuple[list[str], list[str]]) -> bool:
    """The same hashes and writes in the same order, and the same reads."""
    (asked, hashes), (others, other_hashes) = one, other
    return (
        hashes == other_hashes
        and [sql for sql in asked if _writes(sql)] == [sql for sql in others if _writes(sql)]
        and Counter(asked) == Counter(others)
    )


def _writes(sql: str) -> bool:
    return not sql.startswith("SELECT")


def warmed(path: str) -> Client:
    """A browser that has seen the page; the counters of its address are made."""
    client = Client()
    client.get(path)
    return client


@pytest.mark.parametrize("path", ["/compte/login/", "/compte/password/reset/"])
def test_asking_for_a_code(hashed, path):
    email_person()
    seen = []
    for address in ("autre@famille.example", KNOWN, UNKNOWN):
        client = warmed(path)
        seen.append(work(hashed, lambda a=address, c=client: c.post(path, {"email": a, "way": "code"})))
    assert alike(seen[1], seen[2]) and seen[1][0]


def test_typing_a_wrong_code_to_choose_a_password(hashed):
    email_person()
    page = "/compte/password/reset/confirm/"
    seen = []
    for address in ("autre@famille.example", KNOWN, UNKNOWN):
        client = warmed("/compte/password/reset/")
        client.post("/compte/password/reset/", {"email": address})
        seen.append(work(hashed, lambda c=client: c.post(page, {"code": "0000-0000"})))
    assert alike(seen[1], seen[2]) and seen[1][0]


def test_typing_a_wrong_code_and_asking_for_another(hashed):
    email_person()
    page = "/compte/login/code/confirm/"
    first = warmed("/compte/login/")
    first.post("/compte/login/", {"email": "autre@famille.example", "way": "code"})
    # The counter of this machine's address is made by its first wrong code.
    first.post(page, {"code": "0000-0000"})
    seen = []
    for address in (KNOWN, UNKNOWN):
        client = warmed("/compte/login/")
        client.post("/compte/login/", {"email": address, "way": "code"})
        seen.append(
            [
                work(hashed, lambda c=client: c.post(page, {"code": "0000-0000"})),
                work(hashed, lambda c=client: c.post(page, {"action": "resend"})),
            ]
        )
    assert all(alike(*pair) for pair in zip(*seen, strict=True))


@pytest.mark.parametrize("names", [(KNOWN, UNKNOWN), ("bakari", "zorro")])
def test_typing_a_wrong_password(hashed, names):
    email_person()
    paper_person()
    page = "/compte/login/mot-de-passe/"
    Client().post(page, {"login": "personne", "password": WRONG})
    seen = [
        work(hashed, lambda n=name: warmed(page).post(page, {"login": n, "password": WRONG}))
        for name in names
    ]
    assert alike(seen[0], seen[1]) and seen[0][1] == ["password"]


@pytest.mark.parametrize("names", [(KNOWN, UNKNOWN), ("bakari", "zorro")])
def test_naming_another_account_to_bring_it_into_mine(hashed, sign_in, names):
    email_person()
    paper_person()
    client = proved(sign_in(UserFactory(username="nour", password=PASSWORD)))
    page = "/compte/reunir/"
    first = {"action": "password", "login": "personne", "password": WRONG}
    client.post(page, first)
    seen = [work(hashed, lambda n=name: client.post(page, first | {"login": n})) for name in names]
    assert alike(seen[0], seen[1]) and seen[0][1] == ["password"]


def test_typing_a_wrong_code_of_a_slip_or_of_a_class(hashed):
    """One hash whoever's it is; the try is counted on the row or beside it: a statement each way."""
    school = make_school()
    slip, room = slip_for(awaited(school)), class_code_of(school.rooms[0])
    type_code(Client(), "1111111111")
    seen = []
    for typed in (wrong(slip), wrong(room), "0000000000"):
        client = warmed("/rejoindre/")
        seen.append(work(hashed, lambda t=typed, c=client: type_code(c, t)))
    assert [hashes for _queries, hashes in seen] == [["code"]] * 3
