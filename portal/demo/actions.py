"""Make the demo's schools and people, again and again the same; nothing of this runs outside the demo."""

import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.people.actions import set_email
from accounts.people.models import HostRole, User
from accounts.schools.actions import give_hat, give_mandate, join
from accounts.schools.actions.standing import suspend
from accounts.schools.models import Classroom, Hat, Membership, ParentList, School
from portal.demo.filling import fill_school, make_school
from portal.demo.people import PEOPLE, DemoPerson, Place
from portal.demo.schools import SCHOOLS, election_day
from portal.demo.talking import seed_groups


def refuse_outside_demo() -> None:
    """Raise PermissionDenied unless the profile is demo."""
    if settings.IS_PRODUCTION or not settings.IS_DEMO:
        raise PermissionDenied("The demo exists only with PORTAL_PROFILE=demo.")


@transaction.atomic
def seed_demo() -> tuple[int, int]:
    """Store the demo schools and people who are missing; what was changed since stays. Return how many."""
    refuse_outside_demo()
    schools = [school for school in SCHOOLS if not School.objects.filter(slug=school.slug).exists()]
    for school in schools:
        make_school(school)
    known = set(
        User.objects.filter(username__in=[p.username for p in PEOPLE]).values_list("username", flat=True)
    )
    missing = [person for person in PEOPLE if person.username not in known]
    # Directors first: it is they who open the schools and decide the rest.
    for person in sorted(missing, key=lambda person: not person.directs):
        seed_person(person)
    for school in schools:
        fill_school(school, by=_director(school.slug))
    for demo in SCHOOLS:
        seed_groups(School.objects.get(slug=demo.slug))
    return len(schools), len(missing)


def seed_person(person: DemoPerson) -> User:
    """Store one demo person: an address that leads nowhere, no password, the roles of the key."""
    user = User.objects.create_user(
        person.username,
        display_name=person.name,
        language=person.language,
        prefers_paper=not person.has_email,
    )
    if person.email:
        set_email(user, person.email)
    if person.host_role:
        HostRole.objects.create(user=user, role=person.host_role)
    for place in person.places:
        _put(user, person, place)
    return user


def _put(user: User, person: DemoPerson, place: Place) -> None:
    """Make `user` what `place` says."""
    school = School.objects.get(slug=place.school)
    state = Membership.State.PENDING if place.pending else Membership.State.ACTIVE
    membership = join(user, school, person.name, state=state)
    for kind in place.kinds:
        _wear(membership, kind, place)
    if person.suspended:
        until = timezone.now() + person.suspended
        suspend(membership, by=_director(place.school), until=until, why=person.why)


def _wear(membership: Membership, kind: str, place: Place) -> None:
    school = membership.school
    july = datetime.date(school.years.get(is_current=True).ends.year, 7, 31)
    if kind == Hat.Kind.ELECTED:
        parent_list = ParentList.objects.of_school(school).filter(name=place.parent_list).first()
        elected_on = election_day(school.today())
        give_mandate(membership, by=_director(place.school), elected_on=elected_on, parent_list=parent_list)
    elif kind in Hat.IN_CLASS:
        for room in Classroom.objects.of_school(school).current().filter(name__in=place.rooms):
            give_hat(membership, kind, classroom=room, until=july if kind == Hat.Kind.PROCHE else None)
    elif kind == Hat.Kind.DIRECTOR:
        give_hat(membership, kind)
    else:
        give_hat(membership, kind, by=_director(place.school), until=july, rights=list(place.rights))


def _director(slug: str) -> User:
    return User.objects.get(username=next(person.username for person in PEOPLE if person.directs == slug))
