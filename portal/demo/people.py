"""Who can be tried in the demo: one invented person for each key of DESIGN §8, and two more."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ECOLE = "jean-moulin"
COLLEGE = "marie-curie"


@dataclass(frozen=True)
class Place:
    """What a person is in one school: hats of `kinds`, those of a class for each of `rooms`."""

    school: str
    kinds: tuple[str, ...]
    rooms: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    # Of an elected parent: the name of the list.
    parent_list: str = ""
    pending: bool = False


@dataclass(frozen=True)
class DemoPerson:
    """A made-up person: no address of theirs exists (RFC 2606, .invalid)."""

    key: str
    name: str
    what: str | Promise
    places: Sequence[Place] = field(default=())
    host_role: str = ""
    language: str = "fr"
    has_email: bool = True
    # May not write for this long, and is told why.
    suspended: datetime.timedelta | None = None
    why: str = ""

    @property
    def username(self) -> str:
        return f"demo-{self.key}"

    @property
    def directs(self) -> str:
        """The school this person heads, or ""."""
        return next((place.school for place in self.places if "director" in place.kinds), "")

    @property
    def email(self) -> str:
        return f"{self.key}@demo.invalid" if self.has_email else ""


def _at_ecole(*kinds: str, rooms: tuple[str, ...] = (), **rest: tuple[str, ...]) -> tuple[Place, ...]:
    return (Place(ECOLE, kinds, rooms, **rest),)  # type: ignore[arg-type]


PEOPLE = (
    DemoPerson(
        "parent",
        "Amina Belkacem",
        _("A parent of two classes of the école."),
        _at_ecole("parent", rooms=("CE1 A", "CM2 B")),
    ),
    DemoPerson(
        "parent-ar",
        "Youssef Haddad",
        _("A parent who reads in Arabic."),
        _at_ecole("parent", rooms=("CP A",)),
        language="ar",
    ),
    DemoPerson(
        "parent-papier",
        "Josiane Perrin",
        _("A parent without an e-mail address: news comes on paper."),
        _at_ecole("parent", rooms=("CE2 A",)),
        has_email=False,
    ),
    DemoPerson(
        "parent-deux",
        "Léa Dubois",
        _("A parent at the école and at the collège."),
        (Place(ECOLE, ("parent",), ("CP B",)), Place(COLLEGE, ("parent",), ("5e A",))),
    ),
    DemoPerson(
        "proche",
        "Monique Belkacem",
        _("A grandmother, invited by a parent: she reads, until July."),
        _at_ecole("proche", rooms=("CE1 A",)),
    ),
    DemoPerson(
        "elue",
        "Inès Da Costa",
        _("An elected parent of the école."),
        (Place(ECOLE, ("parent", "elected"), ("CM2 B",), parent_list="Liste Les Tilleuls"),),
    ),
    DemoPerson(
        "animatrice",
        "Lucie Morel",
        _("A parent who will lead a group of parents."),
        _at_ecole("parent", rooms=("CE1 A",)),
    ),
    DemoPerson(
        "enseignant",
        "Tomasz Nowak",
        _("Teaches a class of the école."),
        _at_ecole("teacher", rooms=("CM2 B",)),
    ),
    DemoPerson("directrice", "Claire Le Goff", _("Heads the école."), _at_ecole("director")),
    DemoPerson(
        "adjointe",
        "Nadia Ferhat",
        _("Deputy: people, announcements, agenda and documents, until July."),
        _at_ecole("deputy", rights=("members", "announcements", "agenda", "documents")),
    ),
    DemoPerson(
        "secretaire",
        "Patricia Roux",
        _("Secretary: people and slips, until July."),
        _at_ecole("secretary", rights=("members",)),
    ),
    DemoPerson(
        "aide", "Jean-Luc Marchand", _("A helper: types for somebody who is there."), _at_ecole("helper")
    ),
    DemoPerson(
        "suspendu",
        "Bruno Keller",
        _("A parent who may not write for a month."),
        _at_ecole("parent", rooms=("CP A",)),
        suspended=datetime.timedelta(days=29),
        why="Deux messages blessants, après un premier rappel.",
    ),
    DemoPerson(
        "attente",
        "Mehdi Rahmani",
        _("Came with a class code and waits to be let in."),
        (Place(ECOLE, ("parent",), ("CE1 A",), pending=True),),
    ),
    DemoPerson(
        "curatrice",
        "Claire Fontaine",
        _("Writes the library's pages and reads others' again."),
        host_role="curator",
    ),
    DemoPerson(
        "curateur",
        "Marc Delorme",
        _("Does the same, and moderates for the host."),
        host_role="host_moderator",
    ),
    DemoPerson(
        "operatrice", "Odile Martin", _("Runs the server: health, people, roles."), host_role="operator"
    ),
    DemoPerson(
        "parent-b", "Sofia Mendes", _("A parent of the collège."), (Place(COLLEGE, ("parent",), ("6e A",)),)
    ),
    DemoPerson(
        "elu-b",
        "Hervé Lambert",
        _("An elected parent of the collège."),
        (Place(COLLEGE, ("parent", "elected"), ("4e A",), parent_list="Parents indépendants"),),
    ),
    DemoPerson(
        "enseignante-b",
        "Aïssatou Diallo",
        _("Teaches a class of the collège."),
        (Place(COLLEGE, ("teacher",), ("6e A",)),),
    ),
    DemoPerson("principal-b", "Philippe Garnier", _("Heads the collège."), (Place(COLLEGE, ("director",)),)),
)
BY_KEY = {person.key: person for person in PEOPLE}
