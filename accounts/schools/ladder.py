"""The levels that a class holds, and the one that follows each."""

import re

from accounts.schools.models import Classroom

LADDERS = (
    ("TPS", "PS", "MS", "GS", "CP", "CE1", "CE2", "CM1", "CM2"),
    ("6E", "5E", "4E", "3E"),
    ("2DE", "1RE", "TLE"),
)


def levels_of(classroom: Classroom) -> list[str]:
    """Return the levels a class holds, read in its name where they are not stored."""
    return [level.upper().replace("È", "E") for level in classroom.levels] or levels_named(classroom.name)


def above(level: str) -> str:
    """Return the level of the year after, in the same kind of school; "" for the last."""
    for ladder in LADDERS:
        if level in ladder[:-1]:
            return ladder[ladder.index(level) + 1]
    return ""


def levels_named(name: str) -> list[str]:
    """Return the levels that a name says, in its order."""
    words = words_of(name)
    known = {level for ladder in LADDERS for level in ladder}
    return [word for word in words if word in known]


def words_of(name: str) -> list[str]:
    """Read "6eB" and "6e B" alike."""
    spaced = re.sub(r"^(\d(?:ÈME|EME|E|È))(?=[A-Z0-9])", r"\1 ", name.upper())
    return re.findall(r"\w+", spaced.replace("ÈME", "E").replace("EME", "E").replace("È", "E"))
