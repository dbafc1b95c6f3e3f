"""The mails of this feature, composed when they are sent (portal.sending)."""

from django.utils.translation import override

from accounts.assisted.models import AssistedEntry
from accounts.assisted.words import in_words, rooms_of, typed_by, without_trace
from accounts.outbox.messages import Composer, Mail, Nothing
from accounts.outbox.models import Delivery


def entry_mail(delivery: Delivery) -> Mail | Nothing:
    """Tell the person what was recorded for them, and that they can undo it."""
    rows = AssistedEntry.objects.unscoped().select_related("school", "helper", "person__user")
    entry = rows.filter(key=delivery.object).first()
    if entry is None or entry.undone is not None:
        return Nothing("undone")
    user = entry.person.user
    if not user.email:
        return Nothing("no address")
    if not entry.school.is_open or entry.person.state == "left" or not without_trace([entry]):
        return Nothing("not shown")
    with override(user.language):
        what, who = in_words(entry, rooms_of([entry])), typed_by(entry)
    context = {"school": entry.school.name, "what": what, "who": who, "waits": entry.waits}
    return Mail("assisted_entry", user.email, context, user.language)


COMPOSERS: dict[str, Composer] = {"assisted_entry": entry_mail}
