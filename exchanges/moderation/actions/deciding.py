"""Decide: the first decision stands, the second person is told whose (RULES §4)."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.schools.errors import SchoolError
from accounts.schools.member import Member
from exchanges.discussions import actions as discussions
from exchanges.groups.actions import tell_group
from exchanges.moderation import log, policy, targets
from exchanges.moderation.actions.effects import Act, carry_out
from exchanges.moderation.errors import (
    CannotOpenName,
    ModerationError,
    NoGround,
    NotTheirs,
    WrongTime,
)
from exchanges.moderation.kept import keep_text, keep_words
from exchanges.moderation.models import Case, Decision, Ground
from exchanges.moderation.standing import Decider, hat_of
from exchanges.moderation.targets import Target
from exchanges.moderation.telling import is_told, tell_author
from exchanges.moderation.telling_reporters import OUTCOMES, tell_reporters

Verb = Decision.Verb


@dataclass(frozen=True)
class Outcome:
    """What became of one of many: the decision, or why there is none (with the one that stands, if any)."""

    kind: str
    object: str
    decision: Decision | None = None
    error: Exception | None = None


def decide(
    actor: Member | None,
    verb: str,
    *,
    kind: str,
    object: str,
    ground: str = "",
    words: str = "",
    until: datetime.datetime | None = None,
    now: datetime.datetime | None = None,
    by_host: Any = None,
) -> Decision:
    """Carry a decision out, log it, and tell whom it concerns.

    `kind` and `object` are those of an item of the queue ("case", "held", "request"), or "post", "topic",
    "member" with that object's key. Raises AlreadyDecided, IsParty, NotTheirs, Gone, NoGround, WrongTime,
    NameNotOpened, CannotOpenName, and what `accounts.schools` raises of a suspension.
    """
    act = Act(Decider(actor, by_host), Verb(verb), ground, words.strip(), until, now or timezone.now())
    with transaction.atomic():
        target = _locked(act.by, kind, object)
        hat = hat_of(act.by, target, act.verb, act.now)
        _check(act, target, hat)
        was = target.state
        keep_text(target, act)
        carry_out(act, target, kind)
        decision = _append(act, target, hat, was)
        if target.post is not None and is_told(decision):
            # Its author's way from the message to what was decided.
            discussions.note_decision(target.post, decision.number)
        keep_words(decision, act.words)
        tell_author(decision, target, act.now)
        _tell_reporters(decision, target, act)
        if act.verb == Verb.OPEN_NAME and target.group is not None:
            tell_group(target.group, act.verb, hat=hat)
    return decision


def decide_many(
    actor: Member | None,
    verb: str,
    things: Iterable[tuple[str, str]],
    *,
    ground: str = "",
    words: str = "",
    until: datetime.datetime | None = None,
    now: datetime.datetime | None = None,
    by_host: Any = None,
) -> list[Outcome]:
    """Take one decision on many (kind, object); each is a transaction, so that one refused stops no other."""
    said = {"ground": ground, "words": words, "until": until, "now": now, "by_host": by_host}
    outcomes = []
    for kind, key in things:
        try:
            made = decide(actor, verb, kind=kind, object=key, **said)  # type: ignore[arg-type]
            outcomes.append(Outcome(kind, key, made))
        except (ModerationError, SchoolError) as error:
            outcomes.append(Outcome(kind, key, error=error))
    return outcomes


def _tell_reporters(decision: Decision, target: Target, act: Act) -> None:
    """Those who reported, of what closes their case."""
    if target.case is not None and decision.case and act.verb in OUTCOMES:
        target.case.refresh_from_db(fields=["state"])
        if target.case.state == Case.State.DECIDED:
            tell_reporters(target.case, act.now)


def _locked(by: Decider, kind: str, key: str) -> Target:
    """Return the thing as it is once the school's log is ours. Raises Gone."""
    school = by.member.school if by.member else targets.find(kind, key, None).school
    log.lock(school)
    return targets.find(kind, key, school)


def _check(act: Act, target: Target, hat: str) -> None:
    """Ask for a reason, a time, and what only a report allows."""
    if act.ground and act.ground not in Ground.values:
        raise NoGround
    if act.verb in policy.NEEDS_GROUND and not act.ground:
        raise NoGround
    longest = policy.LONGEST.get(act.verb)
    if longest is not None and not (act.until and act.now < act.until <= act.now + longest):
        raise WrongTime
    if act.verb == Verb.OPEN_NAME:
        reported = target.case is not None or hat == policy.As.HOST
        if not (target.is_anonymous and reported and act.ground in policy.OPENS_NAME):
            raise CannotOpenName
    if act.verb == Verb.REWRITE and target.post is not None and policy.stays_as_written(target.post):
        raise NotTheirs
    if act.verb in (Verb.OPEN_TEXT, Verb.UNDO, Verb.UPHELD, Verb.REVERSED):
        raise NotTheirs


def _append(act: Act, target: Target, hat: str, was: str) -> Decision:
    kind, key = act.logged_as(target)
    person = target.person
    # The log never says who wrote without a name, nor ties a named person to such a message.
    hidden = target.is_anonymous
    names_person = person is not None and (not hidden or act.verb in policy.ON_PERSON)
    return log.append(
        target.school,
        act.verb,
        at=act.now,
        kind=kind,
        object=key,
        case=target.case.key if target.case and not (hidden and act.verb in policy.ON_PERSON) else "",
        group=target.group.key if target.group else "",
        ground=act.ground,
        actor=act.by.key,
        hat=hat,
        about=person.user.key if person is not None and names_person else "",
        was=was if kind == targets.POST else "",
        until=act.until,
    )
