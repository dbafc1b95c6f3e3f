"""From a line to the adults it names: name, address and classes; all the rest is read past."""

import re
import unicodedata
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts.families.classes import class_key, class_name, is_class, split_classes
from accounts.families.layouts import PARENT, AdultColumns, Layout
from accounts.families.records import Record
from accounts.invitations.matching import match_of

LONGEST_NAME = 60
LONGEST_EMAIL = 254
CIVILITIES = {"m": "M.", "mr": "M.", "monsieur": "M.", "mme": "Mme", "mlle": "Mme", "madame": "Mme"}
# Letters that ISO-8859-15 has and Windows-1252 reads as fractions.
LATIN_9 = str.maketrans("½¼¾", "œŒŸ")
_NO_NAME = re.compile(r"""[\d;|"<>@=/\\{}\[\]\ufffd]""")
_UTF8_TWICE = re.compile("[ÃÂÅ]")


@dataclass(slots=True)
class Adult:
    """One adult as one line gives them; `classes` are names by their keys."""

    line: int
    last_name: str
    first_name: str = ""
    civility: str = ""
    email: str = ""
    classes: dict[str, str] = field(default_factory=dict)

    @property
    def match(self) -> str:
        return match_of(self.last_name, self.first_name)


@dataclass(slots=True)
class Line:
    """What one record gave: adults, and what is wrong with it (codes of `LINE_WORDS`)."""

    number: int
    adults: list[Adult] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read_line(record: Record, layout: Layout, known: frozenset[str]) -> Line:
    """Return the adults of a record. `known` are the keys of the school's classes."""
    line = Line(record.line)
    fault = record.fault or _slipped(record.cells, layout)
    if fault:
        line.faults.append(fault)
        return line
    classes, faults = _classes(record.cells, layout, known)
    given = [columns for columns in layout.adults if _names_somebody(record.cells, columns)]
    for columns in given or layout.adults[:1]:
        adult = _adult(record, columns, faults)
        if adult is not None:
            adult.classes = dict(classes)
            line.adults.append(adult)
    if not classes and layout.hat == PARENT:
        if line.adults and "class" not in faults:
            faults.append("no_class")
        line.adults = []
    line.faults = faults
    return line


def _adult(record: Record, columns: AdultColumns, faults: list[str]) -> Adult | None:
    cells = record.cells
    last = _cell(cells, columns.usage) or _cell(cells, columns.last_name)
    first = _cell(cells, columns.first_name)
    if not last:
        faults.append("name")
        return None
    last, first = clean_name(last), clean_name(first) if first else ""
    if not last or (not first and _cell(cells, columns.first_name)):
        faults.append("signs")
        return None
    address = _cell(cells, columns.email).lower()
    email = clean_email(address)
    if address and not email:
        faults.append("email")
    civility = CIVILITIES.get(_cell(cells, columns.civility).lower().rstrip("."), "")
    return Adult(record.line, last, first, civility, email)


def _classes(cells: list[str], layout: Layout, known: frozenset[str]) -> tuple[dict[str, str], list[str]]:
    """Return the classes of a line by their keys; what is surely none is dropped without a word of it."""
    found: dict[str, str] = {}
    faults: list[str] = []
    for column in layout.class_columns(len(cells)):
        for part in split_classes(cells[column], known):
            mended = _mended(part)
            key = class_key(mended)
            if key and (key in known or is_class(mended)):
                found.setdefault(key, class_name(mended))
            elif part.strip() and "class" not in faults:
                faults.append("class")
    return found, faults


def _slipped(cells: list[str], layout: Layout) -> str:
    """Tell whether the cells have left their columns: an address must never be taken for a name."""
    for column in layout.without_letters:
        if any(sign.isalpha() for sign in _cell(cells, column)):
            return "columns"
    for column in layout.with_digits:
        cell = _cell(cells, column)
        if cell and not any(sign.isdigit() for sign in cell):
            return "columns"
    emails = {columns.email for columns in layout.adults}
    if layout.every and any("@" in cell for i, cell in enumerate(cells) if i not in emails):
        return "columns"
    return ""


def _names_somebody(cells: list[str], columns: AdultColumns) -> bool:
    return bool(_cell(cells, columns.usage) or _cell(cells, columns.last_name))


def _cell(cells: list[str], column: int | None) -> str:
    return cells[column].strip() if column is not None and column < len(cells) else ""


def clean_name(text: str) -> str:
    """Return a name as it is kept, or "" if it cannot be one: letters, and no sign of a cell that slipped."""
    name = " ".join(unicodedata.normalize("NFC", _mended(text)).split())
    if len(name) > LONGEST_NAME or _NO_NAME.search(name):
        return ""
    if not any(sign.isalpha() for sign in name) or any(_is_unseen(sign) for sign in name):
        return ""
    return name if match_of(name, "") != "|" else ""


def clean_email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        return ""
    return text if len(text) <= LONGEST_EMAIL else ""


def _mended(text: str) -> str:
    """Undo UTF-8 that whoever made the file took for Windows-1252."""
    if _UTF8_TWICE.search(text):
        try:
            return text.encode("cp1252").decode("utf-8")
        except UnicodeError:
            return text
    return text.translate(LATIN_9)


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cs", "Cn"}
