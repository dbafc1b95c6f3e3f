"""The year that runs, and the one being prepared."""

import datetime

from accounts.schools.models import School, SchoolYear


def current_year(school: School) -> SchoolYear:
    return SchoolYear.objects.get(school=school, is_current=True)


def prepared_year(school: School) -> SchoolYear | None:
    """Return the year being prepared: the first that starts after the current one, or None."""
    current = current_year(school)
    later = SchoolYear.objects.filter(school=school, starts__gt=current.starts)
    return later.order_by("starts").first()


def year_named(school: School, name: str) -> SchoolYear | None:
    """Return the current year, or the one being prepared if `name` is its; None for another year's name."""
    years = (current_year(school), prepared_year(school))
    return next((year for year in years if year and name in ("", year.name)), None)


def days_of_next(current: SchoolYear) -> tuple[datetime.date, datetime.date]:
    """Return the first and last day of the year after `current`: the day after it, and a year later."""
    starts = current.ends + datetime.timedelta(days=1)
    return starts, _a_year_after(starts) - datetime.timedelta(days=1)


def name_of(starts: datetime.date, ends: datetime.date) -> str:
    """Return "2027-2028", or "2027" for a year of the southern calendar."""
    return f"{starts.year}-{ends.year}" if ends.year != starts.year else str(starts.year)


def _a_year_after(day: datetime.date) -> datetime.date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, month=3, day=1)
