"""Bare views: what Django itself costs for as many queries, rows and bytes."""

from types import SimpleNamespace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from resources.catalogue.models import Resource

ROWS = 20


@login_not_required
def public(request: HttpRequest) -> HttpResponse:
    """20 rows in a loop, about `bytes` bytes, no query."""
    rows = [(f"/ressources/page-{place}/", f"Une page numéro {place}") for place in range(ROWS)]
    return render(request, "bench/bare.html", {"rows": rows, "filler": _filler(request, ROWS)})


def signed_in(request: HttpRequest) -> HttpResponse:
    """The same sign-in, `queries` queries of `rows` rows, about `bytes` bytes."""
    wanted = int(request.GET.get("rows", ROWS))
    rows: list[tuple] = []
    for _ in range(int(request.GET.get("queries", "0"))):
        rows = list(Resource.objects.order_by("pk").values_list("slug", "title")[:wanted])
    rows = rows or [("/", "Une page")] * wanted
    context = {"rows": rows, "filler": _filler(request, len(rows)), "form": _form(request)}
    return render(request, "bench/bare.html", context)


def _form(request: HttpRequest) -> Any:
    """The form to answer, where the page compared has it (`form=reply`)."""
    if request.GET.get("form") != "reply":
        return None
    # The bare server has no groups.
    from exchanges.discussions.forms import ReplyForm
    from exchanges.groups.models import Group

    place: Any = SimpleNamespace(group=Group(circle="parents"), readers=31, person=None)
    return ReplyForm(place=place, topic=SimpleNamespace(asked=False))


def _filler(request: HttpRequest, rows: int) -> str:
    return "x" * max(0, int(request.GET.get("bytes", "8000")) // max(rows, 1) - 60)
