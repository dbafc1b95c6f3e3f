"""What was typed for one person, as they alone see it."""

from accounts.assisted.models import AssistedEntry
from accounts.assisted.words import without_trace
from accounts.people.models import User
from accounts.schools.access import linked

MOST = 50


def own_entries(user: User) -> list[AssistedEntry]:
    """Return what was typed for a person where they are a member; a class closed to them leaves no trace."""
    here = [member.school.pk for member in linked(user)]
    entries = AssistedEntry.objects.filter(person__user=user, school__in=here)
    return without_trace(list(entries.select_related("school", "helper")[:MOST]))
