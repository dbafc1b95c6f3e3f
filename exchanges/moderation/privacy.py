"""What moderation holds of a person: reports they made, decisions on them, second readings they asked for.

The log itself is never changed: its rows name accounts by a key that means nobody once the account is gone.
"""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.audit.merged import keys_of
from accounts.people.models import User
from exchanges.discussions.actions.names import own_of
from exchanges.discussions.models import Post
from exchanges.moderation.models import Decision, IllegalNotice, JudgedText, Report, SaidWhy, SecondReading
from exchanges.moderation.targets import POST
from foundation.spreadsheets import row_of


def held(user: User) -> list[tuple[str, list[tuple[str, str]]]]:
    parts = []
    reports = [(_day(row.at), str(row.get_ground_display())) for row in _reports(user)]
    if reports:
        parts.append((gettext("Messages that I reported"), reports))
    decisions = [(_day(row.at), str(row.get_verb_display())) for row in _decisions(user)]
    if decisions:
        parts.append((gettext("Decisions that concern me"), decisions))
    return parts


def export(user: User) -> dict[str, list[dict[str, Any]]]:
    readings = SecondReading.objects.filter(author__user=user).order_by("asked", "pk")
    fields = ["number", "verb", "ground", "hat", "until", "at"]
    return {
        gettext("messages I reported"): [row_of(row, ["ground", "words", "at"]) for row in _reports(user)],
        gettext("decisions that concern me"): [row_of(row, fields) for row in _decisions(user)],
        gettext("second readings I asked for"): [
            row_of(row, ["words", "asked", "outcome", "answered"]) for row in readings
        ],
    }


def erase(user: User, *, keep_contributions: bool) -> None:
    """Forget who reported and their words; where messages go, the texts judged of them go at once too."""
    Report.objects.filter(reporter__user=user).update(reporter=None, words="")
    SecondReading.objects.filter(author__user=user).delete()
    if user.email:
        notices = IllegalNotice.objects.filter(email__iexact=user.email)
        notices.update(name="", email="")
    for decision in _decisions(user):
        SaidWhy.objects.of_school(decision.school_id).filter(decision=decision.number).delete()
    if not keep_contributions:
        for school, keys in _written(user).items():
            JudgedText.objects.filter(school=school, kind=POST, object__in=keys).delete()


def _reports(user: User) -> list[Report]:
    return list(Report.objects.filter(reporter__user=user).order_by("at", "pk"))


def _decisions(user: User) -> list[Decision]:
    rows = Decision.objects.filter(about__in=keys_of(user.key), school__memberships__user=user)
    return list(rows.order_by("at", "number"))


def _written(user: User) -> dict[int, list[str]]:
    """Keys of what they wrote, also without their name, by school."""
    found: dict[int, list[str]] = {}
    for membership in user.memberships.all():
        mine = Q(author=membership) | Q(pk__in=own_of(membership))
        keys = Post.objects.of_school(membership.school_id).filter(mine).values_list("key", flat=True)
        found[membership.school_id] = list(keys)
    return found


def _day(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "j F Y")
