"""What papers ask of the direction: others show it in their lists."""

import datetime

from django.utils import timezone

from accounts.invitations.models import ClassCode, Invitation, InvitationQuerySet, Slip
from accounts.schools.models import School


def said_not_me(school: School) -> InvitationQuerySet:
    """Those of whom somebody said "this is not for me": their paper no longer serves."""
    return Invitation.objects.of_school(school).filter(state=Invitation.State.NOT_ME)


def locked_slips(school: School, now: datetime.datetime | None = None):
    """Slips of the school that five wrong tries have locked; a new paper ends it."""
    rows = Slip.objects.living(now).filter(invitation__school=school, locked_until__gt=now or timezone.now())
    return rows.select_related("invitation")


def locked_class_codes(school: School, now: datetime.datetime | None = None):
    """Class codes of the school that five wrong tries have locked."""
    rows = ClassCode.objects.living(now).filter(classroom__school=school)
    return rows.filter(locked_until__gt=now or timezone.now()).select_related("classroom")
