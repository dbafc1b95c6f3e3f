"""What became of a report, for whoever made it and nobody else: not who wrote, nor what others reported."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from accounts.people.requests import SignedInRequest
from accounts.schools.access import member_of
from accounts.schools.member import Member
from exchanges.discussions.models import Post
from exchanges.groups.models import Group
from exchanges.moderation.models import Case, Report
from exchanges.moderation.telling_reporters import outcome_of
from exchanges.moderation.wording import day_in_full


@require_safe
def what_i_reported(request: SignedInRequest, slug: str, case: str) -> HttpResponse:
    """One's own report: when, what became of it, what one may do next."""
    member = member_of(request, slug)
    reports = Report.objects.of_school(member.school).filter(case__key=case, reporter__isnull=False)
    row: Any = get_object_or_404(reports.select_related("case__school"), reporter=member.membership)
    found, school = row.case, row.case.school
    context = _where(member, found) | {
        "school": school,
        "crumbs": [
            {"label": school.name, "url": school.get_absolute_url()},
            {"label": gettext("My report"), "url": ""},
        ],
        "reported": day_in_full(row.at, school),
        "outcome": outcome_of(found),
        "decided": day_in_full(found.decided, school) if found.decided else "",
        "illegal_url": reverse("report_illegal"),
    }
    return render(request, "exchanges/moderation/what_i_reported.html", context)


def _where(member: Member, case: Case) -> dict[str, str]:
    """Of which group and day the message is, and the way to it, while this person still reads there.

    Never its words, nor the title of its discussion, which a hidden first message takes along.
    """
    groups: Any = Group.objects.readable_by(member)
    group = groups.filter(pk=case.group_id).first()
    if group is None:
        return {}
    posts = Post.objects.of_group(group).lines().select_related("topic")
    post = posts.filter(key=case.object).first()
    if post is None:
        return {}
    where = [member.school.slug, group.key, post.topic.key, post.number]
    written = day_in_full(post.created, member.school)
    return {"of_group": group.name, "written": written, "discussion_url": reverse("post", args=where)}
