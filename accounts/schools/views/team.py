"""Who does what in the school: names by role, for its members; no address, no telephone."""

from typing import Any

from django.http import HttpResponse
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from accounts.people.requests import SignedInRequest
from accounts.schools import policy
from accounts.schools.access import allow, member_of
from accounts.schools.readers import count_members
from accounts.schools.team import people_by_role
from accounts.schools.views.pages import page


@require_safe
def who_does_what(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the direction, the teachers by class, the elected parents by list, the helpers."""
    member = member_of(request, slug)
    allow(policy.can_see_who_does_what(member))
    people = people_by_role(member.school)
    parts = (
        {"title": gettext("Direction"), "rows": _rows(people["direction"])},
        {"title": gettext("Teachers"), "rows": _rows(people["teachers"])},
        {"title": gettext("Elected parents"), "rows": _rows(people["elected"])},
        {"title": gettext("Help"), "rows": _rows(people["helpers"])},
    )
    context = {"parts": parts, "readers": count_members(member.school)}
    return page(request, member, "who_does_what", context, (gettext("Who does what"), ""))


def _rows(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Names as items of a list: a loop within a loop is what a template does slowest."""
    return [
        {
            "title": row["title"],
            "names": format_html_join("", "<li><bdi>{}</bdi></li>", ((name,) for name in row["people"])),
        }
        for row in rows
    ]
