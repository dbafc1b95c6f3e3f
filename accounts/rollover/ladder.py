"""Which class usually follows which, to propose it: the direction decides."""

import re
from collections.abc import Iterable

from accounts.schools.models import Classroom, School

LADDERS = (
    ("TPS", "PS", "MS", "GS", "CP", "CE1", "CE2", "CM1", "CM2"),
    ("6E", "5E", "4E", "3E"),
    ("2DE", "1RE", "TLE"),
)
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


def levels_of(classroom: Classroom) -> list[str]:
    """Return the levels a class holds, read in its name where they are not stored."""
    return [level.upper().replace("È", "E") for level in classroom.levels] or _levels_in(classroom.name)


def proposal(classroom: Classroom, school: School, coming: Iterable[Classroom]) -> str:
    """Return the key of the class that `classroom` usually becomes, LEAVES, or BY_PERSON when unsure."""
    levels = levels_of(classroom)
    if len(levels) != 1:
        return BY_PERSON
    if levels[0] == LAST.get(School.Level(school.level)):
        return LEAVES
    above = _above(levels[0])
    rooms = [room for room in coming if above and levels_of(room) == [above]]
    same = [room for room in rooms if _rest(room.name) == _rest(classroom.name)]
    found = same if len(same) == 1 else rooms
    return found[0].key if len(found) == 1 else BY_PERSON


def _above(level: str) -> str:
    for ladder in LADDERS:
        if level in ladder[:-1]:
            return ladder[ladder.index(level) + 1]
    return ""


def _levels_in(name: str) -> list[str]:
    words = _words(name)
    known = {level for ladder in LADDERS for level in ladder}
    return [word for word in words if word in known]


def _rest(name: str) -> list[str]:
    levels = set(_levels_in(name))
    return [word for word in _words(name) if word not in levels]


def _words(name: str) -> list[str]:
    """Read "6eB" and "6e B" alike."""
    spaced = re.sub(r"^(\d(?:ÈME|EME|E|È))(?=[A-Z0-9])", r"\1 ", name.upper())
    return re.findall(r"\w+", spaced.replace("ÈME", "E").replace("EME", "E").replace("È", "E"))
