"""Where somebody waits whom nobody will let in: a court decision keeps them away, and is not told."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from accounts.audit.actions import record
from accounts.audit.models import AuditEntry
from accounts.audit.words import UNTOLD
from accounts.people.models import User
from accounts.schools.access import members_of
from accounts.schools.models import Classroom, Membership, Restriction, School
from foundation.prepared import Prepared

LINES_OF_LOG = 5

# Told to the direction alone; to the person it is what anybody reads who waits.
ASKED = "restricted_asked"
AS_TOLD = ("hat_given", "joined")


def note_asked(membership: Membership, classroom: Classroom) -> None:
    """Note that a class code was typed by a member whom a decision keeps away; once."""
    user, school = membership.user, membership.school
    if Restriction.objects.filter(membership=membership).exists() and school not in waited_for(user):
        record(ASKED, by=user, about=user, school=school, row=membership.key, classroom=classroom.key)


def waited_for(user: User) -> list[School]:
    """The schools of which the person sees nothing but that they wait, in the order they came."""
    here = {member.school.pk for member in members_of(user)}
    return [school for school in _WAITED.rows(user=user.pk, key=user.key) if school.pk not in here]


def _waited(user: int, key: str) -> QuerySet[School]:
    acts = AuditEntry.objects.about_person(key)
    # A decision recorded or lifted later says that nobody waits any more.
    told = acts.filter(school=OuterRef("pk"), verb__startswith=UNTOLD).order_by("-at", "-pk")
    pending = Membership.objects.filter(user=user).pending().values("school")
    asked = Q(pk__in=acts.filter(verb=ASKED).values("school"), last=ASKED)
    rows = School.objects.annotate(last=Subquery(told.values("verb")[:1]))
    return rows.filter(asked | Q(pk__in=pending)).order_by("pk")


_WAITED = Prepared(_waited, user=int, key=str)


def told_acts(user: User) -> list[dict[str, Any]]:
    """The last acts on the account that the person may read of: {verb, at, school__name}."""
    return _TOLD.rows(key=user.key)


def _told(key: str) -> QuerySet:
    told = ~Q(verb__startswith=UNTOLD) | Q(verb=ASKED)
    rows = AuditEntry.objects.about_person(key).filter(told).order_by("-at", "-pk")
    return rows.values("verb", "at", "school__name")[:LINES_OF_LOG]


_TOLD = Prepared(_told, key=str)
