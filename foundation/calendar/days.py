"""The days and hours on which mail goes, and time that counts those days only."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from foundation.calendar.holidays import is_holiday

# DESIGN §7: Monday to Friday, outside holidays.
FIRST_HOUR = datetime.time(7)
LAST_HOUR = datetime.time(19, 30)
SATURDAY = 5
A_DAY = datetime.timedelta(days=1)
# Where a table of holidays is wrong, nobody waits longer than this.
FARTHEST = 120


@dataclass(frozen=True)
class Calendar:
    """Time at one school: its time zone ("Europe/Paris") and the zone of its holidays ("A", "" for none)."""

    time_zone: str
    holiday_zone: str = ""

    def local(self, now: datetime.datetime) -> datetime.datetime:
        return now.astimezone(ZoneInfo(self.time_zone))

    def is_mail_day(self, day: datetime.date) -> bool:
        """Whether mail goes on that day; the clocks of moderation count these days only."""
        return day.weekday() < SATURDAY and not is_holiday(day, self.holiday_zone)

    def next_delivery(self, now: datetime.datetime) -> datetime.datetime:
        """The first moment from `now` on at which mail may go: `now` itself in its hours."""
        here = self.local(now)
        if self.is_mail_day(here.date()) and FIRST_HOUR <= here.time() < LAST_HOUR:
            return now
        start = here.date() if here.time() < FIRST_HOUR else here.date() + A_DAY
        return self._morning_from(start)

    def next_morning(self, now: datetime.datetime) -> datetime.datetime:
        """7:00 of the next day after today on which mail goes: what is told together goes then."""
        return self._morning_from(self.local(now).date() + A_DAY)

    def elapsed(self, since: datetime.datetime, now: datetime.datetime) -> datetime.timedelta:
        """How much time passed, of days on which mail goes, midnight to midnight (RULES §4)."""
        return sum((end - start for start, end in self._parts(since, now)), datetime.timedelta())

    def counted_after(self, since: datetime.datetime, time: datetime.timedelta) -> datetime.datetime:
        """The moment at which `time` has passed since `since`, of days on which mail goes."""
        left = time
        for start, end in self._parts(since, since + FARTHEST * A_DAY):
            if end - start >= left:
                return start + left
            left -= end - start
        return since + time + FARTHEST * A_DAY

    def counted_before(self, now: datetime.datetime, time: datetime.timedelta) -> datetime.datetime:
        """The latest moment since which `time` has passed at `now`: what is older is overdue."""
        left = time
        today = self.local(now).date()
        for back in range(FARTHEST):
            start, end = self._bounds(today - back * A_DAY)
            end = min(end, now)
            if not self.is_mail_day(today - back * A_DAY):
                continue
            if end - start >= left:
                return end - left
            left -= end - start
        return now - time - FARTHEST * A_DAY

    def _parts(
        self, since: datetime.datetime, until: datetime.datetime
    ) -> Iterator[tuple[datetime.datetime, datetime.datetime]]:
        """What of the time between is on mail days, day by day, in UTC: an hour of a clock change counts."""
        day = self.local(since).date()
        while True:
            midnight, after = self._bounds(day)
            if midnight >= until:
                return
            start, end = max(midnight, since), min(after, until)
            if self.is_mail_day(day) and start < end:
                yield start, end
            day += A_DAY

    def _bounds(self, day: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
        """Its midnights, in UTC."""
        zone = ZoneInfo(self.time_zone)
        first, last = (datetime.datetime.combine(one, datetime.time(), zone) for one in (day, day + A_DAY))
        return first.astimezone(datetime.UTC), last.astimezone(datetime.UTC)

    def _morning_from(self, day: datetime.date) -> datetime.datetime:
        for _tried in range(FARTHEST):
            if self.is_mail_day(day):
                break
            day += A_DAY
        return datetime.datetime.combine(day, FIRST_HOUR, ZoneInfo(self.time_zone))
