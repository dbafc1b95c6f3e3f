"""Where somebody waits whom nobody will let in: a court decision keeps them away, and is not told."""

from django.db.models import Q

from accounts.audit.actions import record
from accounts.audit.models import AuditEntry
from accounts.audit.words import UNTOLD
from accounts.people.models import User
from accounts.schools.access import members_of
from accounts.schools.models import Classroom, Membership, Restriction, School

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
    here = [member.school.pk for member in members_of(user)]
    acts = AuditEntry.objects.about_person(user.key).filter(verb__startswith=UNTOLD)
    # A decision recorded or lifted later says that nobody waits any more.
    last = dict(acts.order_by("at", "pk").values_list("school", "verb"))
    asked = [school for school, verb in last.items() if verb == ASKED]
    pending = Membership.objects.filter(user=user).pending().values("school")
    rows = School.objects.filter(Q(pk__in=asked) | Q(pk__in=pending)).exclude(pk__in=here)
    return list(rows.order_by("pk"))
