"""A group's own page: its discussions, those pinned first, and what waits of mine."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from accounts.people.requests import SignedInRequest
from accounts.schools.access import member_of
from exchanges.discussions import policy
from exchanges.discussions.place import Place, in_group
from exchanges.discussions.reading import TopicPage, own_waiting, topics_page
from exchanges.discussions.ready import ready_questions
from exchanges.discussions.rows import topic_rows, waiting_rows
from exchanges.discussions.views.pages import page, page_number, why_closed
from exchanges.groups import policy as groups
from exchanges.groups.models import Group, facilitators_of


@require_safe
def group(request: SignedInRequest, slug: str, gkey: str) -> HttpResponse:
    """The topics of a group; its card to whoever may see that and has not joined."""
    member = member_of(request, slug)
    place = in_group(member, gkey)
    if place is None:
        if Group.objects.visible_to(member).filter(key=gkey).exists():
            return redirect("group_card", slug, gkey)
        raise Http404
    found = topics_page(place, page_number(request))
    asks = policy.can_ask(member, place.group)
    context = {
        "topics": topic_rows(place, found),
        "waiting": waiting_rows(place, own_waiting(place)),
        "pager": _pager(place, found),
        "here": [_here(place, asks)],
        "asks": asks,
        "closed": why_closed(place),
        "wake_url": f"{place.base}animation/",
        "ready": [] if found.topics else list(enumerate(ready_questions(place.group), start=1)),
    }
    return page(request, place, "group", context)


def _pager(place: Place, found: TopicPage) -> dict[str, object] | None:
    if found.total == 1:
        return None
    pager: dict[str, object] = {"number": found.number, "total": found.total}
    if found.number > 1:
        pager["previous"] = {
            "label": gettext("Newer discussions"),
            "url": f"{place.base}?page={found.number - 1}",
        }
    if found.number < found.total:
        pager["next"] = {
            "label": gettext("Older discussions"),
            "url": f"{place.base}?page={found.number + 1}",
        }
    return pager


def _here(place: Place, asks: bool) -> dict[str, Any]:
    """What stands around the discussions, as the tag shaped takes it."""
    people = facilitators_of(place.group, place.member.today)
    return {
        "base": place.base,
        "search_url": f"{place.base}chercher/",
        "asks": asks,
        "runs": groups.can_change(place.member, place.group),
        "facilitators": format_html_join(
            "", "<li><bdi>{}</bdi></li>", ((one.membership.name,) for one in people)
        ),
    }
