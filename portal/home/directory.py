"""The list of open schools: by name, twenty a page, found by a word of the name or of the town."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext

from accounts.invitations.matching import fold
from accounts.schools.models import School

PAGE_SIZE = 20
# From this many on, the page has a search box.
MANY = 10
COLUMNS = ("name", "slug", "level", "town")


def directory_page(request: HttpRequest) -> dict[str, Any]:
    """Context of portal/schools.html."""
    query = request.GET.get("q", "").strip()[:80]
    # One query for a few hundred rows of four columns: accents and capitals do not matter to a reader.
    everything = list(School.objects.open().values(*COLUMNS))
    found = [row for row in everything if _answers(row, query)] if query else everything
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return {
        "entries": [_row(row) for row in page],
        "q": query,
        "searchable": len(everything) >= MANY or bool(query),
        "none_yet": not everything,
        "pager": _pager(page, query) if page.has_other_pages() else None,
    }


def _answers(row: dict[str, Any], query: str) -> bool:
    text = fold(f"{row['name']} {row['town']}")
    return all(fold(word) in text for word in query.split())


def _row(row: dict[str, Any]) -> dict[str, Any]:
    level = str(School.Level(row["level"]).label)
    return {
        "title": row["name"],
        "url": reverse("school", args=[row["slug"]]),
        "who": level[:1].upper() + level[1:],
        "summary": row["town"],
        "lang": "fr" if get_language() != "fr" else "",
        "heading": 2,
    }


def _pager(page: Any, query: str) -> dict[str, Any]:
    def link(number: int, label: str) -> dict[str, str]:
        values = ({"q": query} if query else {}) | {"page": number}
        return {"label": label, "url": f"?{urlencode(values)}"}

    return {
        "number": page.number,
        "total": page.paginator.num_pages,
        "previous": link(page.number - 1, gettext("Previous page")) if page.has_previous() else None,
        "next": link(page.number + 1, gettext("Next page")) if page.has_next() else None,
    }
