"""The log tells who came in and what was refused, by keys: never a name, an address or a code."""

import pytest

from tests.accounts.people_of_tests import email_person, paper_person
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(caplog):
    caplog.set_level("INFO", logger="portal.security")
    return lambda: [(record.levelname, record.getMessage()) for record in caplog.records]


def sign_in(client, password):
    client.post("/compte/login/mot-de-passe/", {"login": "bakari", "password": password})


def test_coming_in_is_told_by_a_key(client, told):
    person = paper_person()
    sign_in(client, PASSWORD)
    assert told() == [("INFO", f"signed in: {person.key}")]


def test_a_wrong_password_is_told_without_a_name(client, told):
    person = paper_person()
    sign_in(client, "autre-chose-12")
    assert told() == [("WARNING", "password refused")]
    assert person.username not in str(told())


def test_a_wrong_mailed_code_is_told(client, told):
    email_person()
    client.post("/compte/login/", {"email": "amina@famille.example", "login": "amina@famille.example"})
    client.post("/compte/login/code/confirm/", {"code": "0000-0001"})
    assert ("WARNING", "code refused: session") in told()
    assert "famille.example" not in str(told())


def test_a_door_that_stays_shut_is_told(parent, told):
    assert parent.get("/admin/").status_code == 403
    assert told() == [("WARNING", f"refused: /admin/ by {parent.user.key}")]


def test_a_limit_that_was_met_is_told(client, told):
    paper_person()
    for _try in range(11):
        sign_in(client, "autre-chose-12")
    assert told()[-1] == ("WARNING", "limit met: /compte/login/mot-de-passe/")
