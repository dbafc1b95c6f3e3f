"""The mails of this feature, composed when they are sent (portal.sending)."""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override

from accounts.outbox.messages import Composer, Mail, Nothing
from accounts.outbox.models import Delivery
from accounts.people.actions import verified_email
from accounts.register.actions import leaving_of


def leaving(delivery: Delivery) -> Mail | Nothing:
    """Tell somebody who is in no school any more when their account goes, and what they may decide."""
    person = delivery.person
    if person is None:
        return Nothing("gone")
    found, to = leaving_of(person), verified_email(person)
    if found is None or str(found.pk) != delivery.object:
        return Nothing("came back")
    if not to:
        return Nothing("no address")
    with override(person.language):
        day = date_format(found.erase_on, "j F Y")
    context = {"day": day, "url": settings.SITE_URL + reverse("my_data"), "again": delivery.revision > 1}
    return Mail("leaving", to, context, person.language)


COMPOSERS: dict[str, Composer] = {"leaving": leaving}
