"""From a resource of the library to a group where one speaks about it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from accounts.people.requests import SignedInRequest
from accounts.schools.access import members_of
from accounts.schools.member import Member
from exchanges.discussions import policy
from exchanges.discussions.texts import resource_titles
from exchanges.groups.models import groups_read, whose_group
from foundation.html import french


@require_safe
def choose(request: SignedInRequest) -> HttpResponse:
    """List the groups in which the person may write, each leading to a form that names the resource."""
    slug = request.GET.get("ressource", "")[:80]
    title = resource_titles({slug} if slug else set()).get(slug)
    if title is None:
        raise Http404
    rows = [row for member in members_of(request.user) for row in _rows(member, slug)]
    context = {
        "rows": rows,
        "title": french(title),
        "url": f"/ressources/{slug}/",
        "schools": [
            {"name": member.school.name, "url": reverse("groups", args=[member.school.slug])}
            for member in members_of(request.user)
            if not member.is_pending
        ],
        "crumbs": [
            {"label": french(title), "url": f"/ressources/{slug}/"},
            {"label": gettext("Talk about it in a group"), "url": ""},
        ],
    }
    return render(request, "exchanges/discussions/choose.html", context)


def _rows(member: Member, slug: str) -> list[dict[str, str]]:
    groups = sorted(groups_read(member), key=lambda group: (group.name, group.pk))
    return [
        {
            "url": f"{reverse('ask', args=[member.school.slug, group.key])}?ressource={slug}",
            "name": group.name,
            "whose": whose_group(group.circle, group.classroom.name if group.classroom else ""),
            "school": member.school.name,
        }
        for group in groups
        if policy.can_ask(member, group)
    ]
