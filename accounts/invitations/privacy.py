"""What a school wrote of an adult before they came in, and the codes made for them."""

import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.audit.merged import awaited_of
from accounts.audit.models import AuditEntry
from accounts.invitations.models import ClassCode, Invitation, InvitationQuerySet, MailToken, Slip
from accounts.people.models import User
from accounts.schools.access import linked
from foundation.spreadsheets import row_of

# An adult who never came: one year. Who said "not me", or was withdrawn: a month.
WAITING_KEPT = datetime.timedelta(days=365)
REFUSED_KEPT = datetime.timedelta(days=30)
# A code found in a drawer is told "too old" for a year; a mailed link, a quarter.
CODE_KEPT = datetime.timedelta(days=365)
TOKEN_KEPT = datetime.timedelta(days=90)
FIELDS = ["civility", "first_name", "last_name", "email", "kind", "state", "created"]


def held(user: User) -> list[tuple[str, list[tuple[str, str]]]]:
    parts = []
    for invitation in _told(user):
        rows = [(gettext("Name written by the school"), invitation.name)]
        if invitation.email:
            rows.append((gettext("Address written by the school"), invitation.email))
        rows += [(gettext("Slip printed"), _moment(slip.made)) for slip in invitation.slips.all()]
        if invitation.mails:
            rows.append((gettext("Invitations by mail"), str(invitation.mails)))
        parts.append((gettext("Invitation: %(school)s") % {"school": invitation.school.name}, rows))
    return parts


def export(user: User) -> dict[str, list[dict[str, Any]]]:
    told = _told(user)
    slips = [slip for invitation in told for slip in invitation.slips.all()]
    return {
        gettext("invitations"): [
            {gettext("school"): invitation.school.name, **row_of(invitation, FIELDS)} for invitation in told
        ],
        gettext("slips"): [row_of(slip, ["made", "expires"]) for slip in slips],
    }


def erase(user: User, *, keep_contributions: bool) -> None:
    """Delete what awaited the person, here or in another school, with its codes."""
    _theirs(user).delete()


def forget_old(now: datetime.datetime) -> int:
    """Delete invitations nobody opened, refused ones, and codes long dead."""
    waiting = Q(state=Invitation.State.WAITING, membership__isnull=True, created__lt=now - WAITING_KEPT)
    refused = Q(
        state__in=[Invitation.State.NOT_ME, Invitation.State.REVOKED],
        membership__isnull=True,
        created__lt=now - REFUSED_KEPT,
    )
    # The member is gone, and with them the reason to keep their name.
    orphaned = Q(state=Invitation.State.JOINED, membership__isnull=True)
    gone = Invitation.objects.unscoped().filter(waiting | refused | orphaned)
    count = gone.delete()[0]
    for codes in (Slip, ClassCode):
        count += codes.objects.filter(expires__lt=now - CODE_KEPT).delete()[0]
    return count + MailToken.objects.filter(expires__lt=now - TOKEN_KEPT).delete()[0]


def _theirs(user: User) -> InvitationQuerySet:
    known = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    addresses = {address.lower() for address in (*known, user.email or "") if address}
    same = Q(membership__user=user)
    for address in sorted(addresses):
        same |= Q(email__iexact=address)
    same |= Q(key__in=_awaited_before(user), membership__isnull=True)
    return Invitation.objects.unscoped().filter(same)


def _awaited_before(user: User) -> list[str]:
    """What awaited another account of the person, whose address went as both were made one.

    An address that the school corrected since may be somebody else's.
    """
    keys = awaited_of(user.key)
    if not keys:
        return []
    corrected = AuditEntry.objects.filter(verb="invitation_corrected", facts__row__in=keys)
    changed = set(corrected.values_list("facts__row", flat=True))
    return [key for key in keys if key not in changed]


def _told(user: User) -> list[Invitation]:
    """Of schools where a restriction hides the person from themselves, nothing."""
    here = {member.school.pk for member in linked(user)}
    rows = _theirs(user).select_related("school", "membership").prefetch_related("slips")
    return [
        row
        for row in rows.order_by("created", "pk")
        if row.membership is None or row.school_id in here or row.membership.state == "left"
    ]


def _moment(moment: datetime.datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y")
