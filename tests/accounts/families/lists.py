"""Lists of families as schools export them, with invented people (headers: DOMAIN 5)."""

from collections.abc import Sequence

HEAD_1 = (
    "Civilité Responsable;Nom usage responsable;Nom responsable;Prénom responsable;Adresse responsable;"
    "CP responsable;Commune responsable;Pays;Courriel;Téléphone domicile;Téléphone travail;Téléphone portable"
).split(";")
HEAD_2 = [*HEAD_1[:11], "Numéro de poste", HEAD_1[11]]
CHILD = ["Nom d'usage enfant", "Nom de famille enfant", "Prénom enfant", "Classes enfants"]
ENT = "Nom*;Prénom*;Adresse;Code postal;Ville;Pays;Courriel;Téléphone".split(";")
ENT_CHILD = ["Nom de l'élève", "Prénom de l'élève", "Classes de l'élève"]
TEACHERS = (
    "Civilité;Nom usage;Nom;Prénom;Adresse;CP;Commune;Pays;Courriel;Téléphone domicile;Téléphone portable;"
    "Directeur;Classe"
).split(";")

# Nothing of these may be found anywhere after an import; no adult shares one of them.
CHILD_VALUES = [
    "ZÉPHYRIN",
    "Capucine-Xenia",
    "Wilhelmine",
    "QUETZALCOATL",
    "17 venelle des Oubliettes",
    "0199887766",
    "0788665544",
]


def parent(
    last: str,
    first: str = "",
    *classes: str,
    email: str = "",
    civility: str = "MME",
    usage: str = "",
    variant: int = 1,
    street: str = "17 venelle des Oubliettes",
) -> list[str]:
    """One line of ONDE *responsables*; each class is that of one child."""
    adult = [civility, usage, last, first, street, "01999", "Vaulx-la-Rivière", "FRANCE", email]
    phones = ["0199887766", "", "0788665544"] if variant == 1 else ["0199887766", "", "", "0788665544"]
    children = [cell for room in classes for cell in ("", "ZÉPHYRIN", "Capucine-Xenia", room)]
    return [*adult, *phones, *children]


def onde(*rows: Sequence[str], variant: int = 1, children: int = 2) -> list[Sequence[str]]:
    """Rows under the header of ONDE *responsables*, its four child columns repeated."""
    return [[*(HEAD_1 if variant == 1 else HEAD_2), *CHILD * children], *rows]


def ent(*rows: Sequence[str], children: int = 2) -> list[Sequence[str]]:
    return [[*ENT, *ENT_CHILD * children], *rows]


def teachers(*rows: Sequence[str]) -> list[Sequence[str]]:
    return [TEACHERS, *rows]


def teacher(last: str, first: str, room: str = "", *, email: str = "", directs: str = "Non") -> list[str]:
    return ["M.", "", last, first, "3 rue du Puits", "01999", "Vaulx", "FRANCE", email, "", "", directs, room]


def as_bytes(
    rows: Sequence[Sequence[str]],
    *,
    encoding: str = "utf-8",
    ends: str = "\r\n",
    separator: str = ";",
    quoted: bool = False,
) -> bytes:
    """Write the file as an export does; a cell with the separator in it is always quoted."""

    def cell(text: str) -> str:
        if quoted or any(sign in text for sign in (separator, '"', "\n", "\r")):
            return '"' + text.replace('"', '""') + '"'
        return text

    text = "".join(separator.join(map(cell, row)) + ends for row in rows)
    return text.encode(encoding)
