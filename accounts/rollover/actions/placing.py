"""Say where a class, or one link, goes next year."""

from collections.abc import Mapping
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone

from accounts.audit.actions import record
from accounts.rollover.models import NextClass, Promotion
from accounts.schools.models import Classroom, Hat, Membership, School

LEAVES: Literal["leaves"] = "leaves"
# A class of next year, "these leave", or nothing said.
Target = Classroom | Literal["leaves"] | None


@transaction.atomic
def promote(school: School, targets: Mapping[Classroom, Target], *, by: Any) -> None:
    """Say for whole classes where their people go; None: one by one."""
    for old, target in targets.items():
        if target is None:
            Promotion.objects.filter(old=old).delete()
        else:
            new = None if target == LEAVES else target
            Promotion.objects.update_or_create(old=old, defaults={"new": new})
    record("classes_promoted", by=by, school=school, classes=len(targets))


@transaction.atomic
def place_all(targets: Mapping[Hat, Target], *, by: Any, by_school: bool = False) -> None:
    """Say where several links go, all or none."""
    for hat, target in targets.items():
        if hat.classroom is not None:
            place(hat.membership, hat.kind, hat.classroom, target, by=by, by_school=by_school)


@transaction.atomic
def place(
    membership: Membership, kind: str, old: Classroom, target: Target, *, by: Any, by_school: bool = False
) -> None:
    """Say where one link goes: a parent of their own, or the direction, whose word then stands."""
    said = NextClass.objects.filter(membership=membership, kind=kind, old=old)
    if not by_school and said.filter(by_school=True).exists():
        return
    if target is None:
        said.delete()
    else:
        values = {
            "classroom": None if target == LEAVES else target,
            "by_school": by_school,
            "at": timezone.now(),
        }
        NextClass.objects.update_or_create(membership=membership, kind=kind, old=old, defaults=values)
    if by_school:
        record("placed", by=by, about=membership.user, school=membership.school, classroom=old.key)
