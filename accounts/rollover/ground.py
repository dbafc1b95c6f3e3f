"""The rows that a change of year reads, in five queries whatever the school's size."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Subquery

from accounts.invitations.models import Invitation
from accounts.rollover.errors import NotPrepared
from accounts.rollover.models import NextClass, Promotion
from accounts.schools import years
from accounts.schools.models import Classroom, Hat, Membership, Restriction, School, SchoolYear


@dataclass(frozen=True)
class Said:
    """What somebody said of one link: a class of next year, or None for "leaves"."""

    room: Classroom | None
    by_school: bool


@dataclass(frozen=True)
class Rooms:
    """The classes of the current year, each with its promotion, and those of the year prepared."""

    from_year: SchoolYear
    to_year: SchoolYear
    old: tuple[Classroom, ...]
    coming: tuple[Classroom, ...]

    @cached_property
    def by_id(self) -> dict[int, Classroom]:
        return {room.pk: room for room in self.coming}

    @cached_property
    def by_name(self) -> dict[str, Classroom]:
        return {room.name.casefold(): room for room in self.coming}

    @cached_property
    def promotions(self) -> dict[int | None, Promotion]:
        return {room.pk: room.promotion for room in self.old if hasattr(room, "promotion")}

    def next_of(self, room: Classroom, kind: str) -> Classroom | None:
        """The class that people awaited in `room` go to: a teacher keeps the name, others are promoted."""
        if kind == Hat.Kind.TEACHER:
            return self.by_name.get(room.name.casefold())
        promotion = self.promotions.get(room.pk)
        return promotion.new if promotion else None


@dataclass(frozen=True)
class Ground:
    """What stands today in a school, sorted by what the change of year asks of it."""

    school: School
    rooms: Rooms
    day: datetime.date
    # In force today or later, of those who are in or wait; links of next year apart, in `filed`.
    hats: list[Hat]
    filed: list[Hat]
    said: dict[tuple[int, str, int | None], Said]
    restrictions: list[Restriction]
    barred_next: set[tuple[int, int | None]]
    awaited: dict[Invitation, list[Classroom]]

    @cached_property
    def links(self) -> list[Hat]:
        """Parents' and teachers' links of the year that ends."""
        return [hat for hat in self.hats if is_link(hat) and _of(hat, self.rooms.from_year)]

    @cached_property
    def other_class_hats(self) -> list[Hat]:
        """Close relations, and what an older year left running."""
        links = {hat.pk for hat in self.links}
        return [
            hat
            for hat in self.hats
            if hat.pk not in links and (hat.classroom_id or hat.kind == Hat.Kind.PROCHE)
        ]

    @cached_property
    def filed_people(self) -> set[tuple[int, str]]:
        return {(hat.membership_id, hat.kind) for hat in self.filed}

    @cached_property
    def barred(self) -> set[tuple[int, int | None]]:
        return {(each.membership_id, each.classroom_id) for each in self.restrictions}

    @cached_property
    def has_director(self) -> bool:
        directors = [hat for hat in self.hats if hat.kind == Hat.Kind.DIRECTOR and hat.since <= self.day]
        return any(hat.membership.state == Membership.State.ACTIVE for hat in directors)


def load_rooms(school: School) -> Rooms:
    """Read the classes of both years; raises NotPrepared while next year has none."""
    found = Classroom.objects.of_school(school).select_related("year", "promotion__new")
    current = SchoolYear.objects.filter(school=school, is_current=True)
    rooms = list(found.filter(year__starts__gte=Subquery(current.values("starts")[:1])))
    from_year = next((room.year for room in rooms if room.year.is_current), None)
    from_year = from_year or years.current_year(school)
    later = sorted({room.year for room in rooms if room.year.starts > from_year.starts}, key=_starts)
    if not later:
        raise NotPrepared
    return Rooms(
        from_year=from_year,
        to_year=later[0],
        old=tuple(room for room in rooms if room.year_id == from_year.pk),
        coming=tuple(room for room in rooms if room.year_id == later[0].pk),
    )


def load(school: School) -> Ground:
    """Read what a change of year needs; raises NotPrepared."""
    rooms, day = load_rooms(school), school.today()
    hats = running_hats(school, day)
    decided = Restriction.objects.of_school(school).filter(classroom__isnull=False)
    barring = list(decided.lasting(day).order_by("pk"))
    return Ground(
        school=school,
        rooms=rooms,
        day=day,
        hats=[hat for hat in hats if not _of(hat, rooms.to_year)],
        filed=[hat for hat in hats if _of(hat, rooms.to_year)],
        said=said_of(hats, rooms),
        restrictions=[each for each in barring if each.classroom_id not in rooms.by_id],
        barred_next={(e.membership_id, e.classroom_id) for e in barring if e.classroom_id in rooms.by_id},
        awaited=_awaited(school),
    )


def running_hats(school: School, day: datetime.date, kind: str = "") -> list[Hat]:
    """Hats in force on `day` or later, of all kinds or of one, each with what was said of it (`said_of`)."""
    said = NextClass.objects.filter(
        membership=OuterRef("membership"), kind=OuterRef("kind"), old=OuterRef("classroom")
    )
    hats = Hat.objects.of_school(school)
    if kind:
        hats = hats.filter(kind=kind)
    return list(
        hats.lasting(day)
        .exclude(membership__state=Membership.State.LEFT)
        .select_related("membership__user", "classroom")
        .annotate(
            said_by_school=Subquery(said.values("by_school")[:1]),
            said_class=Subquery(said.values("classroom")[:1]),
        )
        .order_by("membership__name", "pk")
    )


def said_of(hats: Sequence[Hat], rooms: Rooms) -> dict[tuple[int, str, int | None], Said]:
    """What was said of each link, by (membership, kind, class)."""
    found: dict[tuple[int, str, int | None], Said] = {}
    for hat in hats:
        noted: Any = hat
        if noted.said_by_school is not None:
            room = rooms.by_id.get(noted.said_class)
            found[hat.membership_id, hat.kind, hat.classroom_id] = Said(room, noted.said_by_school)
    return found


def is_link(hat: Hat) -> bool:
    """A parent's or a teacher's hat in a class: what moves from year to year."""
    return hat.kind in (Hat.Kind.PARENT, Hat.Kind.TEACHER) and hat.classroom is not None


def _awaited(school: School) -> dict[Invitation, list[Classroom]]:
    """Those who are not in yet, with their classes."""
    through = Invitation.classrooms.through
    rows = through._base_manager.filter(invitation__school=school, invitation__state=Invitation.State.WAITING)
    found: dict[Invitation, list[Classroom]] = defaultdict(list)
    for row in rows.select_related("invitation", "classroom").order_by("pk"):
        found[row.invitation].append(row.classroom)
    return found


def _of(hat: Hat, year: SchoolYear) -> bool:
    return hat.classroom is not None and hat.classroom.year_id == year.pk


def _starts(year: SchoolYear) -> datetime.date:
    return year.starts
