"""From a text to its records, one a person; a record that cannot be read never takes the next with it."""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from accounts.families.errors import MOST_LINES, UnreadableFile

SEPARATORS = ";\t,"
# Real lines of ONDE, with five children, stay under 1,000 signs.
LONGEST_LINE = 20_000
# An address may hold ends of line, within quotation marks.
MOST_LINES_A_RECORD = 12


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one line, numbered as an editor does; or why they cannot be read (`LINE_WORDS`)."""

    line: int
    cells: list[str] = field(repr=False)
    fault: str = ""


def records(text: Iterator[str]) -> Iterator[Record]:
    """Yield the records that are not blank, the header first.

    Raises UnreadableFile where no separator is found in the header, or there are too many lines.
    """
    lines = _Lines(text)
    separator = lines.separator()
    reader = csv.reader(lines, delimiter=separator)
    while True:
        lines.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (_NeverClosed, csv.Error):
            cells = []
        fault = lines.fault(cells)
        if fault:
            # Only the first line is lost: what was taken for the rest of it is read again.
            lines.give_back()
            reader = csv.reader(lines, delimiter=separator)
        if fault or any(cell.strip() for cell in cells):
            yield Record(lines.number, [] if fault else cells, fault)


class _NeverClosed(Exception):
    """A quotation mark still open after MOST_LINES_A_RECORD lines."""


class _Lines:
    """The lines of a text, those of the record under way kept to be given back."""

    def __init__(self, text: Iterator[str]) -> None:
        self._text = text
        self._ahead: deque[str] = deque()
        self._taken: list[str] = []
        self.number = 1

    def separator(self) -> str:
        """Return the most frequent separator of the header; a line “sep=;” of spreadsheets is skipped."""
        for line in self._text:
            bare = line.strip().lstrip("\ufeff")
            if bare[:4].lower() == "sep=" and len(bare) <= 5:
                self.number += 1
                continue
            self._ahead.append(line)
            if bare:
                found = max(SEPARATORS, key=line.count)
                if not line.count(found):
                    raise UnreadableFile("column")
                return found
        raise UnreadableFile("empty")

    def begin(self) -> None:
        """Start a record. Raises UnreadableFile past MOST_LINES."""
        self.number += len(self._taken)
        self._taken = []
        if self.number > MOST_LINES + 1:
            raise UnreadableFile("lines")

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if len(self._taken) >= MOST_LINES_A_RECORD:
            raise _NeverClosed
        line = self._ahead.popleft() if self._ahead else next(self._text)
        self._taken.append(line)
        # Cut: the reader has a limit of its own, and the line is refused by `fault`.
        return line if len(line) <= LONGEST_LINE else "\n"

    def fault(self, cells: list[str]) -> str:
        """Tell why the record just read is not one."""
        if any(len(line) > LONGEST_LINE for line in self._taken):
            return "long" if len(self._taken[0]) > LONGEST_LINE else "quote"
        if len(self._taken) > 1 and (not cells or sum(line.count('"') for line in self._taken) % 2):
            return "quote"
        if any("\0" in line for line in self._taken):
            return "nul"
        return "" if cells or not self._taken[0].strip() else "quote"

    def give_back(self) -> None:
        self._ahead.extendleft(reversed(self._taken[1:]))
        del self._taken[1:]
