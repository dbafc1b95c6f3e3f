"""The page of a discussion: its messages by number, the answer under the title, and the form to answer."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from accounts.people.requests import SignedInRequest
from exchanges.discussions import policy, words
from exchanges.discussions.files import rows_by_post
from exchanges.discussions.forms import ReplyForm
from exchanges.discussions.messages import post_rows
from exchanges.discussions.models import Attachment, Post, Topic
from exchanges.discussions.place import Place, place_of
from exchanges.discussions.reading import MARK, Message, pages_of, posts_page, topic_of
from exchanges.discussions.views.pages import draft_of, page, page_number, why_closed
from exchanges.notifications.actions import mark_read
from foundation.html import french, plain_text


@require_safe
def topic(request: SignedInRequest, slug: str, gkey: str, tkey: str) -> HttpResponse:
    """Twenty messages; the mark of what was read moves once they are loaded."""
    place = place_of(request, slug, gkey)
    found = topic_of(place, tkey)
    number = page_number(request)
    if number > pages_of(found):
        raise Http404
    posts = posts_page(place, found, number)
    context = _shown(place, found, posts, number)
    answer_at = f"{place.of_topic(found)}repondre/"
    context |= {"reply_url": answer_at, "draft": draft_of(request, answer_at)}
    _move_mark(request, place, found, number)
    return page(request, place, "topic", context, (context["title"], ""))


def _shown(place: Place, found: Any, posts: list[Message], number: int) -> dict[str, Any]:
    on_page = [post for post in posts if post.number is None or _page_of(post.number) == number]
    rows = post_rows(place, found, on_page, _at(place.of_topic(found), number), _files(on_page))
    answers = policy.can_answer(place.member, place.group, found)
    return {
        "topic": found,
        "title": french(found.shown_title),
        "rows": rows,
        "answer": _answer(place, found, posts),
        "resume": _resume(place, found, number),
        "pager": _pager(place, found, number),
        "notes": _notes(place, found),
        "kind": words.KINDS[Topic.Kind(found.kind)],
        "resource": _resource(found),
        "closed": why_closed(place, found),
        "paused_until": words.when(found.paused_until, place.group) if found.is_paused() else "",
        "form": ReplyForm(place=place, topic=found) if answers else None,
        "follows": found.asked if found.following is None else found.following,
        "can_pin": policy.can_pin(place.member, place.group),
        "can_solve": policy.can_solve(place.member, place.group, found, found.asked),
        "base_topic": place.of_topic(found),
    }


def _page_of(number: int) -> int:
    return (number - 1) // Post.PAGE + 1


def _files(posts: list[Message]) -> dict[int, list[dict[str, Any]]]:
    """Asked for only where a message has some."""
    having = [post.pk for post in posts if post.has_files and post.state not in policy.GONE]
    if not having:
        return {}
    return rows_by_post(list(Attachment.objects.filter(post__in=having).order_by("pk")))


def _answer(place: Place, found: Any, posts: list[Message]) -> dict[str, Any]:
    """The answer, said again under « who can read »; nothing while it is not shown."""
    post = next((one for one in posts if one.number and one.number == found.solution), None)
    if post is None or post.state != Post.State.VISIBLE or found.state != Topic.State.SOLVED:
        return {}
    text = " ".join(plain_text(post.html).split())
    folded = post.folded and not post.is_anonymous
    return {
        "who": words.author_of(post.author_name or "", anonymous=post.is_anonymous),
        "text": "" if folded else (text if len(text) <= 240 else f"{text[:239].rstrip()}…"),
        "url": place.at_number(found, found.solution),
    }


def _resume(place: Place, found: Any, number: int) -> dict[str, Any]:
    """Where reading stopped, if that is further on than the head of this page."""
    if found.mark is None or not 0 < found.mark < found.last_number:
        return {}
    first = found.mark + 1
    if _page_of(first) == number and (first - 1) % Post.PAGE == 0:
        return {}
    return {"number": first, "url": place.at_number(found, first)}


def _notes(place: Place, found: Any) -> list[str]:
    notes = [gettext("begun on %(day)s") % {"day": words.day_of(found.created, place.group)}]
    if found.pinned:
        notes.append(gettext("pinned"))
    if found.is_paused():
        notes.append(gettext("paused"))
    return notes


def _resource(found: Any) -> dict[str, str]:
    if not found.resource or not found.resource_title:
        return {}
    return {"title": french(found.resource_title), "url": f"/ressources/{found.resource}/"}


def _pager(place: Place, found: Any, number: int) -> dict[str, object] | None:
    total = pages_of(found)
    if total == 1:
        return None
    here = place.of_topic(found)
    pager: dict[str, object] = {"number": number, "total": total}
    if number > 1:
        pager["previous"] = {
            "label": _label(gettext("Previous page"), number - 1, found),
            "url": _at(here, number - 1),
        }
    if number < total:
        pager["next"] = {
            "label": _label(gettext("Next page"), number + 1, found),
            "url": _at(here, number + 1),
        }
    return pager


def _at(here: str, number: int) -> str:
    return here if number == 1 else f"{here}?page={number}"


def _label(words_before: str, number: int, found: Any) -> str:
    first = (number - 1) * Post.PAGE + 1
    last = min(number * Post.PAGE, found.last_number)
    return gettext("%(page)s: messages %(first)d to %(last)d") % {
        "page": words_before,
        "first": first,
        "last": last,
    }


def _move_mark(request: SignedInRequest, place: Place, found: Any, number: int) -> None:
    """How far this page leads; a mark that is there already costs no statement."""
    read = min(number * Post.PAGE, found.last_number)
    if read > (found.mark or 0):
        mark_read(request.user, MARK, found.pk, read, timezone.now())
