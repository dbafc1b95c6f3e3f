"""What the host's own roles may do; pure questions about a person."""

import datetime
from typing import Any, Protocol

# The host moderator is a curator too (DESIGN §1).
CURATOR_ROLES = frozenset({"curator", "host_moderator"})


class Person(Protocol):
    """What a rule needs to know of whoever asks."""

    @property
    def is_authenticated(self) -> bool: ...


def _roles(person: Person) -> frozenset[str]:
    return getattr(person, "host_roles", frozenset())


def is_curator(person: Person) -> bool:
    """The host moderator is a curator too (DESIGN §1)."""
    return bool(_roles(person) & CURATOR_ROLES)


def is_operator(person: Person) -> bool:
    return "operator" in _roles(person)


def can_see_people(person: Person) -> bool:
    """Accounts and host roles are the operator's; a school's people come with its own policy."""
    return is_operator(person)


def opens_past(person: Any, now: datetime.datetime) -> bool:
    """Own messages, requests and private groups stay shut for 72 hours after a reissued slip (DESIGN §6)."""
    return person.is_authenticated and person.past_is_open(now)
