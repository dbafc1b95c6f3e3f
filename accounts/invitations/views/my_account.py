"""My account: what is mine in all schools (JOURNEYS §1)."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from accounts.audit.words import as_told, in_words
from accounts.invitations.asked import LINES_OF_LOG, told_acts, waited_for
from accounts.people.devices import count_devices
from accounts.people.models import User
from accounts.people.policy import opens_past
from accounts.people.proof import has_factor
from accounts.people.requests import SignedInRequest
from accounts.people.shut_past import in_words as past_in_words
from accounts.schools.access import members_of
from accounts.schools.member import Member
from accounts.schools.models import School
from accounts.schools.staff import is_staff
from accounts.schools.words import hats_in_words


@require_safe
def account(request: SignedInRequest) -> HttpResponse:
    """Show what the account holds, each line with the way to change it."""
    user = request.user
    members = members_of(user)
    context = {
        "email": user.email or "",
        "has_password": user.has_usable_password(),
        "has_factor": has_factor(user),
        "language": dict(settings.LANGUAGES).get(user.language, user.language),
        "sessions": count_devices(user),
        "schools": [*map(_school_row, members), *map(_waiting_row, waited_for(user))],
        "log": _log(user),
        "past": "" if opens_past(user, timezone.now()) else past_in_words(user),
        "opens_admin": is_staff(user),
    }
    return render(request, "account/account.html", context)


def _school_row(member: Member) -> dict[str, Any]:
    """One school: its name, as what one is there, and in which classes."""
    return {
        "name": member.school.name,
        "url": reverse("school", args=[member.school.slug]),
        "line": _waits() if member.is_pending else hats_in_words(member.hats),
    }


def _waiting_row(school: School) -> dict[str, Any]:
    """As for anybody who waits: the person may not know that a decision keeps them away."""
    return {"name": school.name, "url": reverse("school", args=[school.slug]), "line": _waits()}


def _waits() -> str:
    return capfirst(gettext("waits to be let in"))


def _log(user: User) -> list[dict[str, str]]:
    """The last acts of others and of oneself on this account, without a name."""
    lines = [
        {
            "what": in_words(verb),
            "when": date_format(timezone.localtime(row["at"]), "DATETIME_FORMAT"),
            "where": row["school__name"] or "",
        }
        for row in told_acts(user)
        for verb in as_told(row["verb"])
    ]
    return lines[:LINES_OF_LOG]
