"""« À relire »: what waits for whoever runs a group, sized for a telephone."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page
from django.http import Http404, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.people.requests import SignedInRequest
from accounts.schools.access import allow_writing, member_of
from accounts.schools.member import Member
from exchanges.moderation import desk as desks
from exchanges.moderation import files, policy, verbs, words
from exchanges.moderation.actions import undo as take_back
from exchanges.moderation.confirming import confirm, refused
from exchanges.moderation.desk import Desk
from exchanges.moderation.errors import AlreadyDecided, ModerationError
from exchanges.moderation.models import Decision
from exchanges.moderation.rows import Rows


class ForDirection(PermissionDenied):
    """Runs no group, but decides for the school: in the admin."""


@require_safe
def queue(request: SignedInRequest, slug: str) -> HttpResponse:
    """Held messages, requests, reports and second readings of the groups that one runs."""
    member = member_of(request, slug)
    desk, glance = desks.page_of_facilitator(request.user, member, request.GET.get("page"))
    try:
        _allow(member, desk)
    except ForDirection:
        return redirect("admin:moderation_queue")
    beside, rows, token = desk.beside(desk.items), _rows(member, desk), get_token(request)
    context = {
        "rows": rows.of(desk.items, beside, token),
        "last": rows.last(beside.last, token),
        "lede": _lede(glance.total),
        "pager": _pager(glance.page),
    }
    return _page(request, member, "queue", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: SignedInRequest, slug: str) -> HttpResponse:
    """Confirm one decision, or one on several."""
    member, desk = _desk(request, slug)
    return confirm(
        request, desk, _rows(member, desk), lambda context: _page(request, member, "confirm", context)
    )


@require_POST
def hide_meanwhile(request: SignedInRequest, slug: str) -> HttpResponse:
    """The one button of the mail's page: out of sight until somebody decides (RULES §4)."""
    member, desk = _desk(request, slug)
    item = desk.by_ref.get(request.POST.get("item", ""))
    if item is None:
        standing = desk.standing(request.POST.get("item", ""))
        if standing is None:
            raise Http404
        messages.warning(request, words.already_in_words(standing))
        return redirect(_base(member))
    back = _rows(member, desk).back_to([item])
    outcome = desk.decide(desks.ref_of(item), Decision.Verb.HIDE_MEANWHILE, {"now": timezone.now()})
    if outcome.decision is None:
        messages.warning(request, refused(desk, outcome))
    else:
        messages.success(request, str(verbs.DONE[Decision.Verb.HIDE_MEANWHILE]))
    return redirect(f"{back}#{item.key}")


@require_POST
def undo(request: SignedInRequest, slug: str) -> HttpResponse:
    """Take back what was decided in one's groups."""
    member, desk = _desk(request, slug)
    number = request.POST.get("number", "")
    wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    decision = desk.decisions().filter(number=wanted).first()
    if decision is None:
        raise Http404
    try:
        take_back(member, decision)
    except AlreadyDecided as error:
        messages.warning(request, words.already_in_words(error.decision))
    except ModerationError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, gettext("The decision is taken back: all is as before it."))
    return redirect(_base(member))


@require_safe
def file(request: SignedInRequest, slug: str, key: str) -> HttpResponseBase:
    """A file of a message that waits for this person."""
    _member, desk = _desk(request, slug)
    return files.serve_of(desk, key)


def _desk(request: SignedInRequest, slug: str) -> tuple[Member, Desk]:
    """The person and what waits for them; 403 to whoever runs no group here."""
    member = member_of(request, slug)
    desk = desks.of_facilitator(request.user, member)
    _allow(member, desk)
    return member, desk


def _allow(member: Member, desk: Desk) -> None:
    if not desk.runs:
        if policy.judges_for_school(member):
            raise ForDirection
        raise PermissionDenied
    allow_writing(member)


def _base(member: Member) -> str:
    return reverse("moderation", args=[member.school.slug])


def _rows(member: Member, desk: Desk) -> Rows:
    return Rows(desk, _base(member), "moderation_file")


def _lede(count: int) -> str:
    if not count:
        return ""
    waits = ngettext("%(count)d thing waits for you.", "%(count)d things wait for you.", count)
    who = gettext(
        "Whoever is first decides; the others are told. After two days of school, the direction may."
    )
    return f"{waits % {'count': count}} {who}"


def _pager(page: Page) -> dict[str, Any] | None:
    """What the tag pagination takes, or None for a lone page."""
    if page.paginator.num_pages < 2:
        return None
    pager: dict[str, Any] = {"number": page.number, "total": page.paginator.num_pages}
    if page.has_previous():
        pager["previous"] = {
            "url": f"?page={page.number - 1}",
            "label": gettext("Page before: what waits longer"),
        }
    if page.has_next():
        pager["next"] = {"url": f"?page={page.number + 1}", "label": gettext("Next page")}
    return pager


def _page(request: SignedInRequest, member: Member, name: str, context: dict[str, Any]) -> HttpResponse:
    """Render templates/exchanges/moderation/<name>.html."""
    school = member.school
    base = _base(member)
    here = {"label": gettext("To read again"), "url": "" if name == "queue" else base}
    crumbs = [{"label": school.name, "url": school.get_absolute_url()}, here]
    if name != "queue":
        crumbs.append({"label": str(context["title"]), "url": ""})
    shared = {"school": school, "member": member, "crumbs": crumbs, "base": base}
    return render(request, f"exchanges/moderation/{name}.html", shared | context)
