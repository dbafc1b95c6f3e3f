"""What whoever a court decision keeps away reads after typing a class code: what anybody reads who waits."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from accounts.schools.models import Asked, Hat, Membership


def as_waiting(memberships: Sequence[Membership]) -> Iterable[tuple[Membership, list[Hat]]]:
    """Yield, of each of these that asked for classes, the membership and hats of somebody who waits for them.

    The membership is not stored and its id is no row's: nothing that the school holds is found by it.
    """
    asked: dict[int, list[Asked]] = defaultdict(list)
    rows = Asked.objects.filter(membership__in=memberships).select_related("classroom__year")
    for row in rows:
        asked[row.membership_id].append(row)
    for membership in memberships:
        if membership.pk in asked:
            yield _waiting(membership, asked[membership.pk])


def _waiting(real: Membership, asked: Sequence[Asked]) -> tuple[Membership, list[Hat]]:
    shown = Membership(
        pk=-real.pk,
        school=real.school,
        user=real.user,
        key=real.key,
        name=asked[0].name,
        state=Membership.State.PENDING,
        joined=asked[0].at,
    )
    day = ZoneInfo(real.school.time_zone)
    hats = [
        Hat(
            membership=shown,
            kind=Hat.Kind.PARENT,
            classroom=row.classroom,
            since=row.at.astimezone(day).date(),
        )
        for row in sorted(asked, key=lambda row: (row.classroom.position, row.classroom.name))
    ]
    return shown, hats
