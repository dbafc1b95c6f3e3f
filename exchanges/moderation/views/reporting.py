"""Say that a message hurts: what is wrong, who is told of it, and whom to call in danger."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from accounts.people.requests import SignedInRequest
from accounts.schools.access import allow, member_of
from accounts.schools.member import Member
from exchanges.discussions import policy as discussions
from exchanges.discussions.actions import person_of
from exchanges.discussions.models import Post, Topic
from exchanges.groups.models import Circle, Group, whose_group
from exchanges.moderation.actions import report
from exchanges.moderation.forms import ReportForm
from exchanges.moderation.models import Ground
from foundation.html import french, plain_text
from foundation.limits.actions import take

DONE = "fait"


@require_http_methods(["GET", "HEAD", "POST"])
def report_post(request: SignedInRequest, slug: str, gkey: str, tkey: str, number: int) -> HttpResponse:
    """Report a message of a group that one reads."""
    member = member_of(request, slug)
    post = _post(member, gkey, tkey, number)
    if request.method != "POST" and request.GET.get(DONE) in Ground.values:
        return _page(request, member, post, "reported", {"ground": request.GET[DONE]})
    if post.state != Post.State.VISIBLE:
        messages.info(request, gettext("This message is no longer shown: there is nothing to report."))
        return redirect(_topic_url(post))
    allow(discussions.can_report(member, post.topic.group, post) and not _is_mine(member, post))
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        take("report", target=request.user.key)
        ground = form.cleaned_data["ground"]
        report(member, post, ground, form.cleaned_data["words"])
        return redirect(f"{request.path}?{DONE}={ground}")
    return _page(request, member, post, "report", {"form": form})


def _post(member: Member, gkey: str, tkey: str, number: int) -> Post:
    """A message of a group that one reads, by its number; 404 for any other."""
    group: Any = get_object_or_404(Group.objects.readable_by(member).select_related("classroom"), key=gkey)
    # Known already: no rule asks the database for it again.
    group.school = member.school
    topic: Any = get_object_or_404(Topic.objects.filter(group=group).shown(), key=tkey)
    topic.group = group
    post = Post.objects.of_topic(topic).select_related("author").filter(number=number).first()
    if post is None:
        raise Http404
    post.topic = topic
    return post


def _is_mine(member: Member, post: Post) -> bool:
    """Written by this person, also without their name: nothing else of that is asked, or told."""
    author = person_of(post) if post.is_anonymous else None
    return author is not None and member.membership is not None and author.pk == member.membership.pk


def _topic_url(post: Post) -> str:
    group = post.topic.group
    return reverse("post", args=[group.school.slug, group.key, post.topic.key, post.number])


def _page(
    request: SignedInRequest, member: Member, post: Post, name: str, context: dict[str, Any]
) -> HttpResponse:
    topic, group = post.topic, post.topic.group
    room = group.classroom.name if group.classroom else ""
    base = reverse("group", args=[member.school.slug, group.key])
    shared = {
        "school": member.school,
        "group": group,
        "whose": whose_group(group.circle, room),
        "among_parents": group.circle == Circle.PARENTS,
        "back": _topic_url(post),
        "text": plain_text(post.html) if post.state == Post.State.VISIBLE else "",
        "who": _author(post),
        "is_danger": context.get("ground") == Ground.DANGER,
        "crumbs": [
            {"label": group.name, "url": base},
            {"label": french(topic.shown_title), "url": _topic_url(post)},
            {"label": gettext("Report a message"), "url": ""},
        ],
    }
    return render(request, f"exchanges/moderation/{name}.html", shared | context)


def _author(post: Post) -> str:
    if post.is_anonymous:
        return gettext("The person who asks")
    return post.author.name if post.author else gettext("Somebody who left")
