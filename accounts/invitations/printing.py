"""What stands on the paper: slips in piles, class posters (LOOK §6.19). No code is kept."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from accounts.invitations.awaited import FAMILY, TEAM, in_piles
from accounts.invitations.codes import grouped
from accounts.invitations.models import Invitation
from accounts.schools.models import Hat, School

LONG = 50
VERY_LONG = 90
JOIN_PATH = "/rejoindre/"
# "Help in …", each in its own language: what families look for on a paper they cannot read.
HELP_IN = {
    "ar": "مساعدة بالعربية",
    "bg": "Помощ на български",
    "de": "Hilfe auf Deutsch",
    "el": "Βοήθεια στα ελληνικά",
    "en": "Help in English",
    "es": "Ayuda en español",
    "fa": "کمک به فارسی",
    "hr": "Pomoć na hrvatskom",
    "hy": "Օգնություն հայերեն",
    "it": "Aiuto in italiano",
    "ka": "დახმარება ქართულად",
    "nl": "Hulp in het Nederlands",
    "pl": "Pomoc po polsku",
    "pt": "Ajuda em português",
    "ro": "Ajutor în română",
    "ru": "Помощь на русском",
    "sq": "Ndihmë në shqip",
    "sr": "Помоћ на српском",
    "tr": "Türkçe yardım",
    "uk": "Допомога українською",
    "vi": "Trợ giúp bằng tiếng Việt",
    "zh": "中文帮助",
}
RIGHT_TO_LEFT = {"ar", "fa"}


@dataclass(frozen=True)
class PrintedSlip:
    """One paper: for whom, of which classes, with which code."""

    name: str
    classes: str
    code: str
    qr: SafeString
    for_family: bool

    @property
    def is_long(self) -> bool:
        """Whether name and classes need smaller letters."""
        return len(self.name) + len(self.classes) > LONG

    @property
    def is_very_long(self) -> bool:
        """Whether they would push the rest off the paper even so."""
        return len(self.name) + len(self.classes) > VERY_LONG


@dataclass(frozen=True)
class Pile:
    """The papers of one class, in the order of last names, as they lie on the sheets."""

    key: str
    name: str
    names: tuple[str, ...]
    sheets: tuple[tuple[PrintedSlip | None, ...], ...]

    @property
    def count(self) -> int:
        return len(self.names)


@dataclass(frozen=True)
class HelpPhrase:
    """A word of help in a language that families of the school speak."""

    language: str
    direction: str
    text: str


def qr_of(code: str) -> SafeString:
    """Return the square that opens the page of joining; the code stands in the fragment, never sent."""
    square = segno.make(f"{settings.SITE_URL}{JOIN_PATH}#{code}", error="m", micro=False)
    return mark_safe(square.svg_inline(border=0, omitsize=True, svgclass=None, lineclass=None))


def address() -> str:
    """Return the address as people type it."""
    return settings.SITE_URL.partition("://")[2] + JOIN_PATH.rstrip("/")


def slip_of(name: str, classes: Iterable[str], code: str, *, for_family: bool = True) -> PrintedSlip:
    # "CE1 A" stays on one line.
    rooms = ", ".join(room.replace(" ", "\u00a0") for room in classes)
    return PrintedSlip(name, rooms, grouped(code), qr_of(code), for_family)


def piles_of(pairs: Iterable[tuple[Invitation, str]], *, two_a_sheet: bool) -> list[Pile]:
    """Return the papers class by class, in the school's order of classes, the team's last."""
    codes = {invitation.pk: (invitation, code) for invitation, code in pairs}
    rooms: dict[str, str] = {}
    places: dict[str, tuple] = {}
    for invitation, _code in codes.values():
        for room in invitation.classrooms.all():
            rooms[room.key], places[room.key] = room.name, (room.position, room.name)
    piles = in_piles(invitation for invitation, _code in codes.values())
    order = sorted(piles, key=lambda key: (key == TEAM, places.get(key, ())))
    return [
        _pile(key, rooms.get(key, gettext("School team")), piles[key], codes, two_a_sheet) for key in order
    ]


def helper_line(school: School, now: datetime.datetime | None = None) -> dict[str, object]:
    """Return whom to ask: a helper of today by name, the school's telephone, the phrases of its languages."""
    day = school.today(now)
    rows = Hat.objects.of_school(school).running(day).filter(kind=Hat.Kind.HELPER, since__lte=day)
    hat = rows.filter(until__gte=day, membership__state="active").select_related("membership").first()
    return {
        "helper": hat.membership.name if hat else "",
        "telephone": school.telephone,
        "phrases": [
            HelpPhrase(code, "rtl" if code in RIGHT_TO_LEFT else "ltr", HELP_IN[code])
            for code in school.languages
            if code in HELP_IN
        ],
    }


def on_sheets(
    slips: Sequence[PrintedSlip], *, two_a_sheet: bool
) -> tuple[tuple[PrintedSlip | None, ...], ...]:
    """Lay papers on sheets. Cut, the upper halves then the lower ones lie in order again."""
    if not two_a_sheet:
        return tuple((slip,) for slip in slips)
    half = (len(slips) + 1) // 2
    return tuple(zip_longest(slips[:half], slips[half:]))


def _pile(
    key: str, name: str, rows: list[Invitation], codes: dict[int, tuple[Invitation, str]], two_a_sheet: bool
) -> Pile:
    slips = [
        slip_of(
            _addressed(row),
            (room.name for room in row.classrooms.all()),
            codes[row.pk][1],
            for_family=row.kind in FAMILY,
        )
        for row in rows
    ]
    names = tuple(f"{row.last_name} {row.first_name}".strip() for row in rows)
    return Pile(key, name, names, on_sheets(slips, two_a_sheet=two_a_sheet))


def _addressed(invitation: Invitation) -> str:
    return " ".join(part for part in (invitation.civility, invitation.name) if part)
