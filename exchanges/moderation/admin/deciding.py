"""The direction decides: one thing or many, confirmed once; takes back, hides meanwhile, has others told."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.people.requests import SignedInRequest
from exchanges.moderation import verbs, words
from exchanges.moderation.actions import undo as take_back
from exchanges.moderation.actions import warn_facilitators
from exchanges.moderation.admin.queue import admin_page, desk_of, rows_of
from exchanges.moderation.confirming import confirm, refused
from exchanges.moderation.desk import Desk, school_in
from exchanges.moderation.errors import AlreadyDecided, ModerationError
from exchanges.moderation.items import Item
from exchanges.moderation.models import Decision


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: SignedInRequest) -> HttpResponse:
    """Confirm a decision: what is read, what happens, why."""
    desk = desk_of(request)
    rows = rows_of(desk)

    def page(context: dict[str, Any]) -> HttpResponse:
        step = (gettext("To moderate"), rows.base)
        return admin_page(request, "confirm", str(context["title"]), context, step)

    return confirm(request, desk, rows, page)


@require_POST
def hide_meanwhile(request: SignedInRequest) -> HttpResponse:
    """Out of sight until somebody decides."""
    desk = desk_of(request)
    item = _item(request, desk)
    verb = Decision.Verb.HIDE_MEANWHILE
    outcome = desk.decide(request.POST["item"], verb, {"now": timezone.now()})
    if outcome.decision is None:
        messages.warning(request, refused(desk, outcome))
    else:
        messages.success(request, str(verbs.DONE[verb]))
    return redirect(f"{rows_of(desk).back_to([item])}#{item.key}")


@require_POST
def warn(request: SignedInRequest) -> HttpResponse:
    """Have those who run a group of parents told again of what waits there (RULES §3)."""
    desk = desk_of(request)
    item = _item(request, desk)
    member = desk.member(item)
    if member is None or not item.can_warn or item.is_party:
        raise Http404
    if warn_facilitators(member, item):
        messages.success(request, gettext("Those who run the group are told, at the next hour of mail."))
    else:
        messages.info(request, gettext("They were told a short while ago, or nobody runs the group."))
    return redirect(rows_of(desk).base)


@require_POST
def undo(request: SignedInRequest) -> HttpResponse:
    """Take a decision of one's school back; its row stays, and a further one says so."""
    desk = desk_of(request)
    school = school_in(desk, request.POST.get("school", ""))
    number = request.POST.get("number", "")
    wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    decision = desk.decisions().filter(school=school, number=wanted).first() if school else None
    if school is None or decision is None:
        raise Http404
    try:
        take_back(desk.members[school.pk], decision)
    except AlreadyDecided as error:
        messages.warning(request, words.already_in_words(error.decision))
    except ModerationError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, gettext("The decision is taken back: all is as before it."))
    return redirect(reverse("admin:moderation_queue"))


def _item(request: SignedInRequest, desk: Desk) -> Item:
    item = desk.by_ref.get(request.POST.get("item", ""))
    if item is None:
        raise Http404
    return item
