"""Make the demo people, again and again the same; nothing of this runs outside the demo."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.people.actions import set_email
from accounts.people.models import HostRole, User
from portal.demo.people import PEOPLE, DemoPerson


def refuse_outside_demo() -> None:
    """Raise PermissionDenied unless the profile is demo."""
    if settings.IS_PRODUCTION or not settings.IS_DEMO:
        raise PermissionDenied("The demo exists only with PORTAL_PROFILE=demo.")


@transaction.atomic
def seed_people() -> int:
    """Store the demo people who are missing; return how many were made."""
    refuse_outside_demo()
    known = set(
        User.objects.filter(username__in=[p.username for p in PEOPLE]).values_list("username", flat=True)
    )
    missing = [person for person in PEOPLE if person.username not in known]
    for person in missing:
        seed_person(person)
    return len(missing)


def seed_person(person: DemoPerson) -> User:
    """Store one demo person: an e-mail that leads nowhere, no password, the host role of the key."""
    user = User.objects.create_user(person.username, display_name=person.name, language=person.language)
    set_email(user, person.email)
    if person.host_role:
        HostRole.objects.create(user=user, role=person.host_role)
    return user
