"""The page of reach: how many, never who."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from accounts.people.requests import SignedInRequest
from accounts.reach.actions import COUNTED, reach_of
from accounts.reach.rounding import in_words
from accounts.schools import policy
from accounts.schools.access import allow, member_of
from accounts.schools.readers import count_readers


@require_safe
def reach(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the week's figures, class by class, and their sums."""
    member = member_of(request, slug)
    allow(policy.can_see_reach(member))
    week = reach_of(member.school)
    context = {
        "school": member.school,
        "readers": count_readers(member.school, policy.can_see_reach),
        "rows": [
            _row(gettext("Whole school"), week.totals),
            *(_row(row["name"], row) for row in week.classes),
        ],
        "monday": date_format(week.monday, "j F"),
        "can_manage": policy.can_manage_members(member),
    }
    return render(request, "accounts/reach/reach.html", context)


def _row(name: str, figures: dict) -> dict[str, object]:
    """Say the figures of a class as a line of the index."""
    words = {key: in_words(figures[key]) for key in COUNTED}
    return {
        "who": name,
        "heading": 2,
        "title": gettext("Came in: %(joined)s") % words,
        "summary": gettext("By mail: %(mail)s. On paper: %(paper)s.") % words,
        "meta": gettext("Copies to print: %(copies)d") % figures,
    }
