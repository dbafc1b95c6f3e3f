"""Ask and answer: the form, the question asked back, and what the person reads once it is sent."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from accounts.people.requests import SignedInRequest
from accounts.schools.access import allow, allow_writing
from exchanges.discussions import actions, policy, words
from exchanges.discussions.errors import CannotWrite, SentOther
from exchanges.discussions.files import HEAVIEST_FORM
from exchanges.discussions.forms import AskForm, MessageForm, ReplyForm
from exchanges.discussions.models import Post, Topic
from exchanges.discussions.place import Place, place_of
from exchanges.discussions.reading import topic_of
from exchanges.discussions.ready import ready_questions
from exchanges.discussions.texts import resource_titles
from exchanges.discussions.views.pages import page, said, say_error
from foundation.html import HtmlError, french, plain_text
from foundation.uploads.receiving import takes_body_of


@takes_body_of(HEAVIEST_FORM)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest, slug: str, gkey: str) -> HttpResponse:
    """Begin a discussion."""
    place = place_of(request, slug, gkey)
    allow_writing(place.member)
    allow(policy.can_ask(place.member, place.group))
    form = AskForm(*_typed(request), place=place, initial=_ready(request, place))
    if request.method == "POST" and form.is_ready():
        post = _sent(
            request, form, lambda: actions.ask(place.member, place.group, form.values, form.attached)
        )
        if post is not None:
            return _after_asking(request, place, post)
    wanted = str(form["ressource"].value() or "")
    context = {"form": form, "resource": _resource(wanted), "first": not form.is_bound}
    return page(request, place, "ask", context, (gettext("Ask a question"), ""))


@takes_body_of(HEAVIEST_FORM)
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: SignedInRequest, slug: str, gkey: str, tkey: str) -> HttpResponse:
    """Answer under a discussion, on a page of its own: where one cites, and where something is to correct."""
    place = place_of(request, slug, gkey)
    topic = topic_of(place, tkey)
    allow_writing(place.member)
    cited = _cited(request, topic)
    form = ReplyForm(*_typed(request), place=place, topic=topic, initial={"quotes": cited and cited.number})
    if request.method != "POST":
        allow(policy.can_answer(place.member, place.group, topic))
    elif form.is_ready():
        post = _sent(request, form, lambda: actions.reply(place.member, topic, form.values, form.attached))
        if post is not None:
            return _after_reply(request, place, post)
    context = {"form": form, "topic": topic, "title": french(topic.shown_title), "cited": _told(cited)}
    steps = ((french(topic.shown_title), place.of_topic(topic)), (gettext("Answer"), ""))
    return page(request, place, "reply", context, *steps)


def _typed(request: SignedInRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _sent(request: SignedInRequest, form: MessageForm, act: Callable[[], Post]) -> Post | None:
    """Store the message; what is refused stands beside what was typed."""
    try:
        return act()
    except SentOther as error:
        form.ask_which(error.post)
        say_error(request, form, error)
    except CannotWrite as error:
        say_error(request, form, error)
    except HtmlError as error:
        say_error(request, form, error, "text")
    return None


def _after_asking(request: SignedInRequest, place: Place, post: Post) -> HttpResponse:
    if post.number is None:
        said(request, _held(post))
        return redirect(place.base)
    told = words.first_answer(place.group, timezone.now())
    mailed = gettext("The first answer will be sent to you (%(when)s).") % {"when": told}
    here = gettext("The first answer will wait for you on this page.")
    said(request, words.readers_see(place.group, place.readers), mailed if request.user.email else here)
    return redirect(place.of_topic(post.topic))


def _after_reply(request: SignedInRequest, place: Place, post: Post) -> HttpResponse:
    if post.number is None:
        said(request, _held(post))
        return redirect(place.of_topic(post.topic))
    said(request, gettext("Your answer is shown."), words.readers_see(place.group, place.readers))
    return redirect(place.at_number(post.topic, post.number))


def _held(post: Post) -> str:
    if post.is_anonymous:
        return gettext(
            "Somebody who runs the group reads your message before it is shown, without knowing who wrote it."
            " It stays on this page until then."
        )
    return gettext(
        "Somebody who runs the group reads your message before it is shown. It stays on this page until then."
    )


def _ready(request: SignedInRequest, place: Place) -> dict[str, Any]:
    """What stands in the form at first: one of three ready questions, a resource to speak about."""
    initial: dict[str, Any] = {"ressource": request.GET.get("ressource", "")[:80]}
    if request.GET.get("nature") in Topic.Kind.values:
        initial["kind"] = request.GET["nature"]
    asked = request.GET.get("depart", "")
    if asked in {"1", "2", "3"}:
        one = ready_questions(place.group)[int(asked) - 1]
        initial |= {"title": str(one.title), "text": str(one.text), "kind": one.kind}
    resource = _resource(cast(str, initial["ressource"]))
    if resource:
        initial |= {"title": _about(resource["title"]), "kind": Topic.Kind.RESOURCE}
    return initial


def _about(title: str) -> str:
    return (gettext("To read: “%(title)s”") % {"title": title})[:120]


def _resource(slug: str) -> dict[str, str]:
    """The published resource a discussion starts from, to show under the form."""
    title = resource_titles({slug} if slug else set()).get(slug)
    return {"slug": slug, "title": french(title), "url": f"/ressources/{slug}/"} if title else {}


def _cited(request: SignedInRequest, topic: Any) -> Post | None:
    asked = request.POST.get("quotes") or request.GET.get("citer") or ""
    if not (asked.isascii() and asked.isdigit() and len(asked) < 8):
        return None
    shown = Post.objects.of_topic(topic).visible().select_related("author")
    return shown.filter(number=int(asked)).first()


def _told(cited: Post | None) -> dict[str, str]:
    if cited is None:
        return {}
    name = cited.author.name if cited.author else ""
    return {
        "who": words.author_of(name, anonymous=cited.is_anonymous),
        "text": " ".join(plain_text(cited.html).split())[:160],
    }
