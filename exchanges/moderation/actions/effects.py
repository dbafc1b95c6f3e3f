"""What a decision does to a message, a discussion, a person; each a conditional change, so that one wins."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from accounts.schools.actions.standing import suspend
from exchanges.discussions import actions as discussions
from exchanges.discussions.models import Post, Topic
from exchanges.groups import actions as groups
from exchanges.moderation import policy, targets
from exchanges.moderation.actions.opening import is_opened_to
from exchanges.moderation.errors import AlreadyDecided, Gone, NameNotOpened, NotTheirs
from exchanges.moderation.models import Case, Decision, Ground
from exchanges.moderation.standing import Decider
from exchanges.moderation.targets import Target

Verb = Decision.Verb
State = Post.State
MORNING = datetime.time(7)


@dataclass(frozen=True)
class Act:
    """One decision about to be taken."""

    by: Decider
    verb: Verb
    ground: str
    words: str
    until: datetime.datetime | None
    now: datetime.datetime

    def logged_as(self, target: Target) -> tuple[str, str]:
        """Under which kind and key the log names it: beside a report, the discussion or the person."""
        if self.verb in policy.ON_TOPIC and target.topic is not None:
            return targets.TOPIC, target.topic.key
        if self.verb in policy.ON_PERSON and target.person is not None:
            group = None if self.verb == Verb.MUTE_SCHOOL else target.group
            return targets.MEMBER, targets.member_key(group, target.person)
        return target.kind, target.key


def carry_out(act: Act, target: Target, kind: str) -> None:
    """Do what the decision says. Raises AlreadyDecided, Gone, NotTheirs, NameNotOpened."""
    if act.verb in policy.ON_TOPIC:
        done = target.topic is not None and _TOPIC[act.verb](act, target.topic)
    elif act.verb in policy.ON_PERSON:
        done = _on_person(act, target)
    elif act.verb in policy.ON_REQUEST:
        done = _answer(act, target)
    elif act.verb == Verb.OPEN_NAME:
        done = not is_opened_to(act.by.key, target.school, target.key)
    elif target.post is None:
        raise NotTheirs
    elif act.verb == Verb.HIDE_MEANWHILE:
        done = _is_open(target) and discussions.hide(target.post)
    else:
        done = _judge(act, target, target.post, by_case=kind == targets.CASE)
    if not done:
        raise AlreadyDecided(targets.last_on(*act.logged_as(target), target.school))


# A message ------------------------------------------------------------------------------------------------


def _judge(act: Act, target: Target, post: Post, *, by_case: bool) -> bool:
    """Decide on a message; with a report, the case is decided first, by whoever is first."""
    if post.state in (State.WITHDRAWN, State.ERASED):
        raise Gone
    reported = target.case is not None
    if (by_case or reported) and not _decide_case(target, act.now):
        return False
    if act.verb in policy.ON_HELD:
        return _HELD[act.verb](post, act.now)
    if act.verb not in policy.verbs_on(post, is_reported=reported) or not _SHOWN[act.verb](post, act.now):
        return False
    if reported:
        discussions.mark_reported(post, None)
        if act.verb in (Verb.KEEP, Verb.WARN):
            discussions.mark_judged(post, act.now)
    return True


def _is_open(target: Target) -> bool:
    return target.case is not None and target.case.state == Case.State.OPEN


def _decide_case(target: Target, now: datetime.datetime) -> bool:
    """Only one of two gets the case: the other finds it decided."""
    case = target.case
    if case is None:
        return False
    rows = Case.objects.of_school(case.school_id).open().filter(pk=case.pk)
    return bool(rows.update(state=Case.State.DECIDED, decided=now))


def _stay(post: Post, now: datetime.datetime) -> bool:
    return post.state == State.VISIBLE or discussions.show_again(post, now)


def _hide(post: Post, now: datetime.datetime) -> bool:
    """Hidden by reports already, it stays so."""
    return post.state == State.HIDDEN or discussions.hide(post)


_HELD: dict[str, Callable[[Post, datetime.datetime], bool]] = {
    Verb.PUBLISH: discussions.publish,
    Verb.RETURN: lambda post, now: discussions.send_back(post),
}
_SHOWN: dict[str, Callable[[Post, datetime.datetime], bool]] = {
    Verb.KEEP: _stay,
    Verb.WARN: _stay,
    Verb.HIDE: _hide,
    Verb.REWRITE: lambda post, now: discussions.ask_rewrite(post),
    Verb.REMOVE: lambda post, now: discussions.remove(post),
}


# A discussion ---------------------------------------------------------------------------------------------


def _pause(act: Act, topic: Topic) -> bool:
    """Until 7:00 next day, by the school's clock (RULES §2)."""
    zone = ZoneInfo(topic.group.school.time_zone)
    tomorrow = act.now.astimezone(zone).date() + datetime.timedelta(days=1)
    until = datetime.datetime.combine(tomorrow, MORNING, zone)
    return not topic.is_paused(act.now) and discussions.pause(topic, until)


_TOPIC: dict[str, Callable[[Act, Topic], bool]] = {
    Verb.CLOSE: lambda act, topic: discussions.close(topic),
    Verb.PAUSE: _pause,
    Verb.MODERATE_FIRST: lambda act, topic: (
        not topic.moderated_first and discussions.moderate_first(topic, True)
    ),
}


# A person -------------------------------------------------------------------------------------------------


def _on_person(act: Act, target: Target) -> bool:
    """Take somebody's right to write, or their place; of who wrote without a name once it was opened."""
    person, group = target.person, target.group
    if person is None:
        raise Gone
    if target.is_anonymous and not is_opened_to(act.by.key, target.school, target.key):
        raise NameNotOpened
    if act.verb == Verb.MUTE_SCHOOL:
        assert act.until is not None  # noqa: S101 - asked before
        suspend(person, by=act.by.user, until=act.until, why=act.words or str(Ground(act.ground).label))
        return True
    if group is None:
        raise NotTheirs
    if act.verb == Verb.REMOVE_MEMBER:
        return groups.remove_member(group, person)
    assert act.until is not None  # noqa: S101 - asked before
    return groups.mute(group, person, act.until)


def _answer(act: Act, target: Target) -> bool:
    """Let somebody in who asks, or not."""
    if target.request is None:
        raise NotTheirs
    try:
        groups.answer_request(target.request, act.verb == Verb.ACCEPT, by=act.by.member, now=act.now)
    except groups.AlreadyAnswered:
        return False
    return True
