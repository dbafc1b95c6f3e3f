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


def year_for_import(school: School) -> SchoolYear:
    """Return the year that a new file speaks of: the one being prepared, else the current one.

    What the file gives for a year not begun is a hat in that year's class, `since` its first day: nobody
    wears it before, and the change of year brings that day forward.
    """
    return prepared_year(school) or current_year(school)


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
