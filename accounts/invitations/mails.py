"""The mails of this feature, composed when they are sent (portal.sending)."""

from django.conf import settings
from django.urls import reverse

from accounts.invitations import notices
from accounts.invitations.actions.mailing import KIND, MAILS_AT_MOST
from accounts.invitations.actions.waiting import LET_IN
from accounts.invitations.models import Invitation
from accounts.outbox.messages import Composer, Mail, Nothing
from accounts.outbox.models import Delivery
from accounts.schools.models import Membership


def invitation(delivery: Delivery) -> Mail | Nothing:
    """Invite without content: who writes, a page with a button, how many more mails will come."""
    row = Invitation.objects.unscoped().filter(key=delivery.object).select_related("school").first()
    if row is None or row.state != Invitation.State.WAITING:
        return Nothing("not awaited")
    if not row.school.is_open:
        return Nothing("closed")
    if row.email != delivery.address or not delivery.secret:
        return Nothing("no address")
    context = {
        "school": row.school,
        "url": settings.SITE_URL + reverse("join_by_mail", args=[delivery.secret]),
        "number": delivery.revision,
        "more": MAILS_AT_MOST - delivery.revision,
    }
    return Mail("invitation", row.email, context, delivery.language or "fr")


def let_in(delivery: Delivery) -> Mail | Nothing:
    """Tell somebody who waited that the school has let them in."""
    rows = Membership.objects.unscoped().present().filter(key=delivery.object)
    membership = rows.select_related("school", "user").first()
    if membership is None:
        return Nothing("left")
    if not membership.user.email:
        return Nothing("no address")
    url = settings.SITE_URL + membership.school.get_absolute_url()
    context = {"school": membership.school, "url": url}
    return Mail("let_in", membership.user.email, context, membership.user.language)


COMPOSERS: dict[str, Composer] = {KIND: invitation, LET_IN: let_in, **notices.COMPOSERS}
