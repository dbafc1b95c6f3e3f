"""Search one's groups and the library together, by the rules of their own pages (RULES §7)."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.schools.access import members_of
from exchanges.discussions.finding import Results, find
from exchanges.groups.models import Group, groups_read
from resources.finding.results import first_entries

LONGEST = 200
FIRST = 5
LIBRARY = "/ressources/"


@require_safe
@login_not_required
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found in one's groups and in the library; `?avant=` goes on among the messages alone.

    Whoever is in no school has the library's own page of results.
    """
    query = request.GET.get("q", "").strip()[:LONGEST]
    if not members_of(request.user):
        return redirect(f"{LIBRARY}?{urlencode({'q': query})}" if query else LIBRARY)
    before = _key(request.GET.get("avant", ""))
    groups = _own_groups(request)
    context: dict[str, Any] = {
        "q": query,
        "action": reverse("search"),
        "results": find(groups, query, before=before) if query else Results(),
        "has_groups": bool(groups),
        "is_later": before is not None,
    }
    if query and before is None:
        context |= {
            "entries": [_drawn(entry) for entry in first_entries(request, FIRST)],
            "all_url": f"{LIBRARY}?{urlencode({'q': query})}",
        }
    return render(request, "portal/search.html", context)


def _drawn(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry as the tag shaped takes it: a list is not."""
    return entry | {"notes": format_html_join(" ", "<span>{}</span>", ((note,) for note in entry["notes"]))}


def _own_groups(request: HttpRequest) -> list[Group]:
    """Every group the person reads, of all their schools, each with its school."""
    return [group for member in members_of(request.user) for group in groups_read(member)]


def _key(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
