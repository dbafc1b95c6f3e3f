"""From a message's own address to where it stands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.schools.access import member_of
from exchanges.discussions.models import Post, Topic
from exchanges.groups.models import Group


@require_safe
def post(request: HttpRequest, slug: str, gkey: str, tkey: str, number: int) -> HttpResponse:
    """Lead to the page and the anchor of a message by its number: no query for where it stands."""
    group = get_object_or_404(Group.objects.readable_by(member_of(request, slug)), key=gkey)
    topic = get_object_or_404(Topic.objects.filter(group=group).shown(), key=tkey, last_number__gte=number)
    page = (number - 1) // Post.PAGE + 1
    where = reverse("topic", args=[slug, group.key, topic.key])
    return redirect(f"{where}{f'?page={page}' if page > 1 else ''}#message-{number}")
