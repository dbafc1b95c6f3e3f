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
from exchanges.moderation.errors import Gone, ModerationError
from exchanges.moderation.forms import ReadingForm
from exchanges.moderation.kept import text_of, words_of
from exchanges.moderation.models import Decision, SecondReading
from exchanges.moderation.telling import is_told
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


def _own(membership: Membership | None, number: int) -> Decision:
    """A decision that this person was told of; 404 for any other, and for what is nobody's business."""
    if membership is None:
        raise Http404
    rows = Decision.objects.of_school(membership.school_id).select_related("school")
    found = rows.filter(number=number).first()
    if found is None or not is_theirs(membership, found):
        raise Http404
    first = rows.filter(number=found.reverses).first() if found.reverses else found
    if first is None or not is_told(first):
        raise Http404
    return found


def _say_asked(request: SignedInRequest, reading: SecondReading) -> None:
    if reading.outcome == SecondReading.Outcome.NOBODY:
        messages.info(request, gettext("There is nobody else who could read it again. Talk to the school."))
    else:
        messages.success(request, gettext("Your request is sent. The answer comes here and by mail."))


def _context(decision: Decision, form: ReadingForm) -> dict[str, Any]:
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
        "said": words_of(decision),
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


def _message(decision: Decision) -> tuple[Post | None, str]:
    """One's own message, and what it said when it was judged, as long as that is kept."""
    if decision.kind != targets.POST:
        return None, ""
    try:
        target = targets.of_decision(decision)
    except Gone:
        return None, ""
    text = target.post.text if target.post else ""
    return target.post, text or text_of(target) or ""


def _edit_url(decision: Decision, post: Post | None, group: Group | None) -> str:
    """Where to write it otherwise, while it waits for that."""
    if post is None or group is None or post.state not in REWRITES:
        return ""
    if post.is_anonymous and post.number is not None:
        return ""
    return reverse("edit_post", args=[decision.school.slug, group.key, post.key])


def _reading(decision: Decision, now: datetime.datetime) -> dict[str, Any]:
    """What became of it: taken back, read again, waits to be, or may be asked for."""
    rows = SecondReading.objects.of_school(decision.school_id).filter(decision=decision.number)
    reading = rows.first()
    undone = Decision.objects.of_school(decision.school_id).filter(reverses=decision.number)
    last = undone.order_by("-number").first()
    changed = targets.last_on(decision.kind, decision.object, decision.school)
    is_last = changed is None or changed.number == decision.number
    until = decision.at + SecondReading.ASKED_WITHIN
    return {
        "outcome": words.what_in_words(last) if last is not None else "",
        "outcome_when": day_in_full(last.at, decision.school) if last is not None else "",
        "reading": reading,
        "nobody": reading is not None and reading.outcome == SecondReading.Outcome.NOBODY,
        "waits_for": _waits_for(reading),
        "asked": day_in_full(reading.asked, decision.school) if reading else "",
        "may_ask": reading is None and last is None and is_last and policy.can_ask_again(decision, now),
        "ask_until": day_in_full(until, decision.school),
    }


def _waits_for(reading: SecondReading | None) -> str:
    if reading is None or reading.outcome or not reading.reader:
        return ""
    return str(READERS[SecondReading.Reader(reading.reader)])
