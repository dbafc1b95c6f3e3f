"""The people of a school by role, names only: whoever a decision keeps away is not among them."""

from collections import defaultdict
from typing import Any

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext

from accounts.schools.models import Hat, Membership, School

Kind = Hat.Kind
SHOWN = (Kind.DIRECTOR, *map(Kind, Hat.TITLES), Kind.TEACHER, Kind.ELECTED, Kind.HELPER, Kind.RELAY)


def people_by_role(school: School) -> dict[str, list[dict[str, Any]]]:
    """{direction, teachers, elected, helpers}: rows of {title, people}. 1 query.

    Whoever a court decision keeps from the school, or from a class, is not among its people there.
    """
    by_kind: dict[str, list[Hat]] = defaultdict(list)
    for hat in _worn(school):
        by_kind[hat.kind].append(hat)
    return {
        "direction": [
            {"title": capfirst(str(kind.label)), "people": _names(by_kind[kind])}
            for kind in (Kind.DIRECTOR, *map(Kind, Hat.TITLES))
            if by_kind[kind]
        ],
        "teachers": _teachers(by_kind[Kind.TEACHER]),
        "elected": _elected(by_kind[Kind.ELECTED]),
        "helpers": [
            {"title": capfirst(str(kind.label)), "people": _names(by_kind[kind])}
            for kind in (Kind.HELPER, Kind.RELAY)
            if by_kind[kind]
        ],
    }


def _worn(school: School) -> Any:
    today = school.today()
    hats = Hat.objects.of_school(school).worn_on(today).unbarred(today)
    hats = hats.filter(kind__in=SHOWN, membership__state=Membership.State.ACTIVE)
    hats = hats.filter(Q(classroom__isnull=True) | Q(classroom__year__is_current=True))
    rows = hats.select_related("membership", "classroom", "mandate__parent_list")
    return rows.order_by("classroom__position", "classroom__name", "membership__name", "pk")


def _names(hats: list[Hat]) -> list[str]:
    return list(dict.fromkeys(hat.membership.name for hat in hats))


def _teachers(hats: list[Hat]) -> list[dict[str, Any]]:
    by_class: dict[str, list[Hat]] = defaultdict(list)
    for hat in hats:
        if hat.classroom:
            by_class[hat.classroom.name].append(hat)
    return [{"title": name, "people": _names(worn)} for name, worn in by_class.items()]


def _elected(hats: list[Hat]) -> list[dict[str, Any]]:
    """Lists side by side on an equal footing: by name; those of no list last."""
    by_list: dict[str, list[Hat]] = defaultdict(list)
    for hat in hats:
        mandate = getattr(hat, "mandate", None)
        if mandate is not None:
            by_list[mandate.parent_list.name if mandate.parent_list else ""].append(hat)
    names = sorted(by_list, key=lambda name: (not name, name.casefold()))
    return [{"title": name or gettext("Without a list"), "people": _names(by_list[name])} for name in names]
