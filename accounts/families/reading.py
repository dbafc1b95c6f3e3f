"""Read a list from beginning to end, line after line, and keep what an import may keep of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from accounts.families.adults import Adult, read_line
from accounts.families.decoding import open_text
from accounts.families.errors import MOST_NEW_CLASSES, UnreadableFile
from accounts.families.grouping import Person, people_of
from accounts.families.layouts import Layout, recognise
from accounts.families.records import Record, records

# Lines told by number for each reason; past these, how many more.
LINES_TOLD = 20


class UnknownColumns(Exception):
    """A list that no model fits: a human says which column is which. `titles` are shown, never kept."""

    def __init__(self, titles: list[str]) -> None:
        super().__init__()
        self.titles = titles


@dataclass
class Reading:
    """What a file gave. `faults`: {code: {"count", "lines"}}; `new_classes`: names by keys."""

    layout: Layout
    people: list[Person] = field(default_factory=list)
    lines: int = 0
    adults: int = 0
    faults: dict[str, dict] = field(default_factory=dict)
    new_classes: dict[str, str] = field(default_factory=dict)

    @property
    def duplicates(self) -> int:
        return self.adults - len(self.people)


def read_list(
    content: bytes,
    hat: str,
    known: frozenset[str],
    choose: Callable[[list[str]], Layout] | None = None,
) -> Reading:
    """Return the adults of a file. `known`: keys of the school's classes; `choose` makes a layout of titles.

    Raises UnreadableFile, or UnknownColumns where no model fits and nobody chose.
    """
    found = records(open_text(content))
    header = _header(found)
    layout = choose(header.cells) if choose else recognise(header.cells, hat)
    if layout is None:
        raise UnknownColumns(header.cells)
    reading = Reading(layout)
    rows = found if layout.has_titles else chain([header], found)
    reading.people = people_of(_adults(reading, rows, known))
    if not reading.lines:
        raise UnreadableFile("nobody")
    for person in reading.people:
        reading.new_classes |= {key: name for key, name in person.classes.items() if key not in known}
    if len(reading.new_classes) > MOST_NEW_CLASSES:
        raise UnreadableFile("classes")
    return reading


def _header(found: Iterator[Record]) -> Record:
    header = next(found, None)
    if header is None or header.fault == "nul":
        raise UnreadableFile("binary" if header else "empty")
    if header.fault or len(header.cells) < 2:
        raise UnreadableFile("column")
    if not all(cell.replace("\n", "").replace("\ufeff", "").isprintable() for cell in header.cells):
        raise UnreadableFile("binary")
    return header


def _adults(reading: Reading, rows: Iterator[Record], known: frozenset[str]) -> Iterator[Adult]:
    for record in rows:
        reading.lines += 1
        line = read_line(record, reading.layout, known)
        for code in dict.fromkeys(line.faults):
            fault = reading.faults.setdefault(code, {"count": 0, "lines": []})
            fault["count"] += 1
            if len(fault["lines"]) < LINES_TOLD:
                fault["lines"].append(line.number)
        reading.adults += len(line.adults)
        yield from line.adults
