"""Whom the school knows already: awaited, refused, or in; and which of them a file names again."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from accounts.families.classes import class_key
from accounts.families.grouping import Person, case_of
from accounts.invitations.matching import fold
from accounts.invitations.models import Invitation
from accounts.schools.ladder import above, levels_of
from accounts.schools.models import Classroom, Hat, Membership, School, SchoolYear

WAITING = Invitation.State.WAITING


@dataclass(eq=False, slots=True)
class Known:
    """One person of the school: an invitation, or a membership with the invitations it came by."""

    names: set[str] = field(default_factory=set)
    emails: set[str] = field(default_factory=set)
    # Classes ever given in the year of the file, an ended hat too: an import gives none of them back.
    classes: set[str] = field(default_factory=set)
    # For a file of next year: the classes of this one, and those of next year that they usually lead to.
    before: set[str] = field(default_factory=set)
    leads_to: set[str] = field(default_factory=set)
    invitation: int | None = None
    membership: int | None = None
    state: str = WAITING
    source: str = Invitation.Source.IMPORTED

    @property
    def side(self) -> str:
        return f"{min(self.emails, default='')}/{','.join(sorted(self.all_classes))}"

    @property
    def all_classes(self) -> set[str]:
        return self.classes | self.before


class Rooms:
    """The classes of the year that a file speaks of, and how those of this year lead to them."""

    def __init__(self, school: School, hat: str, year: SchoolYear) -> None:
        both = Q(year=year) | Q(year__is_current=True)
        rooms = list(Classroom.objects.of_school(school).filter(both))
        self.is_coming = not year.is_current
        self.keys = {room.pk: class_key(room.name) for room in rooms if room.year_id == year.pk}
        self.names = {class_key(room.name): room.name for room in rooms}
        coming = [room for room in rooms if room.pk in self.keys]
        self._before = {room.pk: room for room in rooms if room.pk not in self.keys}
        self._next = {pk: _usual_next(room, coming, hat) for pk, room in self._before.items()}

    def note(self, known: Known, room: int | None) -> None:
        """Add a class that somebody has, if it is of one of the two years."""
        if room in self.keys:
            known.classes.add(self.keys[room])
        elif room in self._before:
            known.before.add(class_key(self._before[room].name))
            known.leads_to |= self._next[room]


def _usual_next(room: Classroom, coming: list[Classroom], hat: str) -> set[str]:
    """A teacher keeps the name of the class; a child goes up one level, to a class of any letter."""
    if hat == Hat.Kind.TEACHER:
        return {class_key(room.name)}
    wanted = {above(level) for level in levels_of(room)} - {""}
    return {class_key(other.name) for other in coming if wanted & set(levels_of(other))}


class KnownPeople:
    """Those of one hat in one school, as a file of `year` may name them; four queries."""

    def __init__(self, school: School, hat: str, year: SchoolYear) -> None:
        self.rooms = Rooms(school, hat, year)
        self._members = _members(school, hat, self.rooms)
        invited = _invited(school, hat, self._members)
        _add_invited_classes(school, hat, invited, self.rooms)
        self.all = list({id(known): known for known in [*invited.values(), *self._members.values()]}.values())
        self._by_name: dict[str, list[Known]] = defaultdict(list)
        for known in self.all:
            for name in known.names:
                self._by_name[name].append(known)

    def named(self, person: Person) -> list[Known]:
        """Those of the same name; a member may write first and last name in either order."""
        last, _bar, first = person.match.partition("|")
        found: dict[int, Known] = {}
        for name in (person.match, first + last, last + first):
            for known in self._by_name.get(name, ()):
                found[id(known)] = known
        return list(found.values())

    def find(self, people: list[Person]) -> dict[int, Known]:
        """Return whom each place of `people` is: by address and name, else by name and a common class."""
        found: dict[int, Known] = {}
        taken: set[int] = set()
        for is_same in (_has_address, _shares_class):
            for place, person in enumerate(people):
                if place not in found:
                    _take(place, person, self.named(person), is_same, found, taken)
        return found

    def emails_of_members(self) -> dict[str, Known]:
        return {email: known for known in self._members.values() for email in known.emails}


def answered(people: list[Person], known: KnownPeople, found: dict[int, Known], answers: dict) -> None:
    """Add to `found` those of whom a human said that they are one with somebody known."""
    taken = {id(one) for one in found.values()}
    for place, person in enumerate(people):
        for other in known.named(person) if place not in found else ():
            said_same = answers.get(case_of(person.match, person.side, other.side)) is True
            if said_same and id(other) not in taken:
                found[place] = other
                taken.add(id(other))
                break


def _take(
    place: int,
    person: Person,
    named: Iterable[Known],
    is_same: Callable[[Person, Known], bool],
    found: dict[int, Known],
    taken: set[int],
) -> None:
    for known in named:
        if id(known) not in taken and is_same(person, known):
            found[place] = known
            taken.add(id(known))
            return


def _has_address(person: Person, known: Known) -> bool:
    return bool(person.email) and person.email in known.emails


def _shares_class(person: Person, known: Known) -> bool:
    # A teacher may have no class at all.
    signs = known.classes | known.leads_to
    return not signs.isdisjoint(person.classes) or not (known.all_classes or person.classes)


def _members(school: School, hat: str, rooms: Rooms) -> dict[int, Known]:
    hats = Hat.objects.filter(membership__school=school, membership__state=Membership.State.ACTIVE, kind=hat)
    members: dict[int, Known] = {}
    for pk, name, email, room in hats.order_by("pk").values_list(
        "membership", "membership__name", "membership__user__email", "classroom"
    ):
        known = members.setdefault(pk, Known(membership=pk, state=Invitation.State.JOINED))
        known.names.add(fold(name))
        if email:
            known.emails.add(email.lower())
        rooms.note(known, room)
    return members


def _invited(school: School, hat: str, members: dict[int, Known]) -> dict[int, Known]:
    rows = Invitation.objects.of_school(school).filter(kind=hat).order_by("pk")
    invited: dict[int, Known] = {}
    for pk, match, email, state, source, membership in rows.values_list(
        "pk", "match", "email", "state", "source", "membership"
    ):
        known = members.get(membership) if state == Invitation.State.JOINED else None
        if known is None:
            known = Known(state=state)
        known.invitation, known.source = pk, source
        known.names.add(match)
        if email:
            known.emails.add(email.lower())
        invited[pk] = known
    return invited


def _add_invited_classes(school: School, hat: str, invited: dict[int, Known], rooms: Rooms) -> None:
    links = Invitation.classrooms.through.objects.filter(invitation__school=school, invitation__kind=hat)
    for invitation, room in links.order_by("pk").values_list("invitation", "classroom"):
        if invitation in invited:
            rooms.note(invited[invitation], room)
