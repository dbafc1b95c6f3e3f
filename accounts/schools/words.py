"""Places, languages and roles in words, for the pages and mails of a school."""

import datetime
from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy

from accounts.schools.models import Hat

TIME_ZONES = (
    ("Europe/Paris", gettext_lazy("Mainland France")),
    ("America/Guadeloupe", gettext_lazy("Guadeloupe")),
    ("America/Martinique", gettext_lazy("Martinique")),
    ("America/Cayenne", gettext_lazy("French Guiana")),
    ("Indian/Reunion", gettext_lazy("La Réunion")),
    ("Indian/Mayotte", gettext_lazy("Mayotte")),
    ("America/Miquelon", gettext_lazy("Saint-Pierre-et-Miquelon")),
    ("America/St_Barthelemy", gettext_lazy("Saint-Barthélemy")),
    ("America/Marigot", gettext_lazy("Saint-Martin")),
    ("Pacific/Noumea", gettext_lazy("New Caledonia")),
    ("Pacific/Tahiti", gettext_lazy("French Polynesia (Tahiti)")),
    ("Pacific/Marquesas", gettext_lazy("Marquesas Islands")),
    ("Pacific/Gambier", gettext_lazy("Gambier Islands")),
    ("Pacific/Wallis", gettext_lazy("Wallis and Futuna")),
)
HOLIDAY_ZONES = (
    ("A", "Zone A"),
    ("B", "Zone B"),
    ("C", "Zone C"),
    ("corse", gettext_lazy("Corsica")),
    ("guadeloupe", gettext_lazy("Guadeloupe")),
    ("martinique", gettext_lazy("Martinique")),
    ("guyane", gettext_lazy("French Guiana")),
    ("reunion", gettext_lazy("La Réunion")),
    ("mayotte", gettext_lazy("Mayotte")),
    ("miquelon", gettext_lazy("Saint-Pierre-et-Miquelon")),
    ("caledonie", gettext_lazy("New Caledonia")),
    ("polynesie", gettext_lazy("French Polynesia")),
    ("wallis", gettext_lazy("Wallis and Futuna")),
)
# Of the families, by ISO code; those most asked of interpreters in French schools.
LANGUAGES = (
    ("fr", gettext_lazy("French")),
    ("ar", gettext_lazy("Arabic")),
    ("en", gettext_lazy("English")),
    ("es", gettext_lazy("Spanish")),
    ("pt", gettext_lazy("Portuguese")),
    ("it", gettext_lazy("Italian")),
    ("de", gettext_lazy("German")),
    ("tr", gettext_lazy("Turkish")),
    ("ro", gettext_lazy("Romanian")),
    ("rom", gettext_lazy("Romani")),
    ("pl", gettext_lazy("Polish")),
    ("uk", gettext_lazy("Ukrainian")),
    ("ru", gettext_lazy("Russian")),
    ("sq", gettext_lazy("Albanian")),
    ("hy", gettext_lazy("Armenian")),
    ("ka", gettext_lazy("Georgian")),
    ("ber", gettext_lazy("Berber")),
    ("wo", gettext_lazy("Wolof")),
    ("ff", gettext_lazy("Fula")),
    ("bm", gettext_lazy("Bambara")),
    ("snk", gettext_lazy("Soninke")),
    ("so", gettext_lazy("Somali")),
    ("fa", gettext_lazy("Persian")),
    ("ps", gettext_lazy("Pashto")),
    ("ta", gettext_lazy("Tamil")),
    ("zh", gettext_lazy("Chinese")),
    ("vi", gettext_lazy("Vietnamese")),
    ("gcf", gettext_lazy("Antillean Creole")),
    ("rcf", gettext_lazy("Réunion Creole")),
)


def day_in_words(day: datetime.date) -> str:
    return date_format(day, "DATE_FORMAT")


def hat_in_words(hat: Hat) -> str:
    """Give « parent in CP A », « elected parent, FCPE », « deputy »."""
    kind, room, parents = _told(hat)
    role = role_in_words(str(Hat.Kind(kind).label), [room] if room else [])
    return f"{role}, {parents}" if parents else role


def hats_in_words(hats: Iterable[Hat]) -> str:
    """Give « Parent in CP A and CM2 B · Elected parent, FCPE »: each role once, its classes together."""
    return roles_in_words(map(_told, hats))


def _told(hat: Hat) -> tuple[str, str | None, str | None]:
    mandate = getattr(hat, "mandate", None) if hat.kind == Hat.Kind.ELECTED else None
    parents = mandate.parent_list.name if mandate is not None and mandate.parent_list else None
    return hat.kind, hat.classroom.name if hat.classroom else None, parents


def roles_in_words(told: Iterable[tuple[str, str | None, str | None]]) -> str:
    """As `hats_in_words`, of (kind, name of the class, name of the list of parents)."""
    rooms: dict[str, list[str]] = {}
    apart: list[str] = []
    for kind, room, parents in told:
        role = str(Hat.Kind(kind).label)
        if room:
            rooms.setdefault(role, []).append(room)
        else:
            apart.append(f"{role}, {parents}" if parents else role)
    together = [role_in_words(role, names) for role, names in rooms.items()]
    return " · ".join(capfirst(text) for text in (*apart, *together))


def role_in_words(role: str, rooms: list[str]) -> str:
    """Give « parent in CP A, CE1 B and CM2 B »; no class name is broken at the end of a line.

    Without a class, the role alone.
    """
    if not rooms:
        return role
    names = [name.replace(" ", "\u00a0") for name in rooms]
    classes = names[0]
    if names[1:]:
        first = gettext(", ").join(names[:-1])
        classes = gettext("%(first)s and %(last)s") % {"first": first, "last": names[-1]}
    return gettext("%(role)s in %(classes)s") % {"role": role, "classes": classes}


def days_in_words(hat: Hat) -> str:
    """Until when a hat is worn; "" without an end."""
    return gettext("until %(day)s included") % {"day": day_in_words(hat.until)} if hat.until else ""


def rights_in_words(hat: Hat) -> str:
    """The rights of a title, apart by commas."""
    names = dict(Hat.Right.choices)
    return ", ".join(str(names[right]) for right in hat.rights if right in names)
