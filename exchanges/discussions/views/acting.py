"""Small acts of a reader, each by its button: thank, follow, name the answer, pin."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from accounts.people.requests import SignedInRequest
from accounts.schools.access import allow
from exchanges.discussions import actions, policy
from exchanges.discussions.errors import TooManyPinned
from exchanges.discussions.place import place_of
from exchanges.discussions.reading import post_of, topic_of
from exchanges.discussions.views.pages import said
from exchanges.groups.models import Group


@require_POST
def thank(request: SignedInRequest, slug: str, gkey: str, pkey: str) -> HttpResponse:
    """Tell the author, or take it back."""
    place = place_of(request, slug, gkey)
    post = post_of(place, pkey)
    if post.number is None:
        raise Http404
    allow(policy.can_thank(place.member, place.group, post) and not post.mine_unnamed)
    on = "take_back" not in request.POST
    actions.thank(post, place.person, on)
    words = gettext("Your thanks are told to the author. Nobody counts them.")
    said(request, words if on else gettext("Your thanks are taken back."))
    return redirect(place.at_number(post.topic, post.number))


@require_POST
def follow(request: SignedInRequest, slug: str, gkey: str, tkey: str) -> HttpResponse:
    """Be told of answers, or no more."""
    place = place_of(request, slug, gkey)
    topic = topic_of(place, tkey)
    allow(policy.can_follow(place.member, place.group))
    on = "stop" not in request.POST
    actions.follow(topic, place.person, on)
    if on:
        said(request, gettext("You follow this discussion."))
    else:
        said(request, gettext("You no longer follow this discussion: no mail will come of it."))
    return redirect(place.of_topic(topic))


@require_POST
def solved(request: SignedInRequest, slug: str, gkey: str, tkey: str) -> HttpResponse:
    """Name the message that is the answer; without a number there is none after all."""
    place = place_of(request, slug, gkey)
    topic = topic_of(place, tkey)
    allow(policy.can_solve(place.member, place.group, topic, topic.asked))
    number = request.POST.get("number", "")
    chosen = int(number) if number.isascii() and number.isdigit() and len(number) < 8 else None
    if actions.mark_solved(topic, chosen, by=place.member):
        said(
            request,
            gettext("Solved: the answer stands under the title.")
            if chosen
            else gettext("The question is open again."),
        )
    else:
        messages.error(request, gettext("That message cannot be the answer: it is no longer shown."))
    return redirect(place.of_topic(topic))


@require_POST
def pin(request: SignedInRequest, slug: str, gkey: str, tkey: str) -> HttpResponse:
    """Put a discussion at the head of the group, or take it down."""
    place = place_of(request, slug, gkey)
    topic = topic_of(place, tkey)
    allow(policy.can_pin(place.member, place.group))
    on = "take_down" not in request.POST
    try:
        actions.pin(topic, on, by=place.member)
    except TooManyPinned as error:
        messages.error(request, error.words)
    else:
        pinned = gettext("Pinned at the head of the group, beside %(most)d at most.")
        said(request, pinned % {"most": Group.MOST_PINNED - 1} if on else gettext("No longer pinned."))
    return redirect(place.of_topic(topic))
