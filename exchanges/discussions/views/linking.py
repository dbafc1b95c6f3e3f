"""From a message's own address to where it stands."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from accounts.people.requests import SignedInRequest
from exchanges.discussions.models import Topic
from exchanges.discussions.place import place_of


@require_safe
def post(request: SignedInRequest, slug: str, gkey: str, tkey: str, number: str) -> HttpResponse:
    """Lead to the page and the anchor of a message by its number: no query for where it stands."""
    place = place_of(request, slug, gkey)
    shown = Topic.objects.filter(group=place.group).shown()
    topic = get_object_or_404(shown, key=tkey, last_number__gte=int(number))
    return redirect(place.at_number(topic, int(number)))
