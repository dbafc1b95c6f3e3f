"""Who decides what, and who reads what a report is about; pure questions (RULES §1, §3, §4)."""

import datetime
from typing import Any

from accounts.schools import policy as school
from accounts.schools.member import Member
from accounts.schools.models import Hat
from exchanges.discussions.models import Post
from exchanges.groups import policy as groups
from exchanges.groups.models import Circle, Group, is_direction
from exchanges.moderation.models import Decision, Ground, SecondReading

Verb = Decision.Verb
As = Decision.As
State = Post.State

# What a message's own state lets one decide.
ON_HELD = (Verb.PUBLISH, Verb.RETURN)
ON_REPORTED = (Verb.KEEP, Verb.HIDE, Verb.REWRITE, Verb.REMOVE, Verb.WARN)
ON_SHOWN = (Verb.HIDE, Verb.REWRITE, Verb.REMOVE, Verb.WARN)
ON_REQUEST = (Verb.ACCEPT, Verb.REFUSE)
# Beside them, without deciding a report.
ON_TOPIC = (Verb.CLOSE, Verb.PAUSE, Verb.MODERATE_FIRST)
FACILITATORS_ONLY = (Verb.MUTE_GROUP, Verb.REMOVE_MEMBER)
DIRECTION_ONLY = (Verb.MUTE_SCHOOL, Verb.OPEN_NAME)
ON_PERSON = (*FACILITATORS_ONLY, Verb.MUTE_SCHOOL)
HOSTS = (*ON_REPORTED, Verb.OPEN_NAME)
# Told to the author with a reason: whoever decides must choose one.
NEEDS_GROUND = (
    Verb.RETURN, Verb.HIDE, Verb.REWRITE, Verb.REMOVE, Verb.WARN, Verb.OPEN_NAME, *ON_PERSON,
)  # fmt: skip
# Against which the person may ask for a second reading.
READ_AGAIN = (
    Verb.RETURN, Verb.HIDE, Verb.REWRITE, Verb.REMOVE, Verb.WARN, Verb.CLOSE, *ON_PERSON,
)  # fmt: skip
# Of which there is nothing to take back.
FINAL = (
    Verb.OPEN_NAME, Verb.OPEN_TEXT, Verb.ACCEPT, Verb.REFUSE, Verb.UNDO, Verb.UPHELD, Verb.REVERSED,
)  # fmt: skip
OPENS_NAME = (Ground.DANGER, Ground.INSULT)
LONGEST = {Verb.MUTE_GROUP: datetime.timedelta(days=7), Verb.MUTE_SCHOOL: datetime.timedelta(days=30)}
# Whose decision weighs more: who undoes it wears a hat as high.
_RANK = {As.FACILITATOR: 0, As.SECRETARY: 1, As.DEPUTY: 1, As.INTERIM: 1, As.DIRECTOR: 1, As.HOST: 2}


# Who decides ----------------------------------------------------------------------------------------------


def judges_in_group(member: Member, group: Group) -> bool:
    """A facilitator of the group, who may write."""
    return groups.can_facilitate(member, group)


def judges_for_school(member: Member) -> bool:
    """The direction and the title that was given *moderation*, while they may write."""
    return school.may_write(member) and is_direction(member)


def sees_text_for_school(member: Member, group: Group | None, *, is_escalated: bool) -> bool:
    """Whether the direction's queue shows a text: of a group of parents once it is escalated (RULES §3)."""
    if not judges_for_school(member):
        return False
    return group is None or group.circle != Circle.PARENTS or is_escalated


def judges_everywhere(person: Any) -> bool:
    """The host moderator (RULES §6)."""
    return "host_moderator" in getattr(person, "host_roles", frozenset())


def hat_for_school(member: Member) -> str:
    """Under which hat somebody of the direction decides."""
    if member.is_director:
        return As.DIRECTOR
    if member.wears(Hat.Kind.INTERIM):
        return As.INTERIM
    return As.DEPUTY if member.wears(Hat.Kind.DEPUTY) else As.SECRETARY


def may_use(hat: str, verb: str) -> bool:
    """Whether a decision is one that this hat takes: who may suspend where, who may open a name."""
    if hat == As.HOST:
        return verb in HOSTS
    if hat == As.FACILITATOR:
        return verb not in DIRECTION_ONLY
    if verb == Verb.OPEN_NAME:
        return hat in (As.DIRECTOR, As.INTERIM)
    return verb not in FACILITATORS_ONLY


def verbs_on(post: Post, *, is_reported: bool) -> tuple[str, ...]:
    """The decisions that a message's state allows."""
    if post.state == State.HELD:
        return ON_HELD
    if post.state not in (State.VISIBLE, State.HIDDEN):
        return ()
    verbs = ON_REPORTED if is_reported else ON_SHOWN
    return tuple(verb for verb in verbs if not (verb == Verb.REWRITE and stays_as_written(post)))


def stays_as_written(post: Post) -> bool:
    """Once shown, a message without a name is not changed: a further one is written (RULES §2)."""
    return post.is_anonymous


def can_hide_meanwhile(post: Post, *, is_reported: bool) -> bool:
    """Take a reported message from sight until somebody decides (RULES §4)."""
    return is_reported and post.state == State.VISIBLE


def can_undo(hat: str, decision: Decision) -> bool:
    """Take a decision back: one's own level's, or that of a lower one."""
    return (
        decision.verb not in FINAL
        and may_use(hat, decision.verb)
        and _RANK[As(hat)] >= _RANK[As(decision.hat)]
    )


# Whom it concerns -----------------------------------------------------------------------------------------


def can_ask_again(decision: Decision, now: datetime.datetime) -> bool:
    """Within 30 days, of what hurts its author."""
    return decision.verb in READ_AGAIN and now <= decision.at + SecondReading.ASKED_WITHIN


def can_read_history(member: Member) -> bool:
    """A person's decisions in the school: the direction."""
    return judges_for_school(member)
