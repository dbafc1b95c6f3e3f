"""Where a file holds what is kept of an adult: the models that schools export (DOMAIN 5), or columns chosen.

Columns are known by number, never by name: headers repeat, and rows are longer or shorter than they.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accounts.families.errors import UnreadableFile
from accounts.invitations.matching import fold
from accounts.schools.models import Hat

# Our own model: what a spreadsheet of today opens, with its accents, in columns.
MODEL_HEADER = ("Civilité", "Nom", "Prénom", "Courriel", "Classes")
PARENT, TEACHER = Hat.Kind.PARENT, Hat.Kind.TEACHER
# Whoever reads a column of children by mistake is stopped, for names; a class is always a child's.
_CHILD = ("enfant", "eleve", "naissance")
_PUPILS = ("nomeleve", "nomdeleleve", "nomdelenfant", "nomdefamilleenfant", "nomenfant", "datenaissance")
_PUPILS_ONLY = (*_PUPILS, "datedenaissance", "neele", "sexe", "ine", "cycle", "niveau")


@dataclass(frozen=True)
class AdultColumns:
    """The columns of one adult on a line, numbered from 0; `usage` is the name in use, where there is one."""

    last_name: int
    first_name: int | None = None
    usage: int | None = None
    civility: int | None = None
    email: int | None = None


@dataclass(frozen=True)
class Layout:
    """How to read the lines of a file; `hat` is what its adults are."""

    kind: str
    hat: str
    adults: tuple[AdultColumns, ...]
    classes: tuple[int, ...]
    # The columns of a child repeat every `every`, beyond the header too.
    every: int = 0
    # Telephones hold no letter, postcodes a digit: any other cell there has slipped from its column.
    without_letters: tuple[int, ...] = ()
    with_digits: tuple[int, ...] = ()
    has_titles: bool = True

    def class_columns(self, width: int) -> Iterator[int]:
        """Yield the columns of classes on a line of `width` cells."""
        if not self.every:
            yield from (column for column in self.classes if column < width)
            return
        yield from range(self.classes[0], width, self.every)


def recognise(header: Sequence[str], hat: str) -> Layout | None:
    """Return the layout of a known model, None for another file. Raises UnreadableFile for a list of pupils.

    `hat` is who is in a file of our own model; ONDE's say it themselves.
    """
    names = [fold(cell) for cell in header]
    for reader in (_onde, _ent, _teachers):
        found = reader(names)
        if found is not None:
            return found
    if {"nom", "prenom", "courriel", "classes"} <= set(names) and not set(names) & set(_PUPILS_ONLY):
        last, first, civility, email = _at(names, "nom", "prenom", "civilite", "courriel")
        adult = AdultColumns(last or 0, first, None, civility, email)
        return Layout("model", hat, (adult,), _every(names, "classes"))
    if set(names) & set(_PUPILS) and not any("resp" in name or "parent" in name for name in names):
        raise UnreadableFile("pupils")
    return None


def chosen(
    header: Sequence[str], hat: str, adults: Sequence[AdultColumns], classes: int, *, has_titles: bool
) -> Layout:
    """Return the layout of columns chosen by a person; the columns titled as that of the class are too."""
    names = [fold(cell) for cell in header]
    same: tuple[int, ...] = (classes,)
    if has_titles and classes < len(names) and names[classes]:
        same = _every(names, names[classes])
    return Layout("mapped", hat, tuple(adults), same, has_titles=has_titles)


def is_of_child(title: str) -> bool:
    """Whether a column is about a child by its title."""
    return any(word in fold(title) for word in _CHILD)


def guess(header: Sequence[str]) -> dict[str, int]:
    """Propose a column for each thing that is asked, by the titles of the file."""
    found: dict[str, int] = {}
    for column, title in enumerate(header):
        name = fold(title)
        for thing, words in GUESSES.items():
            fits = name in words or any(name.startswith(word) for word in words if len(word) > 5)
            if fits and thing not in found and (thing == "classes" or not is_of_child(title)):
                found[thing] = column
                break
    return found


GUESSES = {
    "last_name_2": ("nomresplegal2", "nomresponsable2", "nomparent2"),
    "first_name_2": ("prenomresplegal2", "prenomresponsable2", "prenomparent2"),
    "email_2": ("courrielresplegal2", "emailresplegal2", "courrielparent2", "emailparent2", "melresplegal2"),
    "last_name": ("nom", "nomdefamille", "lastname", "nomresp", "nomparent", "nomdusage", "nomusage"),
    "first_name": ("prenom", "firstname", "prenomresp", "prenomparent"),
    "email": ("courriel", "email", "mail", "mel", "adressemail", "adresseemail", "courrielresp", "emailresp"),
    "classes": ("classe", "classes", "division", "codestructure", "libelleclasse", "groupe"),
}


def _onde(names: list[str]) -> Layout | None:
    if not {"nomresponsable", "prenomresponsable", "classesenfants"} <= set(names):
        return None
    last, first, usage, civility, email = _at(
        names, "nomresponsable", "prenomresponsable", "nomusageresponsable", "civiliteresponsable", "courriel"
    )
    classes = _every(names, "classesenfants")
    phones = tuple(i for i, name in enumerate(names) if name.startswith(("telephone", "numerodeposte")))
    adult = AdultColumns(last or 0, first, usage, civility, email)
    postcodes = _every(names, "cpresponsable")
    return Layout("onde", PARENT, (adult,), classes, _step(classes, 4), phones, postcodes)


def _ent(names: list[str]) -> Layout | None:
    if not {"nom", "prenom", "classesdeleleve"} <= set(names):
        return None
    last, first, civility, email = _at(names, "nom", "prenom", "civilite", "courriel")
    classes = _every(names, "classesdeleleve")
    adult = AdultColumns(last or 0, first, None, civility, email)
    phones = tuple(i for i, name in enumerate(names) if name.startswith("telephone"))
    return Layout("ent", PARENT, (adult,), classes, _step(classes, 3), phones, _every(names, "codepostal"))


def _teachers(names: list[str]) -> Layout | None:
    if not {"nom", "prenom", "directeur", "classe"} <= set(names):
        return None
    last, first, usage, civility, email = _at(names, "nom", "prenom", "nomusage", "civilite", "courriel")
    phones = tuple(i for i, name in enumerate(names) if name.startswith("telephone"))
    adult = AdultColumns(last or 0, first, usage, civility, email)
    return Layout("teachers", TEACHER, (adult,), _every(names, "classe"), 0, phones, _every(names, "cp"))


def _at(names: list[str], *wanted: str) -> list:
    return [names.index(name) if name in names else None for name in wanted]


def _every(names: list[str], wanted: str) -> tuple[int, ...]:
    return tuple(column for column, name in enumerate(names) if name == wanted)


def _step(classes: tuple[int, ...], usual: int) -> int:
    return classes[1] - classes[0] if len(classes) > 1 else usual
