"""The classes of a school's current year: added, named, put in order, taken away."""

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext, ngettext

from accounts.audit.actions import record
from accounts.people.names import clean_title
from accounts.schools.actions.opening import add_classroom
from accounts.schools.errors import ClassNameTaken, ClassNotEmpty
from accounts.schools.levels import levels_in
from accounts.schools.models import Classroom, Hat, Restriction, School

LONGEST = 40
AT_ONCE = 60


def class_names(text: str) -> list[str]:
    """Return the names typed in `text`, apart by commas, semicolons or lines. Raises ValidationError."""
    names = [class_name(part) for part in re.split(r"[,;\n\r]+", text) if part.strip()]
    if len(names) > AT_ONCE:
        words = ngettext("%(count)d class at once at most.", "%(count)d classes at once at most.", AT_ONCE)
        raise ValidationError(words % {"count": AT_ONCE})
    return list({name.casefold(): name for name in names}.values())


def class_name(text: str) -> str:
    """Return one name as it is kept. Raises ValidationError."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name or len(name) > LONGEST:
        raise ValidationError(gettext("The name of a class has 1 to 40 signs."))
    if not any(sign.isalnum() for sign in name):
        raise ValidationError(gettext("The name of a class has letters or figures."))
    return clean_title(name, LONGEST)


@transaction.atomic
def add_classrooms(school: School, names: list[str], *, by: Any) -> list[Classroom]:
    """Store the classes of `names` that the current year has not yet, last in order."""
    known = {name.casefold() for name in _current(school).values_list("name", flat=True)}
    made = []
    for name in names:
        if name.casefold() not in known:
            made.append(add_classroom(school, name, levels=levels_in(name)))
            known.add(name.casefold())
            record("class_added", by=by, school=school, row=made[-1].key)
    return made


@transaction.atomic
def rename_classroom(classroom: Classroom, name: str, *, by: Any) -> None:
    """Give a class another name. Raises ClassNameTaken."""
    name = class_name(name)
    try:
        with transaction.atomic():
            classroom.name, classroom.levels = name, levels_in(name) or classroom.levels
            classroom.save(update_fields=["name", "levels"])
    except IntegrityError as error:
        classroom.refresh_from_db(fields=["name", "levels"])
        raise ClassNameTaken from error
    record("class_renamed", by=by, school=classroom.school, row=classroom.key)


@transaction.atomic
def move_classroom(classroom: Classroom, *, up: bool, by: Any) -> None:
    """Change places with the class before or after; at the end of the list nothing happens."""
    order = list(Classroom.objects.of_school(classroom.school).filter(year=classroom.year))
    here = next(place for place, room in enumerate(order) if room.pk == classroom.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    for place, room in enumerate(order):
        if room.position != place:
            Classroom.objects.of_school(classroom.school).filter(pk=room.pk).update(position=place)


@transaction.atomic
def remove_classroom(classroom: Classroom, *, by: Any) -> None:
    """Take away a class that nobody is tied to. Raises ClassNotEmpty."""
    tied = (
        Hat.objects.filter(classroom=classroom).exists()
        or Restriction.objects.filter(classroom=classroom).exists()
        # Of a feature above; a class awaited by somebody is not empty.
        or classroom.invitations.exists()  # type: ignore[attr-defined]
    )
    if tied:
        raise ClassNotEmpty
    school, key, position = classroom.school, classroom.key, classroom.position
    year = classroom.year
    classroom.delete()
    after = Classroom.objects.of_school(school).filter(year=year, position__gt=position)
    after.update(position=F("position") - 1)
    record("class_removed", by=by, school=school, row=key)


def _current(school: School) -> Any:
    return Classroom.objects.of_school(school).current()
