"""Confirm a decision on one thing or on many: what is read, what happens, then who was faster is told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from accounts.people import proof
from accounts.people.requests import SignedInRequest
from exchanges.moderation import verbs, words
from exchanges.moderation.actions import Outcome
from exchanges.moderation.desk import READING, TOGETHER, Desk, digest_of, ref_of
from exchanges.moderation.errors import AlreadyDecided, Gone, IsParty, NotTheirs
from exchanges.moderation.forms import DecisionForm
from exchanges.moderation.items import Item
from exchanges.moderation.models import Decision, Ground
from exchanges.moderation.rows import Rows

CHOSEN = "_selected_action"
Page = Callable[[dict[str, Any]], HttpResponse]


@dataclass
class Chosen:
    """What was chosen, as it stands now on the desk."""

    verb: str
    refs: list[str]
    items: list[Item]
    # Chosen, but another decision is theirs.
    others: list[Item]
    gone: list[str]


def confirm(request: SignedInRequest, desk: Desk, rows: Rows, page: Page) -> HttpResponse:
    """Show what is decided, then decide; `page` renders what stands between."""
    chosen = _chosen(request, desk, rows.base)
    if isinstance(chosen, HttpResponse):
        return chosen
    form = DecisionForm(
        request.POST if request.method == "POST" else None,
        verb=chosen.verb,
        initial={"ground": _likely(chosen.items)},
    )
    changed = False
    if request.method == "POST" and form.is_valid():
        changed = _is_stale(request, chosen)
        if not changed:
            if chosen.verb in verbs.WEIGHTY and not proof.is_fresh(request):
                return proof.ask_for_proof(request)
            return _decide(request, desk, chosen, form, rows.back_to(chosen.items))
    desk.show(chosen.items)
    return page(_context(chosen, form, rows) | {"changed": changed})


def _chosen(request: SignedInRequest, desk: Desk, back: str) -> Chosen | HttpResponse:
    """What the page asks for: 404 for what is no decision or of no desk of one's own."""
    asked = request.POST if request.method == "POST" else request.GET
    verb, refs = asked.get("decision", ""), list(dict.fromkeys(asked.getlist(CHOSEN)))
    if not refs or not verb:
        messages.info(request, gettext("Choose at least one line, and a decision."))
        return redirect(back)
    if verb not in verbs.LABELS or verb in verbs.ONE_TAP:
        raise Http404
    if len(refs) > TOGETHER:
        messages.info(request, gettext("Choose a hundred lines at most."))
        return redirect(back)
    found = [desk.by_ref[ref] for ref in refs if ref in desk.by_ref]
    able = [item for item in found if verb in (*item.decisions, *item.beside) or _opened(desk, item, verb)]
    gone = [ref for ref in refs if ref not in desk.by_ref]
    others = [item for item in found if item not in able]
    chosen = Chosen(verb, refs, able, others, gone)
    if request.method == "GET" and not able:
        _say_why_not(request, desk, chosen)
        return redirect(back)
    return chosen


def _opened(desk: Desk, item: Item, verb: str) -> bool:
    """Of who wrote without a name something is decided once this person opened it."""
    if item.post is None or not item.post.is_anonymous:
        return False
    return bool(desk.open_names([item], desk.beside([item]).opened)) and verb in item.beside


def _say_why_not(request: SignedInRequest, desk: Desk, chosen: Chosen) -> None:
    """Decided meanwhile, or not to be decided so; 404 for what never was on this desk."""
    decisions = [desk.standing(ref) for ref in chosen.gone]
    if not chosen.others and not any(decisions):
        raise Http404
    lines = [words.already_in_words(decision) for decision in decisions if decision is not None]
    for line in dict.fromkeys([*lines, *(_why_not(item) for item in chosen.others)]):
        messages.warning(request, line)


def _why_not(item: Item) -> str:
    if item.is_party:
        return str(IsParty.message)
    return gettext("This decision cannot be taken there, or is not yours to take.")


