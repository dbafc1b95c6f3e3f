"""Which days are school holidays or public holidays.

Zones A, B and C come from `vacances_scolaires_france`; all others from rows of `HolidayPeriod`. Public
holidays come from `jours_feries_france` (`holidays` takes 45 MB in each process, measured).
"""

import datetime
from functools import lru_cache

from jours_feries_france import JoursFeries
from vacances_scolaires_france import SchoolHolidayDates

from foundation.calendar.models import HolidayPeriod

KNOWN_ZONES = ("A", "B", "C")
Period = tuple[datetime.date, datetime.date]


def is_holiday(day: datetime.date, zone: str) -> bool:
    """Whether no school is kept that day in `zone`; without a zone there are no holidays but public ones."""
    return is_public_holiday(day) or any(first <= day <= last for first, last in periods(zone))


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> frozenset[datetime.date]:
    return frozenset(JoursFeries.for_year(year).values())


def is_public_holiday(day: datetime.date) -> bool:
    """National ones; those of Alsace-Moselle and overseas are put in the table of the zone."""
    return day in _public_holidays(day.year)


@lru_cache(maxsize=32)
def periods(zone: str) -> tuple[Period, ...]:
    """Holidays of a zone, in order; kept until `forget`."""
    if zone in KNOWN_ZONES:
        return _of_package(zone)
    rows = HolidayPeriod.objects.filter(zone=zone).order_by("first") if zone else ()
    return tuple((row.first, row.last) for row in rows)


def forget() -> None:
    """Read the table of holidays again."""
    periods.cache_clear()


def _of_package(zone: str) -> tuple[Period, ...]:
    """The days of the package, as periods: it holds one row a day, since 1990."""
    since = datetime.date.today().year - 2
    known = SchoolHolidayDates()
    days = sorted(day for day in known.data if day.year >= since and known.is_holiday_for_zone(day, zone))
    found: list[list[datetime.date]] = []
    for day in days:
        if found and found[-1][1] + datetime.timedelta(days=1) == day:
            found[-1][1] = day
        else:
            found.append([day, day])
    return tuple((first, last) for first, last in found)
