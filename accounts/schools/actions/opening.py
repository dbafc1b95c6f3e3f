"""Make a school, its year and its classes, and open it."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.audit.actions import record
from accounts.schools.models import Classroom, School, SchoolYear

# A year is named by the calendar: from September on it is the new one.
FIRST_MONTH = 9


@transaction.atomic
def create_school(name: str, level: str, *, by: Any = None, **fields: Any) -> School:
    """Store a school, closed, with its current year; `fields` are those of its sheet."""
    slug = fields.pop("slug", "") or _free_slug(name)
    school = School.objects.create(name=name, slug=slug, level=level, **fields)
    start_year(school, school.today())
    record("school_created", by=by, school=school)
    return school


def start_year(school: School, day: datetime.date, *, current: bool = True) -> SchoolYear:
    """Store the school year that holds `day`, if it is not there yet."""
    first = day.year if day.month >= FIRST_MONTH else day.year - 1
    year, _made = SchoolYear.objects.get_or_create(
        school=school,
        name=f"{first}-{first + 1}",
        defaults={
            "starts": datetime.date(first, FIRST_MONTH, 1),
            "ends": datetime.date(first + 1, 8, 31),
            "is_current": current,
        },
    )
    return year


@transaction.atomic
def add_classroom(
    school: School, name: str, *, levels: list[str] | None = None, year: SchoolYear | None = None
) -> Classroom:
    """Store a class of the current year, last in order."""
    year = year or SchoolYear.objects.get(school=school, is_current=True)
    position = Classroom.objects.filter(year=year).count()
    return Classroom.objects.create(
        school=school, year=year, name=name, levels=levels or [], position=position
    )


@transaction.atomic
def open_school(school: School, *, by: Any) -> None:
    """Show the school to visitors; from now on mail leaves."""
    if school.opened is None:
        school.opened = timezone.now()
        school.save(update_fields=["opened"])
        record("school_opened", by=by, school=school)


def _free_slug(name: str) -> str:
    base = slugify(name)[:50] or "ecole"
    slug, number = base, 2
    while School.objects.filter(slug=slug).exists():
        slug, number = f"{base}-{number}", number + 1
    return slug
