"""Where somebody waits whom nobody will let in: a court decision keeps them away, and is not told."""

from typing import Any

from django.db.models import Q, QuerySet

from accounts.audit.actions import record
from accounts.audit.models import AuditEntry
from accounts.audit.words import TOLD_AS, UNTOLD
from accounts.people.models import User
from accounts.people.names import clean_name
from accounts.schools.access import forget_members, member_in, members_of
from accounts.schools.models import Asked, Classroom, Hat, Membership, Restriction, School
from foundation.prepared import Prepared

LINES_OF_LOG = 5


def note_asked(membership: Membership, classroom: Classroom, name: str) -> None:
    """Note that a class code was typed by a member whom a decision keeps away; once a class.

    Told to the direction alone; to the person it is what anybody reads who waits.
    """
    if not Restriction.objects.filter(membership=membership).exists():
        return
    first = Asked.objects.filter(membership=membership).first()
    values = {"name": first.name if first else clean_name(name)}
    _row, made = Asked.objects.get_or_create(membership=membership, classroom=classroom, defaults=values)
    if made:
        user, verb = membership.user, "restricted_asked_again" if first else "restricted_asked"
        record(
            verb, by=user, about=user, school=membership.school, row=membership.key, classroom=classroom.key
        )
        forget_members(user)


def still_waits(membership: Membership) -> bool:
    """Whether a decision keeps away somebody just let in; what they read stays what it was."""
    if member_in(membership.user, membership.school) is not None:
        return False
    if not Restriction.objects.filter(membership=membership).exists():
        return False
    for hat in Hat.objects.filter(membership=membership, classroom__isnull=False).order_by("pk"):
        values = {"name": membership.name, "at": membership.joined}
        Asked.objects.get_or_create(membership=membership, classroom=hat.classroom, defaults=values)
    forget_members(membership.user)
    return True


def waited_for(user: User) -> list[School]:
    """The schools of which the person sees nothing but that they wait, in the order they came."""
    here = {member.school.pk for member in members_of(user)}
    return [school for school in _WAITED.rows(user=user.pk) if school.pk not in here]


def _waited(user: int) -> QuerySet[School]:
    pending = Membership.objects.filter(user=user).pending().values("school")
    asked = Asked.objects.filter(membership__user=user).values("membership__school")
    return School.objects.filter(Q(pk__in=pending) | Q(pk__in=asked)).order_by("pk")


_WAITED = Prepared(_waited, user=int)


def told_acts(user: User) -> list[dict[str, Any]]:
    """The last acts on the account that the person may read of: {verb, at, school__name}."""
    return _TOLD.rows(key=user.key)


def _told(key: str) -> QuerySet:
    told = ~Q(verb__startswith=UNTOLD) | Q(verb__in=list(TOLD_AS))
    rows = AuditEntry.objects.about_person(key).filter(told).order_by("-at", "-pk")
    return rows.values("verb", "at", "school__name")[:LINES_OF_LOG]


_TOLD = Prepared(_told, key=str)
