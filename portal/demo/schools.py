"""The two invented schools of the demo: their sheets, classes, lists, documents, and people by the number."""

import datetime
from dataclasses import dataclass

from portal.demo.people import COLLEGE, ECOLE


@dataclass(frozen=True)
class DemoDocument:
    """A paper of the shelf; its PDF is made when it is stored."""

    title: str
    kind: str
    readers: str
    days_old: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class DemoSchool:
    """A school as its front page tells it; no such town, street or number exists (ARCEP keeps 01 99 00)."""

    slug: str
    name: str
    level: str
    sheet: dict[str, str]
    rooms: dict[str, list[str]]
    lists: dict[str, bool]
    documents: tuple[DemoDocument, ...]
    # Other parents who are in, and adults awaited.
    members: int
    awaited: int


SCHOOLS = (
    DemoSchool(
        slug=ECOLE,
        name="Jean-Moulin",
        level="elementaire",
        sheet={
            "street": "12, rue des Tilleuls",
            "postcode": "69999",
            "town": "Vaulx-la-Rivière",
            "telephone": "01 99 00 12 34",
            "hours": "Lundi, mardi, jeudi, vendredi\n8 h 30 – 11 h 30, puis 13 h 30 – 16 h 30\n"
            "Garderie : 7 h 30 – 18 h 30",
            "gate": "Le portail ouvre dix minutes avant la classe. Après 8 h 40, sonnez à la loge.",
            "absence": "Appelez avant 9 h, ou laissez un message. Au retour, un mot dans le cahier suffit.",
            "commune_url": "https://vaulx-la-riviere.example/ecoles/",
            "holiday_zone": "A",
        },
        rooms={
            "CP A": ["CP"],
            "CP B": ["CP"],
            "CE1 A": ["CE1"],
            "CE2 A": ["CE2"],
            "CM1 A": ["CM1"],
            "CM2 B": ["CM2"],
        },
        lists={"Liste Les Tilleuls": True, "Parents indépendants": False},
        documents=(
            DemoDocument(
                "Règlement intérieur de l’école",
                "reglement",
                "everyone",
                40,
                (
                    "Voté par le conseil d’école.",
                    "Le portail ouvre à 8 h 20.",
                    "Les absences se disent par téléphone.",
                ),
            ),
            DemoDocument(
                "Procès-verbal du conseil d’école du premier trimestre",
                "proces-verbal",
                "members",
                12,
                ("Travaux de la cour.", "Classe transplantée des CM2.", "Règlement du téléphone : voté."),
            ),
            DemoDocument(
                "Protocole d’accueil des élèves malades",
                "autre",
                "staff",
                60,
                ("Pour l’équipe.", "Qui appeler, dans quel ordre."),
            ),
        ),
        members=34,
        awaited=22,
    ),
    DemoSchool(
        slug=COLLEGE,
        name="Marie-Curie",
        level="college",
        sheet={
            "street": "3, avenue du Stade",
            "postcode": "69999",
            "town": "Vaulx-la-Rivière",
            "telephone": "01 99 00 56 78",
            "hours": "Du lundi au vendredi : 8 h – 17 h. Mercredi : 8 h – 12 h.",
            "gate": "Entrée des élèves par l’avenue du Stade. Les familles sonnent à l’accueil.",
            "absence": "Appelez la vie scolaire avant 9 h.",
            "commune_url": "https://vaulx-la-riviere.example/college/",
            "holiday_zone": "A",
        },
        rooms={"6e A": ["6e"], "6e B": ["6e"], "5e A": ["5e"], "4e A": ["4e"], "3e A": ["3e"]},
        lists={"Parents indépendants": False},
        documents=(
            DemoDocument(
                "Règlement intérieur du collège",
                "reglement",
                "everyone",
                50,
                ("Voté par le conseil d’administration.", "Le téléphone reste éteint dans le sac."),
            ),
        ),
        members=12,
        awaited=9,
    ),
)

FIRST_NAMES = (
    "Alice Bilal Camille Dounia Éric Fatou Gilles Hanae Ivan Jeanne Kévin Leïla Mathieu Nour Olivier"
    " Pauline Quentin Rosa Samuel Thi-Mai Ugo Valérie William Yasmine"
).split()
LAST_NAMES = (
    "Aubert Bakari Colin Diop Esteves Faure Gomes Hubert Issa Jacquet Kaya Lopez Mercier Nguyen Ortiz Petit"
    " Quéré Renaud Sow Tessier Ünal Vidal Weber Yilmaz Zerrouki"
).split()


def crowd(first: int, count: int) -> list[tuple[str, str]]:
    """`count` invented (first name, last name), the same at each call, none twice under 600."""
    return [
        (FIRST_NAMES[n % len(FIRST_NAMES)], LAST_NAMES[(n * 7 + n // len(FIRST_NAMES)) % len(LAST_NAMES)])
        for n in range(first, first + count)
    ]


def election_day(today: datetime.date) -> datetime.date:
    """The day of October on which the last elections of parents were held."""
    day = datetime.date(today.year, 10, 9)
    return day if day <= today else datetime.date(today.year - 1, 10, 9)
