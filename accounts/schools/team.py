"""The people of a school by role, names only: whoever a decision keeps away is not among them."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext

from accounts.schools.models import Hat, Membership, School
from foundation.prepared import Prepared

Kind = Hat.Kind
DIRECTION = (Kind.DIRECTOR, *map(Kind, Hat.TITLES))
HELP = (Kind.HELPER, Kind.RELAY)
SHOWN = (*DIRECTION, Kind.TEACHER, Kind.ELECTED, *HELP)


class Worn(NamedTuple):
    """One hat as the page needs it."""

    kind: str
    name: str
    classroom: str | None
    mandate: int | None
    parent_list: str | None


def people_by_role(school: School) -> dict[str, list[dict[str, Any]]]:
    """{direction, teachers, elected, helpers}: rows of {title, people}. 1 query.

    Whoever a court decision keeps from the school, or from a class, is not among its people there.
    """
    by_kind: dict[str, list[Worn]] = defaultdict(list)
    for row in _WORN.rows(school=school.pk, day=school.today()):
        by_kind[row[0]].append(Worn(*row))
    return {
        "direction": _by_title(by_kind, DIRECTION),
        "teachers": _teachers(by_kind[Kind.TEACHER]),
        "elected": _elected(by_kind[Kind.ELECTED]),
        "helpers": _by_title(by_kind, HELP),
    }


def _worn(school: int, day: datetime.date) -> Any:
    hats = Hat.objects.few_of_school(school, SHOWN).worn_on(day).unbarred(day)
    rows = hats.filter(membership__state=Membership.State.ACTIVE).order_by(
        "classroom__position", "classroom__name", "membership__name", "pk"
    )
    return rows.values_list(
        "kind", "membership__name", "classroom__name", "mandate", "mandate__parent_list__name"
    )


_WORN = Prepared(_worn, school=int, day=datetime.date)


def _by_title(by_kind: dict[str, list[Worn]], kinds: Iterable[Kind]) -> list[dict[str, Any]]:
    return [
        {"title": capfirst(str(kind.label)), "people": _names(by_kind[kind])}
        for kind in kinds
        if by_kind[kind]
    ]


def _names(hats: list[Worn]) -> list[str]:
    return list(dict.fromkeys(hat.name for hat in hats))


def _teachers(hats: list[Worn]) -> list[dict[str, Any]]:
    by_class: dict[str, list[Worn]] = defaultdict(list)
    for hat in hats:
        if hat.classroom:
            by_class[hat.classroom].append(hat)
    return [{"title": name, "people": _names(worn)} for name, worn in by_class.items()]


def _elected(hats: list[Worn]) -> list[dict[str, Any]]:
    """Lists side by side on an equal footing: by name; those of no list last."""
    by_list: dict[str, list[Worn]] = defaultdict(list)
    for hat in hats:
        if hat.mandate is not None:
            by_list[hat.parent_list or ""].append(hat)
    names = sorted(by_list, key=lambda name: (not name, name.casefold()))
    return [{"title": name or gettext("Without a list"), "people": _names(by_list[name])} for name in names]
