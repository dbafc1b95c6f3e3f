"""One row of the table: a rule, and what it is asked of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.permissions.people import Subject

Question = Callable[[Subject], bool]


@dataclass(frozen=True)
class Act:
    """One row: the rule it asks (module and function, for the test of completeness), and of what."""

    name: str
    rule: Callable[..., Any]
    ask: Question


def of_member(rule: Callable[..., bool], *states: tuple[str, Any]) -> list[Act]:
    """Rows of a rule about a member alone, or about a member and each of `states` (label, argument)."""
    if not states:
        return [Act(rule.__name__, rule, lambda who: rule(who.member))]
    return [Act(f"{rule.__name__}: {label}", rule, asked_of(rule, value)) for label, value in states]


def asked_of(rule: Callable[..., bool], value: Any) -> Question:
    return lambda who: rule(who.member, value)


def of_person(rule: Callable[..., bool]) -> list[Act]:
    return [Act(rule.__name__, rule, lambda who: rule(who.user))]


def row(rule: Callable[..., Any], label: str, ask: Callable[[Any], Any]) -> Act:
    """A row of a rule that is asked of members only: whoever is nobody in the school may not."""
    name = f"{rule.__name__}: {label}" if label else rule.__name__
    return Act(name, rule, lambda who: who.member is not None and bool(ask(who.member)))
