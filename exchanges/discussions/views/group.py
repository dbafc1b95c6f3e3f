"""A group's own page: its discussions, those pinned first, and what waits of mine."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
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
    people = facilitators_of(place.group, member.today)
    context = {
        "topics": topic_rows(place, found.topics),
        "waiting": waiting_rows(place, own_waiting(place)),
        "pager": _pager(place, found),
        "facilitators": [seat.membership.name for seat in people],
        "can_ask": policy.can_ask(member, place.group),
        "closed": why_closed(place),
        "runs": groups.can_change(member, place.group),
        "ready": [(number, one) for number, one in enumerate(ready_questions(place.group), start=1)],
        "search_url": place.optional("search_group", place.group.key),
        "links": _links(place),
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


def _links(place: Place) -> dict[str, str]:
    """The other pages of the group that are there."""
    names = {
        "card": "group_card",
        "lines": "group_lines",
        "silence": "silence_group",
        "facilitators": "group_facilitators",
        "settings": "group_settings",
        "invite": "invite_to_group",
        "requests": "group_requests",
        "leave": "leave_group",
    }
    return {key: place.optional(name, place.group.key) for key, name in names.items()}
