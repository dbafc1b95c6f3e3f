"""Write down next year's classes; nobody is in them before the change of year."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from accounts.audit.actions import record
from accounts.invitations.models import Invitation
from accounts.rollover.errors import ClassInUse
from accounts.rollover.models import NextClass, Promotion
from accounts.schools import years
from accounts.schools.models import Classroom, Hat, School, SchoolYear


@transaction.atomic
def prepare_year(school: School, names: Sequence[str], *, by: Any) -> SchoolYear:
    """Give the next year these classes, in this order; a class of the same name keeps its people.

    A class left out goes, unless people are placed in it: raises ClassInUse.
    """
    School.objects.select_for_update().get(pk=school.pk)
    current = years.current_year(school)
    year = years.prepared_year(school) or _start(school, current)
    stand = {room.name.casefold(): room for room in Classroom.objects.filter(year=year)}
    like = {room.name.casefold(): room.levels for room in Classroom.objects.filter(year=current)}
    wanted = {name.casefold(): name for name in names}
    _remove([room for name, room in stand.items() if name not in wanted])
    for position, (folded, name) in enumerate(wanted.items()):
        room = stand.get(folded)
        if room is None:
            room = Classroom(school=school, year=year, levels=like.get(folded, []))
        room.name, room.position = name, position
        room.save()
    record("year_prepared", by=by, school=school, classes=len(wanted))
    return year


def _start(school: School, current: SchoolYear) -> SchoolYear:
    starts, ends = years.days_of_next(current)
    name = years.name_of(starts, ends)
    return SchoolYear.objects.create(school=school, name=name, starts=starts, ends=ends)


def _remove(rooms: Iterable[Classroom]) -> None:
    in_use = [room.name for room in rooms if _is_used(room)]
    if in_use:
        raise ClassInUse(in_use)
    for room in rooms:
        room.delete()


def _is_used(room: Classroom) -> bool:
    return (
        Hat.objects.filter(classroom=room).exists()
        or Invitation.objects.filter(classrooms=room).exists()
        or NextClass.objects.filter(classroom=room).exists()
        or Promotion.objects.filter(new=room).exists()
    )
