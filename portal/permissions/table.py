"""The questions of every `policy.py`, each with the states of what it is asked of."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.people import policy as people
from accounts.schools import policy as schools
from accounts.schools.models import Document, Hat
from portal.permissions.people import OTHER_CLASS, OWN_CLASS, Subject, subjects

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
    return [Act(f"{rule.__name__}: {label}", rule, _asked_of(rule, value)) for label, value in states]


def _asked_of(rule: Callable[..., bool], value: Any) -> Question:
    return lambda who: rule(who.member, value)


def of_person(rule: Callable[..., bool]) -> list[Act]:
    return [Act(rule.__name__, rule, lambda who: rule(who.user))]


CLASSES = (("own class", OWN_CLASS), ("another class", OTHER_CLASS))
RIGHTS = tuple((right.value, right.value) for right in Hat.Right)


def _documents() -> Iterator[Act]:
    """Each kind of readers; for classes, one's own and another."""
    rule = schools.can_read_document
    for readers in Document.Readers.values:
        document = Document(readers=readers)
        rooms = CLASSES if readers == Document.Readers.CLASSES else (("", 0),)
        for label, room in rooms:
            name = f"can_read_document: {readers} {label}".strip()

            def ask(who: Subject, document: Document = document, room: int = room) -> bool:
                return rule(who.member, document, frozenset({room}) - {0})

            yield Act(name, rule, ask)


ACTS: tuple[Act, ...] = (
    *of_person(people.is_curator),
    *of_person(people.is_operator),
    *of_person(people.can_see_people),
    Act("opens_past", people.opens_past, lambda who: people.opens_past(who.user, timezone.now())),
    *of_person(schools.can_create_school),
    *of_member(schools.is_member),
    *of_member(schools.may_write),
    *of_member(schools.holds_mandate),
    *of_member(schools.has_right, *RIGHTS),
    *of_member(schools.leads),
    *of_member(schools.can_edit_school),
    *of_member(schools.can_manage_members),
    *of_member(schools.can_give_hats),
    *of_member(schools.can_let_in, *CLASSES),
    *of_member(schools.can_see_as_parent),
    *of_member(schools.can_keep_documents),
    *_documents(),
)


def table() -> dict[str, dict[str, bool]]:
    """Return {act: {role: answer}} over the whole product."""
    people_of_roles = subjects()
    return {act.name: {role: bool(act.ask(who)) for role, who in people_of_roles.items()} for act in ACTS}


def in_text() -> str:
    """Print the table: one line an act, the roles that may; all others may not."""
    lines = [f"{len(subjects())} roles: {', '.join(subjects())}", ""]
    for act, answers in table().items():
        may = [role for role, answer in answers.items() if answer]
        lines.append(f"{act}\n    {', '.join(may) or 'nobody'}")
    return "\n".join(lines)
