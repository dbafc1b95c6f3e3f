"""Which class usually follows which, to propose it: the direction decides."""

from collections.abc import Iterable

from accounts.schools.ladder import above, levels_named, levels_of, words_of
from accounts.schools.models import Classroom, School

# The last level of a school: who ends it leaves.
LAST = {
    School.Level.MATERNELLE: "GS",
    School.Level.ELEMENTAIRE: "CM2",
    School.Level.PRIMAIRE: "CM2",
    School.Level.COLLEGE: "3E",
    School.Level.LYCEE: "TLE",
}
BY_PERSON = ""
LEAVES = "leaves"


def proposal(classroom: Classroom, school: School, coming: Iterable[Classroom]) -> str:
    """Return the key of the class that `classroom` usually becomes, LEAVES, or BY_PERSON when unsure."""
    levels = levels_of(classroom)
    if len(levels) != 1:
        return BY_PERSON
    if levels[0] == LAST.get(School.Level(school.level)):
        return LEAVES
    next_level = above(levels[0])
    rooms = [room for room in coming if next_level and levels_of(room) == [next_level]]
    same = [room for room in rooms if _rest(room.name) == _rest(classroom.name)]
    found = same if len(same) == 1 else rooms
    return found[0].key if len(found) == 1 else BY_PERSON


def _rest(name: str) -> list[str]:
    levels = set(levels_named(name))
    return [word for word in words_of(name) if word not in levels]
