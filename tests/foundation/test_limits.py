"""Limits on tries: counted by target and by address, exact, forgotten in time."""

import datetime
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from foundation.limits import table
from foundation.limits.actions import TooManyTries, forget_old, take
from foundation.limits.address import UNKNOWN, client_address, network
from foundation.limits.middleware import LimitsMiddleware
from foundation.limits.models import LimitCount
from foundation.limits.table import Limit

NOW = 1_800_000_000.0


@pytest.fixture(params=["database", "cache"])
def store(request, settings, db):
    """Both places where counts are kept; the cache stands for Redis."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    settings.REDIS_URL = "redis://here" if request.param == "cache" else ""
    return request.param


@pytest.fixture
def three(monkeypatch):
    monkeypatch.setitem(table.LIMITS, "try", (Limit("target", 3, 600), Limit("address", 5, 600)))


def refused(**who) -> bool:
    try:
        take("try", **who)
    except TooManyTries:
        return True
    return False


def test_the_target_is_limited_first_whatever_the_address(store, three):
    for number in range(3):
        assert not refused(target="amina", address=f"192.0.2.{number}")
    assert refused(target="amina", address="192.0.2.99")
    assert not refused(target="karim", address="192.0.2.99")


def test_no_spelling_that_a_database_takes_for_the_same_name_is_another_target(store, three):
    """PostgreSQL compares upper case: the dotless i and the long s stand for i and s."""
    for spelling in ("ilias", "\u0131lias", "ilia\u017f"):
        assert not refused(target=spelling, address="192.0.2.1")
    assert refused(target="ILIAS", address="192.0.2.2")


def test_case_and_composition_of_a_name_do_not_make_another_target(store, three):
    for spelling in ("Zoé", "ZOE\u0301", " zoé "):
        assert not refused(target=spelling, address="192.0.2.1")
    assert refused(target="zoé", address="192.0.2.2")


def test_an_address_is_limited_more_widely(store, three):
    assert [refused(target=f"person {n}", address="2001:db8::1") for n in range(5)] == [False] * 5
    # The same /64 is the same subscriber; the next one is not.
    assert refused(target="somebody else", address="2001:db8::ffff")
    assert not refused(target="somebody else", address="2001:db8:0:1::1")


def test_a_refusal_counts_nothing(store, three):
    for _ in range(3):
        take("try", target="amina", address="192.0.2.1")
    for _ in range(10):
        assert refused(target="amina", address="192.0.2.1")
    assert not refused(target="karim", address="192.0.2.1")


def test_a_full_address_does_not_use_up_the_targets_tries(store, three):
    for number in range(5):
        take("try", target=f"person {number}", address="192.0.2.1")
    assert [refused(target="amina", address="192.0.2.1") for _ in range(5)] == [True] * 5
    assert [refused(target="amina", address="192.0.2.9") for _ in range(4)] == [False] * 3 + [True]


def test_a_right_try_is_given_back(store, three):
    for _ in range(20):
        take("try", target="amina", address="192.0.2.1").give_back()
    assert not refused(target="amina", address="192.0.2.1")


def test_the_window_ends(db, three):
    for _ in range(3):
        take("try", target="amina", address="192.0.2.1", now=NOW)
    with pytest.raises(TooManyTries) as error:
        take("try", target="amina", address="192.0.2.1", now=NOW)
    assert 0 < error.value.seconds <= 600
    take("try", target="amina", address="192.0.2.1", now=NOW + error.value.seconds + 1)


def test_ended_windows_are_forgotten(db, three):
    take("try", target="amina", address="192.0.2.1", now=NOW)
    take("try", target="amina", address="192.0.2.1", now=NOW + 100_000)
    forget_old(datetime.datetime.fromtimestamp(NOW + 50_000, datetime.UTC))
    assert LimitCount.objects.count() == 2


def test_nothing_personal_is_kept(db, three):
    take("try", target="amina@example.org", address="192.0.2.1")
    assert all("amina" not in row.key and "192" not in row.key for row in LimitCount.objects.all())
    assert LimitCount.objects.filter(ends__gt=timezone.now()).count() == 2


@pytest.mark.serial
@pytest.mark.django_db(transaction=True)
def test_twenty_tries_at_once_pass_three_times(three):
    def one(number: int) -> bool:
        try:
            return not refused(target="amina", address=f"192.0.2.{number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        passed = sum(pool.map(one, range(20)))
    assert passed == 3


def asked(remote: str, forwarded: str | None = None) -> HttpRequest:
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=remote, **headers)


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "expected"),
    [
        (0, "192.0.2.7", "203.0.113.9", "192.0.2.7"),
        (1, "10.0.0.1", "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1", "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "10.0.0.1", "6.6.6.6, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "10.0.0.1", "203.0.113.9", "10.0.0.1"),
        (1, "10.0.0.1", None, "10.0.0.1"),
        (1, "10.0.0.1", "nonsense", UNKNOWN),
        (0, "::ffff:192.0.2.7", None, "192.0.2.7"),
        (0, "", None, UNKNOWN),
    ],
)
def test_only_trusted_proxies_tell_the_address(settings, proxies, remote, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies
    assert client_address(asked(remote, forwarded)) == expected


@given(st.text(max_size=80))
def test_any_forwarded_header_gives_an_address(header):
    from django.test import override_settings

    with override_settings(TRUSTED_PROXIES=1):
        assert network(client_address(asked("192.0.2.1", header)))


def test_the_answer_says_how_long_to_wait(rf, db):
    request = rf.get("/")
    answer = LimitsMiddleware(lambda _: None).process_exception(request, TooManyTries(125))
    assert answer.status_code == 429
    assert answer["Retry-After"] == "125"
    assert "no-store" in answer["Cache-Control"]
    assert "3 minutes" in answer.content.decode()


def test_other_errors_pass_through(rf):
    assert LimitsMiddleware(lambda _: None).process_exception(rf.get("/"), ValueError()) is None


def test_windows_use_the_real_clock_by_default(db, three):
    take("try", target="amina", address="192.0.2.1")
    ends = LimitCount.objects.order_by("ends").first().ends.timestamp()
    assert ends > time.time()
