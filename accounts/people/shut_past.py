"""The past that a paper printed again, or a second step taken away, keeps shut; and until when, in words."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.audit.models import AuditEntry
from accounts.people.actions import verified_email
from accounts.people.models import User

# Own messages, requests and private groups stay shut for so long (DESIGN §6, Slips).
SHUT = datetime.timedelta(hours=72)
# What shuts it, as the audit has it.
GIVEN_BACK, FACTOR_RESET = "given_back", "factor_reset"


def shut(user: User, now: datetime.datetime) -> None:
    """Set, unsaved, that nothing of the past opens for 72 hours.

    Only what proved the person before the first of several such acts may open the past sooner.
    """
    if user.past_opens is None or user.past_opens <= now:
        user.past_by_email = bool(verified_email(user))
    user.past_opens = now + SHUT


def shut_since(user: User) -> datetime.datetime:
    """Return when the first was of the acts that follow each other within 72 hours up to the last."""
    acts = AuditEntry.objects.about_person(user.key).filter(verb__in=(GIVEN_BACK, FACTOR_RESET))
    first = None
    for at in acts.order_by("-at", "-pk").values_list("at", flat=True):
        if first is not None and at + SHUT < first:
            break
        first = at
    return first or user.date_joined


def in_words(user: User) -> str:
    """« vendredi 27 novembre à 10 h 00 », when it opens by itself."""
    if user.past_opens is None:
        return ""
    opens = timezone.localtime(user.past_opens)
    return gettext("%(day)s at %(hour)s") % {
        "day": date_format(opens, "l j F"),
        "hour": date_format(opens, "TIME_FORMAT"),
    }
