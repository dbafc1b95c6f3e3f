"""The past that a paper printed again keeps shut, in words."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.people.models import User


def in_words(user: User) -> str:
    """« vendredi 27 novembre à 10 h 00 », when it opens by itself."""
    if user.past_opens is None:
        return ""
    opens = timezone.localtime(user.past_opens)
    return gettext("%(day)s at %(hour)s") % {
        "day": date_format(opens, "l j F"),
        "hour": date_format(opens, "TIME_FORMAT"),
    }
