"""The page of a decision, for whom it concerns and nobody else: what, why, how to write it otherwise."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.people.requests import SignedInRequest
from accounts.schools.access import member_of
from accounts.schools.models import Membership
from exchanges.discussions.models import Post
from exchanges.groups.models import Group, whose_group
from exchanges.moderation import policy, targets, words
from exchanges.moderation.about import is_theirs
from exchanges.moderation.actions import ask_second_reading
from exchanges.moderation.errors import ModerationError
from exchanges.moderation.forms import ReadingForm
from exchanges.moderation.models import Decision, SecondReading
from exchanges.moderation.telling import is_told
from exchanges.moderation.told import told
from exchanges.moderation.wording import day_in_full

State = Post.State
REWRITES = (State.RETURNED, State.REWRITE)
READERS = {
    SecondReading.Reader.FACILITATOR: gettext_lazy("somebody else who runs the group"),
    SecondReading.Reader.DIRECTOR: gettext_lazy("the direction of the school"),
    SecondReading.Reader.DEPUTY: gettext_lazy("a deputy of the direction"),
    SecondReading.Reader.HOST: gettext_lazy("the moderator of the site"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """What was decided on something of mine; a POST asks that somebody else reads it again."""
    member = member_of(request, slug)
    found = _own(member.membership, number)
    if found.reverses:
        return redirect("decision", slug, found.reverses)
    form = ReadingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            reading = ask_second_reading(member, found, form.cleaned_data["words"])
        except ModerationError as error:
            messages.warning(request, str(error))
        else:
            _say_asked(request, reading)
        return redirect("decision", slug, number)
    return render(request, "exchanges/moderation/decision.html", _context(found, form))


def _own(membership: Membership | None, number: int) -> Any:
    """A decision that this person was told of; 404 for any other, and for what is nobody's business."""
    if membership is None:
        raise Http404
    found = told(membership.school_id, number)
    if found is None or not is_theirs(membership, found):
        raise Http404
    first = told(membership.school_id, found.reverses) if found.reverses else found
    if first is None or not is_told(first):
        raise Http404
    return found


def _say_asked(request: SignedInRequest, reading: SecondReading) -> None:
    if reading.outcome == SecondReading.Outcome.NOBODY:
        messages.info(request, gettext("There is nobody else who could read it again. Talk to the school."))
    else:
        messages.success(request, gettext("Your request is sent. The answer comes here and by mail."))


def _context(decision: Any, form: ReadingForm) -> dict[str, Any]:
    group = (
        Group.objects.of_school(decision.school_id)
        .select_related("classroom")
        .filter(key=decision.group)
        .first()
    )
    post, text = _message(decision)
    school = decision.school
    return {
        "school": school,
        "group": group,
        "whose": _whose(group),
        "crumbs": [
            {"label": school.name, "url": school.get_absolute_url()},
            {"label": gettext("A decision"), "url": ""},
        ],
        "title": _title(decision),
        "what": words.what_in_words(decision),
        "by": words.by_in_words(decision),
        "why": words.why_in_words(decision),
        "said": decision.said or "",
        "how": words.how_to_rewrite(decision),
        "when": day_in_full(decision.at, school),
        "until": day_in_full(decision.until, school) if decision.until else "",
        "text": text,
        "form": form,
        "edit_url": _edit_url(decision, post, group),
        **_reading(decision, timezone.now()),
    }


def _whose(group: Group | None) -> str:
    if group is None:
        return ""
    return whose_group(group.circle, group.classroom.name if group.classroom else "")


def _title(decision: Decision) -> str:
    titles = {
        Decision.Verb.RETURN: gettext("Your message came back to you"),
        Decision.Verb.REWRITE: gettext("You are asked to rewrite a message"),
        Decision.Verb.HIDE: gettext("Your message is hidden"),
        Decision.Verb.REMOVE: gettext("Your message was removed"),
        Decision.Verb.WARN: gettext("A warning, for you alone"),
        Decision.Verb.KEEP: gettext("Your message is shown again"),
        Decision.Verb.PUBLISH: gettext("Your message is shown"),
    }
    return titles.get(Decision.Verb(decision.verb), gettext("A decision concerns you"))


def _message(decision: Any) -> tuple[Post | None, str]:
    """One's own message, and what it said when it was judged, as long as that is kept."""
    if decision.kind != targets.POST:
        return None, ""
    post = Post.objects.of_school(decision.school_id).filter(key=decision.object).first()
    return (post, post.text or decision.judged or "") if post is not None else (None, "")


def _edit_url(decision: Decision, post: Post | None, group: Group | None) -> str:
    """Where to write it otherwise, while it waits for that."""
    if post is None or group is None or post.state not in REWRITES:
        return ""
    if post.is_anonymous and post.number is not None:
        return ""
    return reverse("edit_post", args=[decision.school.slug, group.key, post.key])


def _reading(decision: Any, now: datetime.datetime) -> dict[str, Any]:
    """What became of it: taken back, read again, waits to be, or may be asked for."""
    was_asked, undone = decision.asked is not None, decision.undone_verb is not None
    is_last = decision.latest in (None, decision.number)
    until = decision.at + SecondReading.ASKED_WITHIN
    return {
        "outcome": str(words.WHAT.get(Decision.Verb(decision.undone_verb), "")) if undone else "",
        "outcome_when": day_in_full(decision.undone_at, decision.school) if undone else "",
        "reading": was_asked,
        "nobody": decision.outcome == SecondReading.Outcome.NOBODY,
        "waits_for": "" if decision.outcome else _reader_in_words(decision.reader),
        "asked": day_in_full(decision.asked, decision.school) if was_asked else "",
        "may_ask": not was_asked and not undone and is_last and policy.can_ask_again(decision, now),
        "ask_until": day_in_full(until, decision.school),
    }


def _reader_in_words(reader: str | None) -> str:
    return str(READERS[SecondReading.Reader(reader)]) if reader else ""
