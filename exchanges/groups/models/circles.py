"""The four circles of the fiche: sets of people computed from hats, never a place to write (RULES §1)."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from accounts.schools.member import Member
from accounts.schools.models import Classroom, Hat, Membership, Restriction
from accounts.schools.models.members import HatQuerySet, RestrictionQuerySet

Kind = Hat.Kind
DIRECTION = (Kind.DIRECTOR, Kind.INTERIM)


class Circle(models.TextChoices):
    """Whose groups these are; shown in words, never as « cercle » (JOURNEYS §2)."""

    TEAM = "equipe", _("the teaching team")
    PARENTS_TEACHERS = "parents-enseignants", _("parents and teachers")
    ELECTED_TEAM = "elus-equipe", _("elected parents and the school team")
    PARENTS = "parents", _("parents")


# Hats that make one a member of a circle; those of a class count for the groups of that class only.
KINDS: dict[str, tuple[str, ...]] = {
    Circle.TEAM: (Kind.TEACHER, Kind.DEPUTY, *DIRECTION),
    Circle.PARENTS_TEACHERS: (Kind.PARENT, Kind.TEACHER, *DIRECTION),
    Circle.ELECTED_TEAM: (Kind.ELECTED, Kind.TEACHER, *DIRECTION),
    Circle.PARENTS: (Kind.PARENT,),
}


def is_direction(member: Member) -> bool:
    """Who moderates for the school: director, interim, and the title given the right *moderation*."""
    return member.leads or Hat.Right.MODERATION in member.rights


def circles_of(member: Member) -> frozenset[str]:
    """The circles a person belongs to today, whatever the class; worked out once, like their hats."""
    kept: frozenset[str] | None = member.__dict__.get("_circles")
    if kept is None:
        kept = member.__dict__["_circles"] = _circles_of(member)
    return kept


def _circles_of(member: Member) -> frozenset[str]:
    direction = is_direction(member)
    found = {circle for circle, kinds in KINDS.items() if member.wears(*kinds)}
    if direction:
        # The direction of this school is never of the parents, even with that hat.
        found = (found | {Circle.TEAM, Circle.PARENTS_TEACHERS, Circle.ELECTED_TEAM}) - {Circle.PARENTS}
    return frozenset(found)


def rooms_in(member: Member, circle: str) -> frozenset[int]:
    """Ids of the classes, of this year and before, whose groups of `circle` are this person's."""
    if circle == Circle.PARENTS and is_direction(member):
        return frozenset()
    kinds = tuple(kind for kind in KINDS[circle] if kind in Hat.IN_CLASS)
    return (member.classes(*kinds) | member.past_classes(*kinds)) if kinds else frozenset()


def in_circle(member: Member, circle: str, classroom: int | None) -> bool:
    """Whether a group of `circle`, tied to a class or to none, is for this person."""
    if classroom is None:
        return circle in circles_of(member)
    if circle != Circle.PARENTS and is_direction(member):
        return True
    return classroom in rooms_in(member, circle)


class Reach(NamedTuple):
    """Which groups of a school a person belongs with: `in_circle`, as the database is asked for many."""

    judges: bool
    circles: frozenset[str]
    # Classes, of this year and before, where they are a parent, and where they teach.
    children: list[int]
    taught: list[int]

    def groups(self) -> Q:
        """Groups of these circles and classes."""
        found = Q(pk__in=[])
        for circle, kinds in KINDS.items():
            tied = Q(classroom__isnull=False)
            if not self.judges or circle == Circle.PARENTS:
                tied = Q(pk__in=[])
                if Kind.PARENT in kinds and not self.judges:
                    tied |= Q(classroom__in=self.children)
                if Kind.TEACHER in kinds:
                    tied |= Q(classroom__in=self.taught)
            whole = Q(classroom__isnull=True) if circle in self.circles else Q(pk__in=[])
            found |= Q(circle=circle) & (tied | whole)
        return found


def reach_of(member: Member) -> Reach:
    """The circles and classes of a person today."""
    children, taught = (
        sorted(member.classes(kind) | member.past_classes(kind)) for kind in (Kind.PARENT, Kind.TEACHER)
    )
    return Reach(is_direction(member), circles_of(member), children, taught)


def worn_in(circle: str, classroom: int | None, day: datetime.date) -> Q:
    """As `in_circle`, of rows with a `membership`, asked of the database: for lists of readers and counts."""
    worn = Hat.objects.filter(membership=OuterRef("membership")).worn_on(day).unbarred(day)
    titles = _titles(worn)
    kinds = KINDS[circle]
    if classroom is None:
        current = Q(classroom__isnull=True) | Q(classroom__year__is_current=True)
        wearing = Exists(worn.filter(current, kind__in=kinds))
    else:
        wearing = Exists(worn.filter(kind__in=set(kinds) & set(Hat.IN_CLASS), classroom=classroom))
    if circle == Circle.PARENTS:
        return Q(wearing) & ~Q(Exists(titles))
    return Q(wearing) | Q(Exists(titles))


