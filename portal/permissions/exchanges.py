"""The questions of groups, discussions and moderation, one state changed at a time (RULES §1 to §4)."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from django.utils import timezone

from accounts.schools.member import Member
from exchanges.discussions import policy as discussions
from exchanges.discussions.models import Post, Topic
from exchanges.groups import policy as groups
from exchanges.groups.models import Circle, Group
from exchanges.moderation import policy as moderation
from exchanges.moderation.models import Decision
from portal.permissions.acts import Act, of_person, row
from portal.permissions.people import OTHER, OWN, Subject
from portal.permissions.things import SEATS, decision_by, group_of, post_in, topic_in

State = Group.State
Joining = Group.Joining
Verb = Decision.Verb
As = Decision.As
WHOSE = ("own", "other", "unnamed")

# Label → the group in question; the others are as `group_of` makes them: of parents, open, joined.
STATES: dict[str, dict[str, Any]] = {
    **{f"{circle} group": {"circle": circle} for circle in Circle.values},
    "own class": {"classroom_id": OWN},
    "another class": {"classroom_id": OTHER},
    "parents and teachers of own class": {"circle": Circle.PARENTS_TEACHERS, "classroom_id": OWN},
    "parents and teachers of another class": {"circle": Circle.PARENTS_TEACHERS, "classroom_id": OTHER},
    "suggested": {"state": State.SUGGESTED},
    "sleeping": {"state": State.SLEEPING},
    "archived": {"state": State.ARCHIVED},
    "read-only for holidays": {"is_paused": True},
}
WAYS_IN: dict[str, dict[str, Any]] = {
    "on request": {"joining": Joining.REQUEST},
    "by invitation": {"joining": Joining.INVITATION},
    "invited": {"joining": Joining.INVITATION, "is_invited": True},
    "invited where one asks": {"joining": Joining.REQUEST, "is_invited": True},
    "removed": {"was_removed": True},
    "removed, then invited": {"was_removed": True, "is_invited": True},
    "removed where one asks": {"joining": Joining.REQUEST, "was_removed": True},
    "joined already": {"seat": "member"},
}


def of_group(rule: Callable[..., Any], states: dict[str, dict[str, Any]], **base: Any) -> Iterator[Act]:
    """A row a state of the group in question."""
    for label, fields in states.items():
        group = group_of(**{**base, **fields})
        yield row(rule, label, _of(rule, group))


def of_seats(rule: Callable[..., Any], **fields: Any) -> Iterator[Act]:
    """A row for each thing one may be in a group."""
    return of_group(rule, {f"seat {seat}": {"seat": seat} for seat in SEATS}, **fields)


def of_circles(rule: Callable[..., Any]) -> Iterator[Act]:
    for circle in Circle.values:
        yield row(rule, circle, _of(rule, circle))


def _groups() -> Iterator[Act]:
    for alone in (groups.can_see_groups, groups.can_suggest, groups.can_fold, groups.can_see_every_card):
        yield row(alone, "", alone)
    yield from of_group(groups.can_know, {**STATES, "open": {}, **WAYS_IN}, seat="none")
    yield from of_group(groups.can_know, {"archived, joined": {"state": State.ARCHIVED}})
    yield from of_circles(groups.can_open)
    yield from of_circles(groups.reads_everything_in)
    yield from of_group(groups.can_take_on, STATES, seat="none", state=State.SUGGESTED)
    yield from of_group(groups.can_take_on, {"open already": {}}, seat="none")
    for rule in (groups.can_join, groups.can_ask_to_join, groups.can_join_by_address):
        joining = Joining.REQUEST if rule is groups.can_ask_to_join else Joining.OPEN
        yield from of_group(rule, STATES, seat="none", joining=joining)
        yield from of_group(rule, {"open": {}, **WAYS_IN}, seat="none")
    for rule in (groups.can_read, groups.can_write):
        yield from of_group(rule, STATES)
        yield from of_seats(rule)
    for rule in (groups.can_facilitate, groups.can_change):
        yield from of_group(rule, STATES, seat="facilitator")
        yield from of_seats(rule)
    for rule in (groups.may_become_facilitator, groups.can_wake):
        yield from of_group(rule, STATES)
        yield from of_seats(rule, state=State.SLEEPING)
    yield from of_seats(groups.can_leave)
    for seat in ("member", "muted"):
        is_muted = groups.is_muted(group_of(seat=seat))
        yield row(groups.is_muted, seat, _if(is_muted, _of(groups.can_read, group_of())))
    for readers in (9, 10):
        unnamed = groups.can_write_without_name
        yield row(unnamed, f"{readers} readers", _of(unnamed, group_of(), readers))


def _discussions() -> Iterator[Act]:
    here, run = group_of(), group_of(seat="facilitator")
    yield from of_group(discussions.can_ask, STATES)
    yield from of_seats(discussions.can_ask)
    yield from of_seats(discussions.can_pin)
    yield from of_group(discussions.can_pin, {"archived": {"state": State.ARCHIVED}}, seat="facilitator")
    yield from of_seats(discussions.can_follow)
    for state in Topic.State.values:
        yield row(discussions.can_answer, state, _of(discussions.can_answer, here, topic_in(state)))
    yield row(discussions.can_answer, "paused", _of(discussions.can_answer, here, topic_in(is_paused=True)))
    asleep = group_of(state=State.SLEEPING)
    yield row(discussions.can_answer, "sleeping group", _of(discussions.can_answer, asleep, topic_in()))
    for state in Topic.State.values:
        for label, group, whose in (
            ("asker", here, "own"),
            ("reader", here, "other"),
            ("runs", run, "other"),
        ):
            name = f"{state}, {label}"
            yield row(
                discussions.can_solve, name, _of(discussions.can_solve, group, topic_in(state, whose=whose))
            )
    unnamed = topic_in(whose="unnamed")
    for mine in (True, False):
        asked = "asked by me" if mine else "asked by another"
        yield row(
            discussions.can_solve,
            f"without a name, {asked}",
            _of(discussions.can_solve, here, unnamed, is_asker=mine),
        )
    # Sent back, written again, it waits once more; but it was read: without a name it is no longer changed.
    shown = post_in(Post.State.HELD, whose="unnamed")
    shown.number = 1
    yield row(discussions.can_edit, "held again, unnamed", _of(discussions.can_edit, here, shown, mine=True))
    yield from _messages(here, run)
    yield from _held()


def _of(rule: Callable[..., Any], *things: Any, **named: Any) -> Callable[[Member], Any]:
    return lambda member: rule(member, *things, **named)


def _if(fact: bool, ask: Callable[[Member], Any]) -> Callable[[Member], Any]:
    """What is no question about a person, asked of those whom it concerns."""
    return lambda member: fact and ask(member)


def _both(*asks: Callable[[Member], Any]) -> Callable[[Member], Any]:
    return lambda member: all(ask(member) for ask in asks)


def _messages(here: Group, run: Group) -> Iterator[Act]:
    """Each state of a message: one's own, another's, without a name."""
    rules = (discussions.can_see_post, discussions.can_thank, discussions.can_report)
    out = group_of(seat="none")
    for whose in WHOSE:
        post = post_in(whose=whose)
        yield row(discussions.is_own, whose, _of(discussions.is_own, post))
        for state in Post.State.values:
            label = f"{state}, {whose}"
            post = post_in(state, whose=whose)
            for rule in rules:
                yield row(rule, label, _of(rule, here, post))
            for seat, group in (("reader", here), ("runs", run)):
                yield row(
                    discussions.can_see_file, f"{label}, {seat}", _of(discussions.can_see_file, group, post)
                )
            for mine in (False, True) if whose == "unnamed" else (False,):
                name = f"{label}{', mine' * mine}"
                for change in (discussions.can_edit, discussions.can_withdraw):
                    yield row(change, name, _of(change, here, post, mine=mine))
    for rule in (*rules, discussions.can_see_file):
        yield row(rule, "not joined", _of(rule, out, post_in()))
    for change in (discussions.can_edit, discussions.can_withdraw):
        yield row(change, "left", _of(change, out, post_in(whose="own")))
        asleep = group_of(state=State.SLEEPING)
        yield row(change, "sleeping group", _of(change, asleep, post_in(whose="own")))


HELD: dict[str, tuple[str, str, bool, dict[str, Any]]] = {
    # label → the group's moderation, the text, whether a newcomer, what else is so.
    "newcomer": (Group.Moderation.FIRST, "x", True, {}),
    "no newcomer": (Group.Moderation.FIRST, "x", False, {}),
    "class group, newcomer": (Group.Moderation.AFTER, "x", True, {}),
    "class group, newcomer with a link": (Group.Moderation.AFTER, "https://x.example", True, {}),
    "class group, newcomer with a file": (Group.Moderation.AFTER, "x", True, {"files": [1]}),
    "class group, a link, no newcomer": (Group.Moderation.AFTER, "https://x.example", False, {}),
    "read before": (Group.Moderation.BEFORE, "x", False, {}),
    "discussion read first": (Group.Moderation.AFTER, "x", False, {"topic": Topic(moderated_first=True)}),
    "without a name": (Group.Moderation.AFTER, "x", False, {"anonymous": True}),
    "without a name, runs": (Group.Moderation.AFTER, "x", False, {"anonymous": True, "seat": "facilitator"}),
    "read before, runs": (Group.Moderation.BEFORE, "x", True, {"seat": "facilitator"}),
}


def _held() -> Iterator[Act]:
    """Whose message waits to be read, of those who may write."""
    for label, (moderated, text, is_newcomer, more) in HELD.items():
        seat = more.get("seat", "member")
        group = group_of(seat=seat, moderation=moderated)
        asked = (more.get("topic"), text, more.get("files", ()), more.get("anonymous", False), is_newcomer)
        ask = _both(_of(groups.can_write, group), _of(discussions.is_held, group, *asked))
        yield row(discussions.is_held, label, ask)


def _moderation() -> Iterator[Act]:
    yield from of_seats(moderation.judges_in_group)
    yield from of_group(moderation.judges_in_group, STATES, seat="facilitator")
    for alone in (moderation.judges_for_school, moderation.can_read_history):
        yield row(alone, "", alone)
    yield from of_person(moderation.judges_everywhere)
    for circle in Circle.values:
        for escalated in (False, True):
            label = f"{circle} {'escalated' if escalated else 'reported'}"
            ask = _of(moderation.sees_text_for_school, group_of(circle, "none"), is_escalated=escalated)
            yield row(moderation.sees_text_for_school, label, ask)
    ask = _of(moderation.sees_text_for_school, None, is_escalated=False)
    yield row(moderation.sees_text_for_school, "no group", ask)
    for hat in (As.DIRECTOR, As.INTERIM, As.DEPUTY, As.SECRETARY):
        yield row(moderation.hat_for_school, hat, _both(moderation.judges_for_school, _decides_as(hat)))
    yield from _decisions()


def hats_of(who: Subject) -> list[str]:
    """Under which hats somebody decides on an escalated case of a group that they run, if they may."""
    hats = [str(As.HOST)] if moderation.judges_everywhere(who.user) else []
    if who.member is None:
        return hats
    if moderation.judges_in_group(who.member, group_of(seat="facilitator")):
        hats.append(As.FACILITATOR)
    if moderation.judges_for_school(who.member):
        hats.append(moderation.hat_for_school(who.member))
    return hats


def _decides_as(hat: str) -> Callable[[Member], bool]:
    return lambda member: moderation.hat_for_school(member) == hat


def _by_hat(rule: Callable[..., Any], label: str, may: Callable[[str], bool]) -> Act:
    """A row of what one decides under a hat."""
    return Act(f"{rule.__name__}: {label}", rule, lambda who: any(may(hat) for hat in hats_of(who)))


def _decisions() -> Iterator[Act]:
    """What each hat may decide, in which state; what it may take back, and who asks again."""
    for verb in Verb.values:
        yield _by_hat(moderation.may_use, verb, partial(_uses, (verb,)))
    for state in Post.State.values:
        for reported in (False, True):
            post, label = post_in(state), f"{state}{', reported' * reported}"
            verbs = moderation.verbs_on(post, is_reported=reported)
            yield _by_hat(moderation.verbs_on, label, partial(_uses, verbs))
            hides = moderation.can_hide_meanwhile(post, is_reported=reported)
            meanwhile = (Verb.HIDE_MEANWHILE,) if hides else ()
            yield _by_hat(moderation.can_hide_meanwhile, label, partial(_uses, meanwhile))
    for whose in ("other", "unnamed"):
        kept = moderation.stays_as_written(post_in(whose=whose))
        sent_back = () if kept else moderation.verbs_on(post_in(whose=whose), is_reported=True)
        asks = (Verb.REWRITE,) if Verb.REWRITE in sent_back else ()
        yield _by_hat(moderation.stays_as_written, f"asked to rewrite, {whose}", partial(_uses, asks))
    taken = ((As.FACILITATOR, Verb.HIDE), (As.DIRECTOR, Verb.HIDE), (As.HOST, Verb.HIDE))
    for hat, verb in (*taken, (As.FACILITATOR, Verb.MUTE_GROUP), (As.DIRECTOR, Verb.OPEN_NAME)):
        undone = partial(moderation.can_undo, decision=decision_by(hat, verb))
        yield _by_hat(moderation.can_undo, f"{verb} by {hat}", undone)
    for label, decision in {
        **{str(verb): decision_by(As.FACILITATOR, verb) for verb in Verb.values},
        "hide, 29 days ago": decision_by(As.FACILITATOR, days_ago=29),
        "hide, 31 days ago": decision_by(As.FACILITATOR, days_ago=31),
    }.items():
        again = moderation.can_ask_again(decision, timezone.now())
        yield row(moderation.can_ask_again, label, _if(again, groups.can_fold))


def _uses(verbs: Sequence[str], hat: str) -> bool:
    return any(moderation.may_use(hat, verb) for verb in verbs)


def exchange_acts() -> tuple[Act, ...]:
    return (*_groups(), *_discussions(), *_moderation())
