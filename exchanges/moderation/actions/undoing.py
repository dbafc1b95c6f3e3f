"""Take a decision back: a further row, which names the one it reverses (RULES §4)."""

import datetime
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.schools.actions.standing import lift_suspension
from accounts.schools.member import Member
from exchanges.discussions import actions as discussions
from exchanges.discussions.models import Post
from exchanges.groups import actions as groups
from exchanges.moderation import log, policy, targets
from exchanges.moderation.errors import AlreadyDecided, CannotUndo, NotTheirs
from exchanges.moderation.kept import keep_longer, text_of
from exchanges.moderation.models import Case, Decision
from exchanges.moderation.standing import Decider, hat_of
from exchanges.moderation.targets import Target
from exchanges.moderation.telling import PAGE_ONLY, is_told, take_back, tell_author
from exchanges.moderation.telling_reporters import take_back_from_reporters

Verb = Decision.Verb
State = Post.State


@transaction.atomic
def undo(
    actor: Member | None,
    decision: Decision,
    *,
    now: datetime.datetime | None = None,
    by_host: Any = None,
) -> Decision:
    """Take a decision back: things are as before, and a case is open again.

    Raises AlreadyDecided (undone, or decided again since), CannotUndo, NotTheirs, IsParty, Gone.
    """
    moment, by = now or timezone.now(), Decider(actor, by_host)
    log.lock(decision.school)
    target = targets.of_decision(decision)
    hat = _own_hat(by, decision) or hat_of(by, target, decision.verb, moment)
    if not policy.can_undo(hat, decision):
        raise NotTheirs
    refuse_if_not_last(decision)
    revert(decision, target, moment)
    _open_again(decision, target, moment)
    keep_longer(target, moment)
    row = reversing(decision, Verb.UNDO, by.key, hat, moment)
    stopped = take_back(decision)
    if is_told(decision):
        tell_author(row, target, moment, by_mail=not stopped and decision.verb not in PAGE_ONLY)
    return row


def refuse_if_not_last(decision: Decision) -> None:
    """Raise AlreadyDecided if something was decided since on the same thing."""
    last = targets.last_on(decision.kind, decision.object, decision.school)
    if last is not None and last.number != decision.number:
        raise AlreadyDecided(last)


def reversing(decision: Decision, verb: str, actor: str, hat: str, now: datetime.datetime) -> Decision:
    """Add the row that says what became of `decision`."""
    return log.append(
        decision.school,
        verb,
        at=now,
        kind=decision.kind,
        object=decision.object,
        case=decision.case,
        group=decision.group,
        actor=actor,
        hat=hat,
        about=decision.about,
        reverses=decision.number,
    )


def revert(decision: Decision, target: Target, now: datetime.datetime) -> None:
    """Put things back as they were before `decision`. Raises CannotUndo."""
    if not _BACK[decision.verb](target, decision, now):
        raise CannotUndo


# How ------------------------------------------------------------------------------------------------------


def _show(target: Target, decision: Decision, now: datetime.datetime) -> bool:
    """Show again what the decision took from sight; hidden before it, it is hidden again."""
    post = target.post
    if post is None:
        return False
    if post.state == State.HIDDEN and decision.was == State.HIDDEN:
        return True
    text = text_of(target) if post.state == State.REMOVED else None
    if not discussions.show_again(post, now, text=text):
        return False
    return decision.was != State.HIDDEN or discussions.hide(post)


def _hide_again(target: Target, decision: Decision, now: datetime.datetime) -> bool:
    """What was kept counts as not judged; hidden before it was kept, it is hidden again."""
    post = target.post
    if post is None or post.state != State.VISIBLE:
        return False
    discussions.mark_judged(post, None)
    return decision.was != State.HIDDEN or discussions.hide(post)


def _hold(target: Target, decision: Decision, now: datetime.datetime) -> bool:
    """Have a message wait to be read again."""
    post = target.post
    if post is None:
        return False
    if decision.verb == Verb.PUBLISH and not discussions.ask_rewrite(post):
        return False
    return discussions.hold_again(post)


def _let_back(target: Target, decision: Decision, now: datetime.datetime) -> bool:
    return (
        target.group is not None
        and target.person is not None
        and groups.restore_member(target.group, target.person)
    )


def _unmute(target: Target, decision: Decision, now: datetime.datetime) -> bool:
    return (
        target.group is not None and target.person is not None and groups.unmute(target.group, target.person)
    )


def _lift(target: Target, decision: Decision, now: datetime.datetime) -> bool:
    if target.person is None or target.person.suspended_until is None:
        return False
    lift_suspension(target.person, by=None)
    return True


def _on_topic(change: Callable[[Any], bool]) -> Callable[[Target, Decision, datetime.datetime], bool]:
    return lambda target, decision, now: target.topic is not None and change(target.topic)


_BACK: dict[str, Callable[[Target, Decision, datetime.datetime], bool]] = {
    Verb.PUBLISH: _hold,
    Verb.RETURN: _hold,
    Verb.KEEP: _hide_again,
    Verb.WARN: _hide_again,
    Verb.HIDE_MEANWHILE: _show,
    Verb.HIDE: _show,
    Verb.REWRITE: _show,
    Verb.REMOVE: _show,
    Verb.CLOSE: _on_topic(discussions.reopen),
    Verb.PAUSE: _on_topic(lambda topic: discussions.pause(topic, None)),
    Verb.MODERATE_FIRST: _on_topic(lambda topic: discussions.moderate_first(topic, False)),
    Verb.MUTE_GROUP: _unmute,
    Verb.MUTE_SCHOOL: _lift,
    Verb.REMOVE_MEMBER: _let_back,
}


def _own_hat(by: Decider, decision: Decision) -> str:
    """Whoever decided for the school takes it back, also where nothing waits any more for the direction."""
    mine = decision.actor == by.key and decision.hat != Decision.As.FACILITATOR
    if by.member is None or not mine or not policy.judges_for_school(by.member):
        return ""
    return policy.hat_for_school(by.member)


def _open_again(decision: Decision, target: Target, now: datetime.datetime) -> None:
    """Have the case decided anew, its clock begun again, unless a new one is open already."""
    if decision.verb not in policy.ON_REPORTED or not decision.case or target.post is None:
        return
    rows = Case.objects.of_school(decision.school_id).filter(key=decision.case, state=Case.State.DECIDED)
    try:
        with transaction.atomic():
            reopened = rows.update(state=Case.State.OPEN, decided=None, opened=now)
    except IntegrityError:
        return
    if reopened:
        take_back_from_reporters(target.case or Case(key=decision.case))
        discussions.mark_reported(target.post, now)
