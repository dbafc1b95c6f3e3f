"""One's own message: changed, with what it was before kept for readers; taken back."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.people.requests import SignedInRequest
from accounts.schools.access import allow, allow_writing
from exchanges.discussions import actions, policy, words
from exchanges.discussions.forms import EditForm
from exchanges.discussions.models import Post, Revision
from exchanges.discussions.place import Place, place_of
from exchanges.discussions.reading import post_of
from exchanges.discussions.texts import rendered
from exchanges.discussions.views.pages import page, said, say_error
from foundation.html import HtmlError, french, plain_text


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, slug: str, gkey: str, pkey: str) -> HttpResponse:
    """Change one's text, or send again what came back."""
    place = place_of(request, slug, gkey)
    post = _own(place, pkey)
    allow_writing(place.member)
    allow(policy.can_edit(place.member, place.group, post, mine=post.mine_unnamed))
    form = EditForm(request.POST or None, place=place, post=post)
    if request.method == "POST" and form.is_ready() and _changed(request, place, post, form):
        return redirect(_where(place, post))
    context = {"form": form, "post": post, "waits": post.state in policy.MASKED}
    return page(request, place, "edit", context, *_steps(place, post), (gettext("Change my message"), ""))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, slug: str, gkey: str, pkey: str) -> HttpResponse:
    """Take one's message back: asked once, then only a line stays."""
    place = place_of(request, slug, gkey)
    post = _own(place, pkey)
    allow(policy.can_withdraw(place.member, place.group, post, mine=post.mine_unnamed))
    if request.method == "POST":
        actions.withdraw(post, by=place.member)
        said(request, gettext("Your message is taken back. Nobody reads it any more."))
        return redirect(_where(place, post))
    context = {"post": post, "text": plain_text(post.html)}
    steps = [*_steps(place, post), (gettext("Take my message back"), "")]
    return page(request, place, "withdraw", context, *steps)


@require_safe
def history(request: SignedInRequest, slug: str, gkey: str, pkey: str) -> HttpResponse:
    """What a message said before, for whoever may read it; nothing once it is not shown."""
    place = place_of(request, slug, gkey)
    post = post_of(place, pkey)
    if not post.edited or post.state != Post.State.VISIBLE:
        raise Http404
    rows = [
        {
            "title": french(revision.title),
            "html": rendered(revision.text)[0],
            "when": words.when(revision.at, place.group),
        }
        for revision in Revision.objects.filter(post=post)[:50]
    ]
    context = {"rows": rows, "post": post, "where": _where(place, post)}
    return page(request, place, "history", context, *_steps(place, post), (gettext("Earlier texts"), ""))


def _own(place: Place, pkey: str) -> Any:
    """A message that the person may know of; of others' what is not shown is not there."""
    post = post_of(place, pkey)
    mine = policy.is_own(place.member, post) or post.mine_unnamed
    if post.number is None and not mine:
        raise Http404
    return post


def _changed(request: SignedInRequest, place: Place, post: Post, form: EditForm) -> bool:
    waited = post.state in (Post.State.RETURNED, Post.State.REWRITE)
    values = form.cleaned_data
    try:
        if not actions.edit(post, values["text"], by=place.member, title=values.get("title")):
            form.add_error(
                None, gettext("This message can no longer be changed. Your text is below: copy it.")
            )
            return False
    except HtmlError as error:
        say_error(request, form, error, "text")
        return False
    if waited:
        said(request, gettext("Your message is sent again: it is read before it is shown."))
    else:
        said(request, gettext("Your message is changed."))
    return True


def _where(place: Place, post: Post) -> str:
    """Where the person finds their message, or the line of it."""
    if post.number:
        return place.at_number(post.topic, post.number)
    return place.of_topic(post.topic) if post.topic.is_visible else place.base


def _steps(place: Place, post: Post) -> list[tuple[str, str]]:
    topic = post.topic
    return [(french(topic.shown_title), place.of_topic(topic))] if topic.is_visible else []
