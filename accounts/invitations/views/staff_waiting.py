"""Those who came with a class code and wait: let in, or not, one or several."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from accounts.invitations.actions.waiting import let_in, turn_away
from accounts.people.requests import SignedInRequest
from accounts.schools import policy
from accounts.schools.access import allow, allow_writing, member_of
from accounts.schools.member import Member
from accounts.schools.models import Hat, Membership
from accounts.schools.readers import count_readers


@require_http_methods(["GET", "HEAD", "POST"])
def waiting_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show who waits; by POST, `decision` "in" or "out" for each key of `who`."""
    member = member_of(request, slug)
    allow(policy.can_see_waiting_list(member))
    waiting = waiting_for(member)
    if request.method == "POST":
        allow_writing(member)
        return _decide(request, member, waiting)
    context = {
        "school": member.school,
        "rows": [_row(row) for row in waiting],
        "readers": count_readers(member.school, policy.can_see_waiting_list, Hat.Kind.TEACHER),
    }
    return render(request, "accounts/slips/waiting_list.html", context)


def waiting_for(member: Member) -> list[Membership]:
    """Return who waits and may be let in by `member`: for a teacher, those who ask for their classes only."""
    rows = _pending(member)
    return [
        row
        for row in rows
        if row.hats.all() and all(policy.can_let_in(member, hat.classroom_id or 0) for hat in row.hats.all())
    ]


def _pending(member: Member) -> QuerySet[Membership]:
    hats = Hat.objects.of_school(member.school).lasting(member.today).select_related("classroom")
    hats = hats.order_by("classroom__position", "pk")
    rows = Membership.objects.of_school(member.school).pending().select_related("user", "school")
    return rows.prefetch_related(Prefetch("hats", hats)).order_by("joined", "pk")


def _decide(request: SignedInRequest, member: Member, waiting: list[Membership]) -> HttpResponse:
    asked = set(request.POST.getlist("who"))
    rows = [row for row in waiting if row.key in asked]
    if len(rows) != len(asked):
        raise Http404
    if not rows:
        messages.info(request, gettext("Choose somebody first."))
    elif request.POST.get("decision") == "in":
        _tell(request, sum(let_in(row, by=request.user) for row in rows), _let_in_words)
    elif request.POST.get("decision") == "out":
        _tell(request, sum(turn_away(row, by=request.user) for row in rows), _turned_away_words)
    return redirect("waiting_list", member.school.slug)


def _tell(request: SignedInRequest, count: int, words: Any) -> None:
    if count:
        messages.success(request, words(count))
    else:
        messages.info(request, gettext("Somebody else has decided already."))


def _let_in_words(count: int) -> str:
    return ngettext("%(count)d person is in.", "%(count)d people are in.", count) % {"count": count}


def _turned_away_words(count: int) -> str:
    words = ngettext("%(count)d person was not let in.", "%(count)d people were not let in.", count)
    return words % {"count": count}


def _row(membership: Membership) -> dict[str, str]:
    return {
        "key": membership.key,
        "name": membership.name,
        "classes": ", ".join(hat.classroom.name for hat in membership.hats.all() if hat.classroom),
        "when": date_format(membership.school.today(membership.joined), "j F"),
    }
