"""Who has not come in yet, by name and class, for *members* only: so that papers can be handed out again."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.invitations import awaited
from accounts.invitations.actions import inviting
from accounts.invitations.models import Invitation
from accounts.invitations.views.staff_slips import chosen, sheet
from accounts.people.requests import SignedInRequest
from accounts.schools import policy
from accounts.schools.access import allow, member_of
from accounts.schools.models import Classroom, Hat

# Past this number one class is shown at a time.
ON_ONE_PAGE = 500


@require_safe
def not_joined(request: SignedInRequest, slug: str) -> HttpResponse:
    """List those awaited, pile by pile; `?classe=` shows one."""
    member = member_of(request, slug)
    allow(policy.can_manage_members(member))
    rows = list(awaited.awaited(member.school))
    piles = awaited.in_piles(rows)
    wanted = request.GET.get("classe", "")
    names = {room.key: room.name for room in awaited.classes_of(member.school)}
    names[awaited.TEAM] = gettext("School team")
    if wanted and wanted not in names:
        raise Http404
    shown = [wanted] if wanted else list(names) if len(rows) <= ON_ONE_PAGE else []
    context = {
        "school": member.school,
        "total": len(rows),
        "piles": [
            {"key": key, "name": names[key], "rows": _rows(piles[key])} for key in shown if piles.get(key)
        ],
        "classes": [
            {"label": name, "url": f"?classe={key}", "count": len(piles.get(key, ()))}
            for key, name in names.items()
            if piles.get(key)
        ],
        "wanted": names.get(wanted, ""),
        "refused": _rows(awaited.refused(member.school)),
    }
    return render(request, "accounts/slips/not_joined.html", context)


@require_POST
def stop_awaiting(request: SignedInRequest, slug: str) -> HttpResponse:
    """Take people off the list: first their names to confirm, then done."""
    member = member_of(request, slug)
    allow(policy.can_manage_members(member))
    everybody = [*awaited.awaited(member.school), *awaited.refused(member.school)]
    rows = chosen(everybody, request.POST.getlist("who"))
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
    rows = chosen(awaited.refused(member.school), request.POST.getlist("who"))
    for row in rows:
        inviting.await_again(row, by=request.user)
    return sheet(request, member, rows)


def _rows(rows: Iterable[Any]) -> list[dict[str, str]]:
    return [
        {
            "key": row.key,
            "name": f"{row.last_name} {row.first_name}".strip(),
            "meta": " · ".join(_facts(row)),
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
