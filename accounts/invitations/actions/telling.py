"""Tell the school's direction, and whoever has the right *members*, what happened to a paper."""

from accounts.outbox.actions import post
from accounts.people.models import User
from accounts.schools import policy
from accounts.schools.access import member_in
from accounts.schools.models import Hat, School


def tell_members_right(school: School, kind: str, obj: str) -> None:
    """Post one notice to each of them; the same one twice is one."""
    for person in people_with_members_right(school):
        post(kind, obj, person=person, school=school)


def tell_direction(school: School, kind: str, obj: str, *, but: User) -> None:
    """Post one notice to each director of the school except `but`."""
    worn = Hat.objects.of_school(school).running().filter(kind=Hat.Kind.DIRECTOR, membership__state="active")
    directors = User.objects.filter(memberships__hats__in=worn, is_active=True).exclude(pk=but.pk)
    for person in directors.distinct().order_by("pk"):
        post(kind, obj, person=person, school=school)


def people_with_members_right(school: School) -> list[User]:
    """Return those who look after the members of `school` today."""
    worn = Hat.objects.of_school(school).running().filter(kind__in=Hat.STAFF, membership__state="active")
    people = User.objects.filter(memberships__hats__in=worn, is_active=True).distinct().order_by("pk")
    return [person for person in people if policy.can_manage_members(member_in(person, school))]
