"""What the pages of discussions have in common."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render

from accounts.people.entrance import is_shared
from accounts.people.requests import SignedInRequest
from exchanges.discussions.forms import Written
from exchanges.discussions.place import Place
from exchanges.groups import policy as groups
from exchanges.groups.models import Group


def page(
    request: SignedInRequest, place: Place, name: str, context: dict[str, Any], *steps: tuple[str, str]
) -> HttpResponse:
    """Render templates/exchanges/discussions/<name>.html for a reader of a group."""
    shared = {**place.context, "crumbs": place.crumbs(*steps), "draft": draft_of(request, request.path)}
    return render(request, f"exchanges/discussions/{name}.html", shared | context)


def draft_of(request: SignedInRequest, path: str) -> str:
    """By what name the browser keeps a text not sent yet; "" on a telephone that several use."""
    return "" if is_shared(request.session) else f"{request.user.key}:{path}"


def page_number(request: SignedInRequest) -> int:
    """The page asked for; 404 for what is no page."""
    asked = request.GET.get("page") or "1"
    if not (asked.isascii() and asked.isdigit() and 0 < int(asked[:7]) < 1_000_000):
        raise Http404
    return int(asked)


def why_closed(place: Place, topic: Any = None) -> str:
    """In which state nobody writes here, as a word for the page; "" while one may."""
    member, group = place.member, place.group
    if group.state == Group.State.ARCHIVED:
        return "archived"
    if group.state == Group.State.SLEEPING:
        return "sleeping"
    if topic is not None and topic.state == topic.State.CLOSED:
        return "closed"
    if member.is_suspended():
        return "suspended"
    if group.is_paused():
        return "paused"
    if groups.is_muted(group):
        return "muted"
    if topic is not None and topic.is_paused():
        return "topic_paused"
    return "" if groups.can_write(member, group) else "past"


def say_error(request: SignedInRequest, form: Written, error: Exception, field: str | None = None) -> None:
    """Put what an action refused beside what was typed."""
    form.add_error(field, getattr(error, "words", None) or str(error))


def said(request: SignedInRequest, *sentences: str) -> None:
    messages.success(request, " ".join(sentence for sentence in sentences if sentence))
