"""Under which hat somebody decides on one thing, asked again inside the act (RULES §1, §3, §4)."""

import datetime
from dataclasses import dataclass
from typing import Any

from accounts.schools.member import Member
from exchanges.groups.models import Circle, Group
from exchanges.moderation import policy
from exchanges.moderation.errors import IsParty, NotTheirs
from exchanges.moderation.escalation import is_escalated
from exchanges.moderation.models import Decision
from exchanges.moderation.parties import is_party
from exchanges.moderation.targets import MEMBER, Target

As = Decision.As


@dataclass(frozen=True)
class Decider:
    """Who decides: a member of the school, or the host moderator."""

    member: Member | None
    host: Any = None

    @property
    def key(self) -> str:
        """The key of the account, which the log holds."""
        return self.user.key

    @property
    def user(self) -> Any:
        if self.host is not None:
            return self.host
        if self.member is None or self.member.membership is None:
            raise NotTheirs
        return self.member.membership.user


def hat_of(decider: Decider, target: Target, verb: str, now: datetime.datetime) -> str:
    """Return the hat under which `decider` may take this decision. Raises NotTheirs, IsParty."""
    hats = [hat for hat in _hats(decider, target, now) if policy.may_use(hat, verb)]
    if not hats:
        raise NotTheirs
    if decider.member is not None and is_party(decider.member.membership, target):
        raise IsParty
    return hats[0]


def _hats(decider: Decider, target: Target, now: datetime.datetime) -> list[str]:
    if decider.host is not None:
        return [As.HOST] if policy.judges_everywhere(decider.host) else []
    member = decider.member
    if member is None or member.school.pk != target.school.pk:
        return []
    hats: list[str] = []
    group = with_seat(member, target.group)
    if group is not None and policy.judges_in_group(member, group):
        hats.append(As.FACILITATOR)
    if policy.judges_for_school(member) and is_for_direction(target, now):
        hats.append(policy.hat_for_school(member))
    return hats


def with_seat(member: Member, group: Group | None) -> Group | None:
    """Return the group with what the member is in it, None if it is not theirs to read."""
    if group is None:
        return None
    return Group.objects.readable_by(member).filter(pk=group.pk).first()


def is_for_direction(target: Target, now: datetime.datetime) -> bool:
    """All but what parents decide among themselves, until it is escalated."""
    if target.group is None or target.group.circle != Circle.PARENTS:
        return True
    return target.kind != MEMBER and _waits(target) and is_escalated(target, now)


def _waits(target: Target) -> bool:
    """Whether something there waits at all: nothing else of a parents’ group is the direction’s."""
    if target.case is not None:
        return True
    if target.request is not None:
        return not target.request.outcome
    return target.post is not None and target.post.state == policy.State.HELD
