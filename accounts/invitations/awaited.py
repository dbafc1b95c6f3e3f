"""Who is awaited in a school, as its pages list them: in a few queries, whatever their number."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, Max, OuterRef, Prefetch
from django.utils import timezone

from accounts.invitations.matching import fold
from accounts.invitations.models import Invitation, InvitationQuerySet, Slip
from accounts.schools.models import Classroom, Hat, School

# Whose paper goes home with the class.
FAMILY = (Hat.Kind.PARENT, Hat.Kind.PROCHE)
# The pile of those who are given no class, or teach one: the school hands those out itself.
TEAM = "equipe"


def awaited(school: School) -> InvitationQuerySet:
    """Those not in yet, with their classes and what is known of their paper, never its code.

    Who is awaited in classes of next year alone is not missing today: a paper printed now would end with
    the year (`expiry_of`).

    `printed` is the last print, `has_slip` whether a paper is good today, `is_locked` after five wrong tries.
    """
    return _with_paper(Invitation.objects.of_school(school).waiting().filter(_this_year()))


def on_list(school: School) -> InvitationQuerySet:
    """Those awaited, and those of whom somebody said "this is not for me"; `is_later`: next year alone."""
    states = (Invitation.State.WAITING, Invitation.State.NOT_ME)
    return _with_paper(Invitation.objects.of_school(school).filter(state__in=states)).annotate(
        is_later=~_this_year()
    )


def refused(school: School) -> InvitationQuerySet:
    """Those of whom somebody said "this is not for me"."""
    return _with_paper(Invitation.objects.of_school(school).filter(state=Invitation.State.NOT_ME))


def classes_of(school: School) -> list[Classroom]:
    """The classes of the current year, in the school's order."""
    return list(Classroom.objects.of_school(school).current())


def pile_of(invitation: Invitation) -> str:
    """Return the key of the class whose pile holds this person's one paper, or TEAM."""
    rooms = list(invitation.classrooms.all())
    return rooms[0].key if rooms and invitation.kind in FAMILY else TEAM


def in_piles(rows: Iterable[Invitation]) -> dict[str, list[Invitation]]:
    """Return the rows by `pile_of`, each pile in the order of last names."""
    piles: dict[str, list[Invitation]] = defaultdict(list)
    for row in sorted(rows, key=alphabetical):
        piles[pile_of(row)].append(row)
    return piles


def alphabetical(invitation: Invitation) -> tuple[str, str, Any]:
    return fold(invitation.last_name), fold(invitation.first_name), invitation.pk


def _this_year() -> Any:
    """Awaited in a class of the current year, or in none."""
    links = Invitation.classrooms.through.objects.filter(invitation=OuterRef("pk"))
    return Exists(links.filter(classroom__year__is_current=True)) | ~Exists(links)


def _with_paper(rows: InvitationQuerySet) -> InvitationQuerySet:
    now = timezone.now()
    living = Slip.objects.living(now).filter(invitation=OuterRef("pk"))
    # This year's first: the paper of somebody who is awaited next year too lies in the pile of this one.
    in_order = Classroom.objects.unscoped().order_by("-year__is_current", "position", "name", "pk")
    rooms = Prefetch("classrooms", in_order)
    return (
        rows.annotate(
            printed=Max("slips__made"),
            has_slip=Exists(living),
            is_locked=Exists(living.filter(locked_until__gt=now)),
        )
        .select_related("school")
        .prefetch_related(rooms)
    )
