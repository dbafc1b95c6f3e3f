"""The foundation's models, gathered for Django."""

from foundation.calendar.models import HolidayPeriod
from foundation.limits.models import LimitCount
from foundation.search.models import SearchDocument, SearchIndex, SearchWord

__all__ = ["HolidayPeriod", "LimitCount", "SearchDocument", "SearchIndex", "SearchWord"]