def worn_in_own(day: datetime.date) -> Q:
    """As `worn_in`, of rows each with a `group` of its own: for many groups at once."""
    worn = Hat.objects.filter(membership=OuterRef("membership")).worn_on(day).unbarred(day)
    current = Q(classroom__isnull=True) | Q(classroom__year__is_current=True)
    of_title = Q(Exists(_titles(worn)))
    found = Q(pk__in=[])
    for circle, kinds in KINDS.items():
        whole = Q(group__classroom__isnull=True) & Exists(worn.filter(current, kind__in=kinds))
        of_class = worn.filter(
            kind__in=set(kinds) & set(Hat.IN_CLASS), classroom=OuterRef("group__classroom")
        )
        mine = whole | (Q(group__classroom__isnull=False) & Q(Exists(of_class)))
        mine = mine & ~of_title if circle == Circle.PARENTS else mine | of_title
        found |= Q(group__circle=circle) & mine
    return found


def worn_in_school(circle: str, tied: bool, school: int, day: datetime.date, *, many: bool) -> Q:
    """As `worn_in`, of seats with a `person`, in a group of the query around them, of a class or of none.

    `person` is the membership's id as an expression, which no index answers: each seat is looked at once.
    `many`: those of the school who wear none are listed first: no hat is looked for seat by seat.
    """
    kinds, let_in = KINDS[circle], Q(membership__state=Membership.State.ACTIVE)
    direction = Hat.objects.few_of_school(school, (*DIRECTION, *Hat.TITLES)).filter(let_in)
    direction = direction.filter(classroom__isnull=True).worn_on(day).unbarred(day)
    titles = _titles(direction).order_by().values("membership")
    if many and not tied:
        if circle == Circle.PARENTS:
            return ~Q(person__in=_outside(kinds, school, day, Q(pk__in=titles)))
        return ~Q(person__in=_outside(kinds, school, day)) | Q(person__in=titles)
    # Whom a court decision concerns is few: the others' hats are not held against each.
    restricted = _restrictions(school).lasting(day).order_by().values("membership")
    barred = Q(Exists(Restriction.objects.covering_outer_hat().lasting(day)))
    worn = Hat.objects.filter(let_in, membership__school=school).worn_on(day)
    worn = worn.filter(~Q(membership__in=restricted) | ~barred)
    if circle == Circle.PARENTS:
        worn, of_title = worn.exclude(membership__in=titles), Q(pk__in=[])
    else:
        of_title = Q(person__in=titles)
    if tied:
        room = OuterRef(OuterRef("classroom"))
        worn = worn.filter(kind__in=set(kinds) & set(Hat.IN_CLASS), classroom=room)
    else:
        # The list of the year's classes is made once, and dear only beside thousands of hats.
        rooms = Classroom.objects.of_school(school).current()
        worn = worn.filter(Q(classroom__isnull=True) | Q(classroom__in=rooms), kind__in=kinds)
    return of_title | Q(Exists(worn.filter(membership=OuterRef("membership"))))


def _outside(kinds: Sequence[str], school: int, day: datetime.date, others: Q | None = None) -> QuerySet:
    """Ids of the members not let in, those who wear none of these hats, and `others`: few, as a rule.

    Of each member their hats are looked for once, by a join: a question inside would take twice the time.
    """
    rooms = Classroom.objects.of_school(school).current().order_by()
    in_force = Q(hats__until__isnull=True) | Q(hats__until__gte=day)
    current = Q(hats__classroom__isnull=True) | Q(hats__classroom__in=Subquery(rooms.values("pk")))
    worn = FilteredRelation(
        "hats", condition=in_force & current & Q(hats__kind__in=kinds, hats__since__lte=day)
    )
    restricted = _restrictions(school).lasting(day).order_by().values("membership")
    left = Hat.objects.filter(membership=OuterRef("pk"), kind__in=kinds).worn_on(day).unbarred(day)
    left = left.filter(Q(classroom__isnull=True) | Q(classroom__in=rooms))
    taken = Q(pk__in=restricted) & ~Exists(left)
    without = Q(worn__isnull=True) | ~Q(state=Membership.State.ACTIVE) | taken
    members = Membership.objects.of_school(school).alias(worn=worn)
    return members.filter(without | others if others else without).order_by().values("pk")


def _titles(worn: HatQuerySet) -> HatQuerySet:
    """Of these hats those of the direction, as `is_direction` has it."""
    given = worn.annotate(given=Cast("rights", TextField()))
    return given.filter(
        Q(kind__in=DIRECTION) | Q(kind__in=Hat.TITLES, given__contains=f'"{Hat.Right.MODERATION.value}"')
    )


def _restrictions(school: int) -> RestrictionQuerySet:
    """Begins from them and not from every member of the school, as `few_of_school` of hats."""
    return Restriction.objects.unscoped().alias(of=F("membership__school") + 0).filter(of=school)
