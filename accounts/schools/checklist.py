"""What is left to do before a school opens, found in its data (JOURNEYS §3.1)."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from accounts.schools.models import Classroom, Hat, School


@dataclass(frozen=True)
class Step:
    """One thing to do, where, and whether it is done."""

    title: str
    what: str
    url: str
    done: bool


def steps_of(school: School) -> list[Step]:
    """The sheet, the classes, the families, the slips, each true as the data stands now. 4 queries."""
    classes = Classroom.objects.of_school(school).current().count()
    # Those awaited and their slips belong to a feature above; the rows are read by their relation.
    awaited: Any = school.invitations  # type: ignore[attr-defined]
    families = (
        awaited.filter(kind=Hat.Kind.PARENT).exists()
        or Hat.objects.of_school(school).filter(kind=Hat.Kind.PARENT).exists()
    )
    slips = awaited.filter(kind=Hat.Kind.PARENT, slips__isnull=False).exists()
    return [
        _sheet(school),
        Step(
            gettext("The classes"),
            ngettext("%(count)d class.", "%(count)d classes.", classes) % {"count": classes}
            if classes
            else gettext("None yet. Type them all at once: CP A, CP B…"),
            reverse("classes", args=[school.slug]),
            bool(classes),
        ),
        Step(
            gettext("The families"),
            gettext("They are on the list.")
            if families
            else gettext("A file of your school, or names typed."),
            reverse("import_families", args=[school.slug]),
            families,
        ),
        Step(
            gettext("The slips"),
            gettext("Printed. Others can be made at any time.")
            if slips
            else gettext("One for each adult, to hand out."),
            reverse("slips", args=[school.slug]),
            slips,
        ),
    ]


def _sheet(school: School) -> Step:
    """The little without which parents can do nothing: where the school is, and how to call it."""
    done = bool(school.town and school.telephone)
    what = (
        gettext("Name, address, telephone: filled in.")
        if done
        else gettext("Write the town and the telephone at least.")
    )
    return Step(gettext("The school’s sheet"), what, reverse("school_sheet", args=[school.slug]), done)
