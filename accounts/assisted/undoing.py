"""How what this feature records is undone; later features bring their own (`portal.assisted.UNDOERS`)."""

import datetime
from typing import Any

from accounts.assisted.actions import CLASS, PREFERENCE, Undoer
from accounts.assisted.models import AssistedEntry
from accounts.people.models import User
from accounts.schools.actions import end_hat
from accounts.schools.models import Hat


def undo_preference(entry: AssistedEntry, by: Any) -> None:
    """Put each choice back, but those that the person changed since."""
    user = User.objects.select_for_update().get(pk=entry.person.user_id)
    back = [name for name, values in entry.before.items() if getattr(user, name) == values["set"]]
    for name in back:
        setattr(user, name, entry.before[name]["was"])
    user.save(update_fields=back)


def undo_class(entry: AssistedEntry, by: Any) -> None:
    """End the link that was given, if it still runs."""
    yesterday = entry.school.today() - datetime.timedelta(days=1)
    hat = (
        Hat.objects.filter(membership=entry.person_id, pk=entry.before.get("hat"))
        .exclude(until__lte=yesterday)
        .first()
    )
    if hat is not None:
        end_hat(hat, by=by)


UNDOERS: dict[str, Undoer] = {PREFERENCE: undo_preference, CLASS: undo_class}
