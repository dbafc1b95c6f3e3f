"""Who has not come in yet, by name and class, for *members* only: so that papers can be handed out again."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.invitations import awaited
from accounts.invitations.actions import inviting
from accounts.invitations.models import Invitation
from accounts.invitations.views.staff_slips import chosen, handed_out_by, sheet
from accounts.people.requests import SignedInRequest
from accounts.schools import policy
from accounts.schools.access import allow, member_of
from accounts.schools.models import Classroom, Hat
from accounts.schools.readers import count_readers

# Past this number one class is shown at a time; under the other, all classes stand open.
ON_ONE_PAGE = 500
FEW = 40


@require_safe
def not_joined(request: SignedInRequest, slug: str) -> HttpResponse:
    """List those awaited, pile by pile; `?classe=` shows one."""
    member = member_of(request, slug)
    allow(policy.can_manage_members(member))
    everybody = handed_out_by(member, awaited.on_list(member.school))
    waiting = [row for row in everybody if row.state == Invitation.State.WAITING]
    rows = [row for row in waiting if not row.is_later]
    names = {room.key: room.name for room in awaited.classes_of(member.school)}
    names[awaited.TEAM] = gettext("School team")
    wanted = request.GET.get("classe", "")
    if wanted and wanted not in names:
        raise Http404
    context = {
        "school": member.school,
        "readers": count_readers(member.school, policy.can_manage_members),
        "total": len(rows),
        "few": len(rows) <= FEW,
        "wanted": names.get(wanted, ""),
        "later": _rows(row for row in waiting if row.is_later),
        "refused": _rows(row for row in everybody if row.state == Invitation.State.NOT_ME),
        **_piles(awaited.in_piles(rows), names, wanted),
        **_words_of_buttons(slug),
    }
    return render(request, "accounts/slips/not_joined.html", context)


@require_POST
def stop_awaiting(request: SignedInRequest, slug: str) -> HttpResponse:
    """Take people off the list: first their names to confirm, then done."""
    member = member_of(request, slug)
    allow(policy.can_manage_members(member))
    rows = chosen(handed_out_by(member, awaited.on_list(member.school)), request.POST.getlist("who"))
    if not rows:
        messages.info(request, gettext("Choose somebody first."))
        return redirect("not_joined", slug)
    if "sure" not in request.POST:
        context = {"school": member.school, "rows": _rows(rows)}
        return render(request, "accounts/slips/stop_awaiting.html", context)
    for row in rows:
        inviting.revoke(row, by=request.user)
    told = ngettext(
        "%(count)d person is not awaited any more. Their slip lets nobody in.",
        "%(count)d people are not awaited any more. Their slips let nobody in.",
        len(rows),
    )
    messages.success(request, told % {"count": len(rows)})
    return redirect("not_joined", slug)


@require_POST
def await_again(request: SignedInRequest, slug: str) -> HttpResponse:
    """Print a new slip for somebody of whom one said "this is not for me"."""
    member = member_of(request, slug)
    allow(policy.can_manage_members(member))
    rows = chosen(handed_out_by(member, awaited.refused(member.school)), request.POST.getlist("who"))
    for row in rows:
        inviting.await_again(row, by=request.user)
    return sheet(request, member, rows)


def _piles(piles: dict[str, list], names: dict[str, str], wanted: str) -> dict[str, list]:
    """Return the piles to show, or, if they are too many people, a link to each."""
    held = [key for key in names if piles.get(key) and wanted in ("", key)]
    if not wanted and sum(len(piles[key]) for key in held) > ON_ONE_PAGE:
        links = [{"label": names[key], "url": f"?classe={key}", "count": len(piles[key])} for key in held]
        return {"piles": [], "classes": links}
    return {"piles": [_pile(names[key], piles[key]) for key in held], "classes": []}


def _pile(name: str, rows: list[Any]) -> dict[str, Any]:
    """A class and its people; what is the same of every paper there is said once, of all."""
    papers = {_paper(row) for row in rows}
    once = papers.pop() if len(papers) == 1 and len(rows) > 1 else ""
    return {"name": name, "count": len(rows), "paper": capfirst(once), "rows": _rows(rows, once)}


def _words_of_buttons(slug: str) -> dict[str, str]:
    """What each pile's form says and where it leads, worked out once."""
    return {
        "print_url": reverse("print_slips", args=[slug]),
        "stop_url": reverse("stop_awaiting", args=[slug]),
        "again_label": gettext("Make the chosen slips again"),
        "stop_label": gettext("Await them no more"),
    }


def _rows(rows: Iterable[Any], said: str = "") -> list[dict[str, str]]:
    return [
        {
            "key": row.key,
            "name": f"{row.last_name} {row.first_name}".strip(),
            "meta": " · ".join(fact for fact in _facts(row) if fact != said),
            "state": gettext("Locked for a day") if row.is_locked else "",
        }
        for row in rows
    ]


def _facts(row: Any) -> list[str]:
    """What is known of somebody's way in: hat, other classes, paper, mail; never who read what."""
    facts = [] if row.kind == Hat.Kind.PARENT else [str(row.get_kind_display())]
    rooms: list[Classroom] = list(row.classrooms.all())
    if len(rooms) > 1:
        facts.append(", ".join(room.name for room in rooms))
    facts.append(_paper(row))
    if row.mails:
        day = date_format(_day(row, row.last_mail), "j F")
        facts.append(gettext("last mail on %(day)s") % {"day": day})
    return facts


def _paper(row: Any) -> str:
    if row.printed is None:
        return gettext("no slip yet")
    day = date_format(_day(row, row.printed), "j F Y")
    if row.has_slip:
        return gettext("slip printed on %(day)s") % {"day": day}
    return gettext("slip of %(day)s, no longer good") % {"day": day}


def _day(row: Invitation, moment: datetime.datetime | None) -> datetime.date:
    return row.school.today(moment)
