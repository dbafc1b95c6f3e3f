"""Make the demo's schools and people, again and again the same; nothing of this runs outside the demo."""

import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.people.actions import set_email
from accounts.people.models import HostRole, User
from accounts.schools.actions import give_hat, give_mandate, join
from accounts.schools.models import Classroom, Hat, Membership, ParentList, School
from portal.demo.filling import fill_school
from portal.demo.people import PEOPLE, DemoPerson, Place
from portal.demo.schools import SCHOOLS, election_day, last_day_of_mandate


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
        fill_school(school)
    known = set(
        User.objects.filter(username__in=[p.username for p in PEOPLE]).values_list("username", flat=True)
    )
    missing = [person for person in PEOPLE if person.username not in known]
    for person in missing:
        seed_person(person)
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


def _put(user: User, person: DemoPerson, place: Place) -> Membership:
    """Make `user` what `place` says."""
    school = School.objects.get(slug=place.school)
    state = Membership.State.PENDING if place.pending else Membership.State.ACTIVE
    membership = join(user, school, person.name, state=state)
    for kind in place.kinds:
        _wear(membership, kind, place)
    if person.suspended:
        _suspend(membership, person.suspended)
    return membership


def _wear(membership: Membership, kind: str, place: Place) -> None:
    school = membership.school
    july = datetime.date(school.years.get(is_current=True).ends.year, 7, 31)
    if kind == Hat.Kind.ELECTED:
        elected_on = election_day(school.today())
        parent_list = ParentList.objects.of_school(school).filter(name=place.parent_list).first()
        until = last_day_of_mandate(elected_on)
        give_mandate(membership, by=None, elected_on=elected_on, until=until, parent_list=parent_list)
    elif kind in Hat.IN_CLASS:
        rooms = Classroom.objects.of_school(school).current().filter(name__in=place.rooms)
        for room in rooms:
            give_hat(membership, kind, classroom=room, until=july if kind == Hat.Kind.PROCHE else None)
    else:
        last = None if kind == Hat.Kind.DIRECTOR else july
        give_hat(membership, kind, until=last, rights=list(place.rights))


def _suspend(membership: Membership, length: datetime.timedelta) -> None:
    membership.suspended_until = timezone.now() + length
    membership.suspended_why = "Deux messages blessants, après un premier rappel."
    membership.save(update_fields=["suspended_until", "suspended_why"])
