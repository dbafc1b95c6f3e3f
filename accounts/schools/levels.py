"""The levels that the names of classes tell, in the school's own words."""

import re

# Of nursery, elementary, middle and high school, as schools write them in the names of classes.
LEVELS = (
    *("TPS", "PS", "MS", "GS"),
    *("CP", "CE1", "CE2", "CM1", "CM2"),
    *("6e", "5e", "4e", "3e"),
    *("2de", "1re", "Tle"),
    *("ULIS", "UPE2A", "SEGPA"),
)
_BY_FOLDED = {level.casefold(): level for level in LEVELS} | {
    "6eme": "6e",
    "5eme": "5e",
    "4eme": "4e",
    "3eme": "3e",
    "6ème": "6e",
    "5ème": "5e",
    "4ème": "4e",
    "3ème": "3e",
    "2nde": "2de",
    "1ère": "1re",
    "1ere": "1re",
}


def levels_in(name: str) -> list[str]:
    """Return the levels that the name of a class says, in its order: "CE1-CE2 B" gives CE1 and CE2."""
    words = re.split(r"[\s\-/+&.,]+", name.casefold())
    found = [_BY_FOLDED[word] for word in words if word in _BY_FOLDED]
    return list(dict.fromkeys(found))
