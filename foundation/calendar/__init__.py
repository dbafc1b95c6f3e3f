"""When mail goes and time counts: days, hours and holidays of a place (DESIGN §7, RULES §4)."""

from foundation.calendar.days import Calendar
from foundation.calendar.holidays import KNOWN_ZONES, forget, known_until

__all__ = ["KNOWN_ZONES", "Calendar", "forget", "known_until"]
