"""How a count of people is said where it is a statistic: multiples of 5 (RULES §6, Statistics)."""

from django.utils.translation import gettext

STEP = 5


def rounded_down(count: int) -> int:
    return count - count % STEP


def rounded_up(count: int) -> int:
    """Copies to print: too few would leave somebody out."""
    return -(-count // STEP) * STEP


def in_words(figure: int) -> str:
    """Say a rounded figure: "about 25", or "fewer than 5", whether there are four or none."""
    if figure < STEP:
        return gettext("fewer than 5")
    return gettext("about %(count)d") % {"count": figure}
