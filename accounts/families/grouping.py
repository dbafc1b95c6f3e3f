"""Who is who among the adults of a file: one person on three lines, two people of one name."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from django.utils.crypto import salted_hmac

from accounts.families.adults import Adult

# Of one name, more people than these are not asked about in pairs: each keeps a slip of their own.
MOST_OF_ONE_NAME = 4


@dataclass(slots=True)
class Person:
    """One adult of a file, after the lines that are surely theirs were put together."""

    last_name: str
    first_name: str
    civility: str
    email: str
    classes: dict[str, str]
    match: str
    lines: int = 1
    # The address stands under another name too, and serves neither.
    is_shared: bool = field(default=False)

    def as_json(self) -> dict:
        """Return the adult as an ImportPlan keeps them."""
        kept = {name: getattr(self, name) for name in ("last_name", "first_name", "civility", "email")}
        return kept | {"classes": self.classes, "match": self.match, "shared": self.is_shared}

    @classmethod
    def from_json(cls, kept: dict) -> "Person":
        names = ("last_name", "first_name", "civility", "email", "classes", "match")
        return cls(**{name: kept[name] for name in names}, is_shared=kept["shared"])

    @property
    def side(self) -> str:
        """What tells this person from another of the same name: address and classes."""
        return f"{self.email}/{','.join(sorted(self.classes))}"

    def take_in(self, other: "Person") -> None:
        """Be one with `other`."""
        self.classes = other.classes | self.classes
        self.email = self.email or other.email
        self.civility = self.civility or other.civility
        self.lines += other.lines
        self.is_shared = self.is_shared or other.is_shared


def people_of(adults: Iterable[Adult]) -> list[Person]:
    """Put together the lines of one person: the same name with the same address, or with a class in common.

    The same name and class under two addresses is left apart: a human says.
    """
    merged = _Merging()
    for adult in adults:
        merged.add(
            Person(
                adult.last_name,
                adult.first_name,
                adult.civility,
                adult.email,
                adult.classes,
                adult.match,
            )
        )
    people = merged.people()
    _part_shared_addresses(people)
    return people


def homonyms(people: list[Person]) -> list[tuple[int, int]]:
    """Return the pairs of places in `people` of which a human must say whether they are one person."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, person in enumerate(people):
        places[person.match].append(place)
    groups = (found for found in places.values() if 1 < len(found) <= MOST_OF_ONE_NAME)
    return [pair for found in groups for pair in combinations(found, 2)]


def case_of(match: str, one: str, other: str) -> str:
    """Return the digest under which the answer about two sides of one name is remembered."""
    value = "|".join([match, *sorted([one, other])])
    return salted_hmac("accounts.families.homonym", value, algorithm="sha256").hexdigest()


class _Merging:
    """Union-find over people; each lookup is one dictionary, whatever the number of homonyms."""

    def __init__(self) -> None:
        self._people: list[Person] = []
        self._parents: list[int] = []
        self._by_email: dict[tuple[str, str], int] = {}
        self._by_class: dict[tuple[str, str], int] = {}

    def add(self, person: Person) -> None:
        place = len(self._people)
        self._people.append(person)
        self._parents.append(place)
        if person.email:
            known = self._by_email.setdefault((person.match, person.email), place)
            self._unite(known, place)
        for key in list(person.classes):
            known = self._by_class.setdefault((person.match, key), place)
            self._unite(known, place)

    def people(self) -> list[Person]:
        roots = (place for place, parent in enumerate(self._parents) if place == parent)
        return [self._people[place] for place in roots]

    def _root(self, place: int) -> int:
        while self._parents[place] != place:
            self._parents[place] = place = self._parents[self._parents[place]]
        return place

    def _unite(self, one: int, other: int) -> None:
        one, other = sorted((self._root(one), self._root(other)))
        first, second = self._people[one], self._people[other]
        if one == other or (first.email and second.email and first.email != second.email):
            return
        first.take_in(second)
        self._parents[other] = one
        if first.email:
            self._by_email[first.match, first.email] = one


def _part_shared_addresses(people: list[Person]) -> None:
    """An address under two names serves neither: both get a slip."""
    names: dict[str, set[str]] = defaultdict(set)
    for person in people:
        if person.email:
            names[person.email].add(person.match)
    for person in people:
        person.is_shared = len(names[person.email]) > 1 if person.email else False
