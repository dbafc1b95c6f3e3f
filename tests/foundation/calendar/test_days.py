"""When mail goes and which time counts, at schools of several places (DESIGN §7, RULES §4)."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.calendar import Calendar

PARIS = Calendar("Europe/Paris", "A")
HOUR = datetime.timedelta(hours=1)


def at(text: str, zone: str = "Europe/Paris") -> datetime.datetime:
    """A local time, "2026-11-24 10:00"."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-24 10:00", "2026-11-24 10:00"),  # a Tuesday, in hours
        ("2026-11-24 06:59", "2026-11-24 07:00"),
        ("2026-11-24 19:29", "2026-11-24 19:29"),
        ("2026-11-24 19:30", "2026-11-25 07:00"),
        ("2026-11-27 21:00", "2026-11-30 07:00"),  # Friday evening
        ("2026-11-28 12:00", "2026-11-30 07:00"),  # Saturday
        ("2026-12-18 20:00", "2027-01-04 07:00"),  # the Christmas holidays begin
        ("2027-05-14 10:00", "2027-05-14 10:00"),
        ("2026-11-11 10:00", "2026-11-12 07:00"),  # Armistice
    ],
)
def test_mail_goes_on_days_of_school_from_seven_to_half_past_seven(now, then):
    assert PARIS.next_delivery(at(now)) == at(then)


def test_a_school_without_a_zone_keeps_public_holidays_alone():
    nowhere = Calendar("Europe/Paris")
    assert nowhere.next_delivery(at("2026-12-23 10:00")) == at("2026-12-23 10:00")
    assert nowhere.next_delivery(at("2026-12-25 10:00")) == at("2026-12-28 07:00")


def test_the_hours_are_those_of_the_place():
    papeete = Calendar("Pacific/Tahiti")
    assert papeete.next_delivery(at("2026-11-24 10:00")) == at("2026-11-24 07:00", "Pacific/Tahiti")


def test_what_is_told_together_waits_for_the_next_morning_of_school():
    assert PARIS.next_morning(at("2026-11-24 06:00")) == at("2026-11-25 07:00")
    assert PARIS.next_morning(at("2026-11-27 10:00")) == at("2026-11-30 07:00")
    assert PARIS.next_morning(at("2026-12-18 10:00")) == at("2027-01-04 07:00")


@pytest.mark.parametrize(
    ("since", "now", "hours"),
    [
        ("2026-11-24 20:00", "2026-11-25 20:00", 24),
        ("2026-11-27 20:00", "2026-11-30 20:00", 24),  # over a week-end
        ("2026-11-28 10:00", "2026-11-29 10:00", 0),
        ("2026-10-16 12:00", "2026-11-02 12:00", 24),  # over the autumn holidays
        ("2026-03-27 12:00", "2026-03-30 12:00", 24),  # the clocks change in the week-end
    ],
)
def test_the_clock_of_moderation_counts_days_of_school(since, now, hours):
    assert PARIS.elapsed(at(since), at(now)) == hours * HOUR
    if hours:
        assert PARIS.counted_after(at(since), hours * HOUR) == at(now)
        assert PARIS.counted_before(at(now), hours * HOUR) == at(since)


moments = st.datetimes(
    min_value=datetime.datetime(2025, 9, 1),
    max_value=datetime.datetime(2028, 6, 30),
    timezones=st.just(datetime.UTC),
)
places = st.sampled_from(
    [
        PARIS,
        Calendar("Europe/Paris", "C"),
        Calendar("Pacific/Tahiti"),
        Calendar("Indian/Reunion"),
        Calendar("America/Miquelon"),
    ]
)


@given(now=moments, place=places)
def test_mail_never_leaves_out_of_hours_and_never_before_now(now, place):
    for then in (place.next_delivery(now), place.next_morning(now)):
        local = place.local(then)
        assert then >= now
        assert place.is_mail_day(local.date())
        assert datetime.time(7) <= local.time() < datetime.time(19, 30)
    assert place.next_delivery(place.next_delivery(now)) == place.next_delivery(now)


@given(since=moments, hours=st.integers(1, 200), place=places)
def test_counting_forward_and_measuring_agree(since, hours, place):
    then = place.counted_after(since, hours * HOUR)
    assert place.elapsed(since, then) == hours * HOUR
    assert place.elapsed(place.counted_before(then, hours * HOUR), then) == hours * HOUR
