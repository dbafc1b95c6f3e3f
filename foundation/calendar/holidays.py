"""Which days are school holidays or public holidays.

Zones A, B and C come from `vacances_scolaires_france`; all others, Corsica with them, from rows of
`HolidayPeriod`. Public holidays come from `jours_feries_france` (`holidays` takes 45 MB in each process,
measured).
"""

import datetime
import time
from functools import lru_cache

from jours_feries_france import JoursFeries
from vacances_scolaires_france import SchoolHolidayDates

from foundation.calendar.models import HolidayPeriod

KNOWN_ZONES = ("A", "B", "C")
# A row written by another process counts here within this many seconds.
FRESH = 600.0
Period = tuple[datetime.date, datetime.date]

_kept: dict[str, tuple[float, tuple[Period, ...]]] = {}


def is_holiday(day: datetime.date, zone: str) -> bool:
    """Whether no school is kept that day in `zone`; without a zone there are no holidays but public ones."""
    return is_public_holiday(day) or any(first <= day <= last for first, last in periods(zone))


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> frozenset[datetime.date]:
    return frozenset(JoursFeries.for_year(year).values())


def is_public_holiday(day: datetime.date) -> bool:
    """National ones; those of Alsace-Moselle and overseas are put in the table of the zone."""
    return day in _public_holidays(day.year)


def periods(zone: str) -> tuple[Period, ...]:
    """Holidays of a zone, in order; none for a zone of the table that nobody has filled."""
    if zone in KNOWN_ZONES:
        return _of_package(zone, datetime.date.today().year - 2)
    if not zone:
        return ()
    now = time.time()
    read, found = _kept.get(zone, (0.0, ()))
    # A clock that was set back makes what is kept old too.
    if not 0 <= now - read < FRESH:
        found = _of_table(zone)
        _kept[zone] = (now, found)
    return found


def known_until(zone: str, today: datetime.date) -> datetime.date | None:
    """Return the last day of the last holidays known of a zone; None where none are to come."""
    return max((last for _first, last in periods(zone) if last >= today), default=None)


def forget() -> None:
    """Read the table of holidays again."""
    _kept.clear()


def _of_table(zone: str) -> tuple[Period, ...]:
    rows = HolidayPeriod.objects.filter(zone=zone).order_by("first", "pk")
    return tuple(rows.values_list("first", "last"))


@lru_cache(maxsize=len(KNOWN_ZONES) * 2)
def _of_package(zone: str, since: int) -> tuple[Period, ...]:
    """The days of the package from the year `since` on, as periods: it holds one row a day, since 1990."""
    known = SchoolHolidayDates()
    days = sorted(day for day in known.data if day.year >= since and known.is_holiday_for_zone(day, zone))
    found: list[list[datetime.date]] = []
    for day in days:
        if found and found[-1][1] + datetime.timedelta(days=1) == day:
            found[-1][1] = day
        else:
            found.append([day, day])
    return tuple((first, last) for first, last in found)