def _is_stale(request: SignedInRequest, chosen: Chosen) -> bool:
    """Whether a text was changed after it was read."""
    seen = set(request.POST.getlist("seen"))
    return any(_seen(item) not in seen for item in chosen.items)


def _seen(item: Item) -> str:
    return f"{ref_of(item)}={digest_of(item)}"


def _likely(items: list[Item]) -> str:
    """The reason chosen beforehand: the one that was reported, if it is the same for all."""
    said = {reason for item in items for reason in item.grounds[:1]}
    codes = [ground for ground in Ground if str(ground.label) in said]
    return codes[0].value if len(codes) == 1 else ""


def _chosen_reason(form: DecisionForm) -> str:
    """The reason chosen beforehand, in words: it is enough to press the button."""
    code = form["ground"].value() if "ground" in form.fields else ""
    return str(Ground(code).label) if code in Ground.values else ""


def _context(chosen: Chosen, form: DecisionForm, rows: Rows) -> dict[str, Any]:
    count = len(chosen.items)
    states = {item.post.state if item.post else "" for item in chosen.items}
    label = verbs.label_of(chosen.verb, states.pop() if len(states) == 1 else "")
    many = ngettext("%(decision)s: %(count)d line", "%(decision)s: %(count)d lines", count)
    asked = many if count > 1 else gettext("%(decision)s?")
    return {
        "title": asked % {"decision": label, "count": count},
        "label": label,
        "form": form,
        "likely": _chosen_reason(form),
        "verb": chosen.verb,
        "happens": verbs.HAPPENS[chosen.verb],
        "told": verbs.needs_ground(chosen.verb) and chosen.verb != Decision.Verb.OPEN_NAME,
        "danger": chosen.verb in (Decision.Verb.REMOVE, Decision.Verb.REMOVE_MEMBER, Decision.Verb.REFUSE),
        "rows": rows.of(chosen.items),
        "others": rows.of(chosen.others),
        "refs": [ref_of(item) for item in chosen.items],
        "seen": [_seen(item) for item in chosen.items],
        "gone": len(chosen.gone),
        "back": rows.back_to(chosen.items),
        "is_reading": any(item.kind == READING for item in chosen.items),
    }


def _decide(
    request: SignedInRequest, desk: Desk, chosen: Chosen, form: DecisionForm, back: str
) -> HttpResponse:
    """Decide each by itself; whoever was faster, or what stood in the way, is said line by line."""
    said = form.said(timezone.now())
    refs = [*(ref_of(item) for item in chosen.items), *chosen.gone]
    outcomes = [(ref, desk.decide(ref, chosen.verb, said)) for ref in refs]
    done = [outcome for _ref, outcome in outcomes if outcome.decision is not None]
    if done:
        _say_done(request, chosen.verb, len(done))
    lines = [refused(desk, outcome, ref) for ref, outcome in outcomes if outcome.decision is None]
    for line in dict.fromkeys([*lines, *(_why_not(item) for item in chosen.others)]):
        messages.warning(request, line)
    return redirect(back)


def _say_done(request: SignedInRequest, verb: str, count: int) -> None:
    sentence = str(verbs.DONE[verb])
    if count > 1:
        line = ngettext("%(count)d time: %(what)s", "%(count)d times: %(what)s", count)
        sentence = line % {"count": count, "what": sentence}
    messages.success(request, sentence)


def refused(desk: Desk, outcome: Outcome, ref: str = "") -> str:
    """Whose decision stands, where one does; otherwise what stood in the way."""
    error = outcome.error
    if isinstance(error, AlreadyDecided):
        return words.already_in_words(error.decision)
    standing = desk.standing(ref) if isinstance(error, (NotTheirs, Gone)) else None
    if standing is not None:
        return words.already_in_words(standing)
    return getattr(error, "words", None) or str(error)
