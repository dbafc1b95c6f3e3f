"""Codes tried at speed: thirty wrong ones an hour an address, and the right paper still gets in."""

import pytest
from django.utils import timezone

from accounts.invitations.actions import trying
from accounts.invitations.models import Slip
from foundation.limits.models import LimitCount
from tests.accounts.invitations.papers import awaited, slip_for, slip_of, text, type_code, wrong
from tests.factories import make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def work(monkeypatch):
    """Counts how often scrypt is asked, which is what an attacker would make us do."""
    done = []

    def counted(*asked):
        done.append(asked)
        return matches(*asked)

    matches = trying.matches
    monkeypatch.setattr(trying, "matches", counted)
    return done


def guesses(count: int, start: int = 0):
    return [f"{number:04d}ZZZZZZ" for number in range(start, start + count)]


def flood(client, count: int = 30, **headers) -> None:
    for guess in guesses(count):
        type_code(client, guess, **headers)


def test_the_thirty_first_wrong_code_is_refused_without_work(visitor, work):
    flood(visitor)
    assert len(work) == 30
    page = type_code(visitor, "9999ZZZZZZ")
    assert page.status_code == 429 and len(work) == 30
    assert "minute" in text(page) and int(page["Retry-After"]) > 0
    # Nothing typed is lost, and the page itself is shown.
    assert 'value="9999ZZZZZZ"' in text(page)


def test_the_right_paper_behind_the_same_address_gets_in(school, visitor, work):
    code = slip_for(awaited(school))
    flood(visitor)
    assert type_code(visitor, code).headers["Location"] == "/rejoindre/vous/"


def test_past_the_limit_a_wrong_end_answers_as_any_other_and_still_locks(school, visitor, work):
    code = slip_for(awaited(school))
    flood(visitor)
    answers = [type_code(visitor, wrong(code)).status_code for _ in range(7)]
    assert answers == [429] * 7
    assert slip_of(code).locked_until is not None
    assert len(work) == 35
    assert type_code(visitor, code).status_code == 429
    # Elsewhere, the holder is told what happened.
    elsewhere = type_code(visitor, code, REMOTE_ADDR="203.0.113.8")
    assert elsewhere.context["form"].errors["code"]


@pytest.mark.parametrize("state", ["used", "expired", "locked"])
def test_past_the_limit_no_other_paper_costs_work(school, visitor, work, state):
    code = slip_for(awaited(school))
    now = timezone.now()
    fields = {"used": {"ended": now, "how": "used"}, "expired": {"expires": now}, "locked": {"tries": 5}}
    Slip.objects.update(**fields[state])
    flood(visitor)
    done = len(work)
    assert type_code(visitor, code).status_code == 429
    assert len(work) == done


def test_a_forged_header_makes_no_other_address(visitor, settings, work):
    settings.TRUSTED_PROXIES = 1
    for number, guess in enumerate(guesses(40)):
        header = f"198.51.100.{number}, 203.0.113.9"
        type_code(visitor, guess, HTTP_X_FORWARDED_FOR=header)
    assert len(work) == 30
    # Twin: what the proxy itself saw is another address.
    assert type_code(visitor, "9999ZZZZZZ", HTTP_X_FORWARDED_FOR="203.0.113.10").status_code == 200


def test_a_whole_range_of_ipv6_is_one_address(visitor, work):
    for number, guess in enumerate(guesses(40)):
        type_code(visitor, guess, REMOTE_ADDR=f"2001:db8:7::{number:x}")
    assert len(work) == 30
    assert type_code(visitor, "9999ZZZZZZ", REMOTE_ADDR="2001:db8:8::1").status_code == 200


def test_only_wrong_codes_count_for_an_address(school, visitor):
    code = slip_for(awaited(school))
    for _ in range(40):
        assert type_code(visitor, code).status_code == 302
    assert not LimitCount.objects.filter(count__gt=0).exists()


def test_an_unknown_code_costs_the_work_of_a_known_one(school, visitor, work):
    code = slip_for(awaited(school))
    type_code(visitor, wrong(code))
    type_code(visitor, "0000ZZZZZZ")
    assert len(work) == 2
    assert [len(value) for value in work[0]] == [len(value) for value in work[1]]
