"""What an import will do, worked out the same way for the preview and for the act."""

from collections import defaultdict
from dataclasses import dataclass, field

from accounts.families.grouping import Person, case_of, homonyms
from accounts.families.known import Known, KnownPeople, answered
from accounts.invitations.models import Invitation

State = Invitation.State


@dataclass(frozen=True, slots=True)
class Question:
    """Two sides of one name: (name, classes, address) of each; `case` is what the answer is kept under."""

    case: str
    one: dict
    other: dict


@dataclass
class Resolution:
    """Who is new, who gains a class or an address, who stays as they are; who of the school is not named."""

    people: list[Person] = field(default_factory=list)
    new: list[Person] = field(default_factory=list)
    # Invitations: {id: keys of classes to add}; members likewise, as hats.
    classes: dict[int, set[str]] = field(default_factory=dict)
    hats: dict[int, set[str]] = field(default_factory=dict)
    addresses: dict[int, str] = field(default_factory=dict)
    unchanged: int = 0
    # Said "this is not for me", was withdrawn, or left: named again, not invited again.
    not_again: int = 0
    without_class: int = 0
    questions: list[Question] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)


def resolve(
    people: list[Person], known: KnownPeople, answers: dict[str, bool], classes: frozenset[str]
) -> Resolution:
    """Return what importing `people` changes. `classes`: keys of those that stand or will be created.

    `answers` are {case: same}; a case without answer is two people, who get a slip each.
    """
    people = _merged(people, answers)
    found = known.find(people)
    answered(people, known, found, answers)
    done = Resolution(people=people)
    for place, person in enumerate(people):
        wanted = {key for key in person.classes if key in classes}
        # Next year, whoever has no class has no place yet.
        if not wanted and (person.classes or known.rooms.is_coming):
            done.without_class += 1
        elif place in found:
            _change(done, person, found[place], wanted)
        else:
            done.new.append(person)
    _hide_addresses_of_members(people, known, found)
    done.questions = _questions(people, known, found, answers)
    done.gone = _gone(people, known, found)
    return done


def _change(done: Resolution, person: Person, known: Known, wanted: set[str]) -> None:
    missing = wanted - known.classes
    if known.membership is not None:
        if missing:
            done.hats[known.membership] = missing
        else:
            done.unchanged += 1
        return
    if known.state != State.WAITING or known.invitation is None:
        done.not_again += 1
        return
    if missing:
        done.classes[known.invitation] = missing
    # What a person typed is not overwritten by an older list.
    is_new = bool(person.email) and person.email not in known.emails
    if is_new and (not known.emails or known.source == Invitation.Source.IMPORTED):
        done.addresses[known.invitation] = person.email
    elif not missing:
        done.unchanged += 1


def _merged(people: list[Person], answers: dict[str, bool]) -> list[Person]:
    """Put together those of whom a human said that they are one, until no answer is left to apply."""
    while True:
        said = [
            pair
            for pair in homonyms(people)
            if answers.get(case_of(people[pair[0]].match, people[pair[0]].side, people[pair[1]].side)) is True
        ]
        if not said:
            return people
        into: dict[int, int] = {}
        for one, other in said:
            first, second = into.get(one, one), into.get(other, other)
            if first != second:
                people[first].take_in(people[second])
                into |= dict.fromkeys((other, second), first)
                into |= {place: first for place, target in into.items() if target == second}
        people = [person for place, person in enumerate(people) if place not in into]


def _questions(
    people: list[Person], known: KnownPeople, found: dict[int, Known], answers: dict[str, bool]
) -> list[Question]:
    asked: list[Question] = []
    taken = {id(one) for one in found.values()}
    for one, other in homonyms(people):
        # Both known apart: this was answered, or left as two, the last time.
        if not (one in found and other in found):
            _ask(asked, people[one], _of_file(people[other]), people[other].side, answers)
    for place, person in enumerate(people):
        for other_known in known.named(person) if place not in found else ():
            if id(other_known) not in taken and other_known.state in {State.WAITING, State.JOINED}:
                _ask(asked, person, _of_school(person, other_known, known), other_known.side, answers)
    return asked


def _ask(asked: list[Question], person: Person, other: dict, side: str, answers: dict[str, bool]) -> None:
    case = case_of(person.match, person.side, side)
    if case not in answers:
        asked.append(Question(case, _of_file(person), other))


def _of_file(person: Person) -> dict:
    name = " ".join(part for part in (person.first_name, person.last_name) if part)
    return {"name": name, "classes": sorted(person.classes.values()), "email": person.email, "known": False}


def _of_school(person: Person, known: Known, people: KnownPeople) -> dict:
    rooms = [people.rooms.names[key] for key in known.all_classes]
    return {"name": _of_file(person)["name"], "classes": sorted(rooms), "email": "", "known": True}


def _hide_addresses_of_members(people: list[Person], known: KnownPeople, found: dict[int, Known]) -> None:
    """An address by which somebody of another name is in already serves the newcomer no more."""
    taken = known.emails_of_members()
    for place, person in enumerate(people):
        owner = taken.get(person.email)
        if owner is not None and owner is not found.get(place) and place not in found:
            person.email, person.is_shared = "", True


def _gone(people: list[Person], known: KnownPeople, found: dict[int, Known]) -> list[int]:
    """Return the invitations of the file's classes that no line names: told, never removed."""
    named = {key for person in people for key in person.classes}
    seen = {id(one) for one in found.values()}
    rows = (one for one in known.all if id(one) not in seen and one.state in {State.WAITING, State.JOINED})
    return [
        one.invitation for one in rows if one.invitation is not None and one.classes and one.classes <= named
    ]


def shared_addresses(people: list[Person]) -> dict[str, list[Person]]:
    """Return who stands under each address that is given to two names."""
    found: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        if person.is_shared and person.email:
            found[person.email].append(person)
    return found
