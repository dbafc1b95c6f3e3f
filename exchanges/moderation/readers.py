"""Who reads a second time: other facilitator, director, deputy, host moderator, in this order (RULES §4)."""

import datetime
from typing import Any

from accounts.audit.merged import keys_of
from accounts.schools.models import Membership
from exchanges.moderation import policy
from exchanges.moderation.errors import IsParty, NotTheirs
from exchanges.moderation.models import Decision, SecondReading
from exchanges.moderation.parties import is_party
from exchanges.moderation.standing import Decider
from exchanges.moderation.targets import Target
from exchanges.moderation.telling_deciders import direction_of, directors_of, host_moderators
from exchanges.moderation.waiting import facilitators_of

Reader = SecondReading.Reader


def first_readers(decision: Decision, target: Target, now: datetime.datetime) -> tuple[str, list[Any]]:
    """Return the first kind of reader of which there is somebody, and their accounts; ("", []) for nobody."""
    for reader, people in _members(decision, target, now):
        free = [one for one in people if may_read(one, decision, target)]
        if free:
            return reader, [one.user for one in free]
    hosts = [user for user in host_moderators() if user.key != decision.actor]
    return (Reader.HOST, hosts) if hosts else ("", [])


def hat_of_reader(
    by: Decider, reading: SecondReading, decision: Decision, target: Target, now: datetime.datetime
) -> str:
    """Return the hat under which `by` reads again. Raises NotTheirs, IsParty."""
    if by.host is not None:
        if reading.reader != Reader.HOST or not policy.judges_everywhere(by.host):
            raise NotTheirs
        return Decision.As.HOST
    member = by.member
    own = member.membership if member else None
    if member is None or own is None:
        raise NotTheirs
    allowed = dict(_members(decision, target, now)).get(Reader(reading.reader), [])
    if own.pk not in {one.pk for one in allowed}:
        raise NotTheirs
    if not may_read(own, decision, target):
        raise IsParty
    facilitates = reading.reader == Reader.FACILITATOR
    return Decision.As.FACILITATOR if facilitates else policy.hat_for_school(member)


def _members(
    decision: Decision, target: Target, now: datetime.datetime
) -> list[tuple[SecondReading.Reader, list[Membership]]]:
    group = target.group
    runs = facilitators_of([group], now)[group.pk] if group is not None and decision.group else []
    directors = directors_of(target.school, now)
    heads = {one.pk for one in directors}
    return [
        (Reader.FACILITATOR, [one.membership for one in runs]),
        (Reader.DIRECTOR, directors),
        (Reader.DEPUTY, [one for one in direction_of(target.school, now) if one.pk not in heads]),
    ]


def may_read(membership: Membership, decision: Decision, target: Target) -> bool:
    """Neither decider nor party, nor whoever asks."""
    if decision.actor in keys_of(membership.user.key):
        return False
    if target.person is not None and target.person.pk == membership.pk:
        return False
    return not is_party(membership, target)
