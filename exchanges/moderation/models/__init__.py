"""Reports, decisions that nobody changes, second readings, and notices of illegal content (RULES §4, §6)."""

from exchanges.moderation.models.answers import IllegalNotice, SecondReading
from exchanges.moderation.models.cases import Case, Ground, Report, Told
from exchanges.moderation.models.log import Decision, JudgedText, LogHead, SaidWhy

__all__ = [
    "Case",
    "Decision",
    "Ground",
    "IllegalNotice",
    "JudgedText",
    "LogHead",
    "Report",
    "SaidWhy",
    "SecondReading",
    "Told",
]
