"""The badge of the admin's header: how much waits for this person, and where."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from accounts.schools.access import members_of
from exchanges.moderation import policy, queue
from exchanges.moderation.models import IllegalNotice, SecondReading


def waiting_of(person: Any, path: str) -> list[tuple[str, str]]:
    """[(label, address)]: « À modérer (4) » for the direction, notices for the host. 1 query each.

    The host's are counted at the admin's door and on their own pages: its lists have no query to spare.
    """
    if policy.judges_everywhere(person):
        own = reverse("admin:illegal_notices")
        counts = path == reverse("admin:index") or path.startswith(own)
        return [(_counted(gettext("Illegal content"), _for_host() if counts else 0), own)]
    if person.host_roles:
        return []
    judging = [member for member in members_of(person) if policy.judges_for_school(member)]
    if not judging:
        return []
    count = sum(queue.count_for(member) for member in judging)
    return [(_counted(gettext("To moderate"), count), reverse("admin:moderation_queue"))]


def _for_host() -> int:
    readings = SecondReading.objects.unscoped().filter(outcome="", reader=SecondReading.Reader.HOST)
    notices = IllegalNotice.objects.filter(outcome="").order_by().values("pk")
    return notices.union(readings.order_by().values("pk"), all=True).count()


def _counted(label: str, count: int) -> str:
    return gettext("%(label)s (%(count)d)") % {"label": label, "count": count} if count else label
