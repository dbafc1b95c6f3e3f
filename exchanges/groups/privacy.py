"""What is held of a person's places in groups: read, taken along, erased."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from accounts.people.models import User
from accounts.schools.access import members_of
from exchanges.groups.actions.sleeping import sleep_without_facilitator
from exchanges.groups.models import Fold, Group, GroupInvitation, GroupMember, JoinRequest, whose_group

Rows = list[tuple[str, str]]


def held(user: User) -> list[tuple[str, Rows]]:
    """Groups one reads today, requests, and how many people one no longer sees: their names are theirs."""
    groups = [(group.name, _place(group)) for group in _groups(user)]
    asked = [(row.group.name, gettext("asked on %(day)s") % {"day": _day(row.at)}) for row in _requests(user)]
    parts = [(gettext("My groups"), groups), (gettext("Groups I asked to join"), asked)]
    folded = _folds(user).count()
    if folded:
        words = ngettext("%(count)d person", "%(count)d people", folded) % {"count": folded}
        parts.append((gettext("People I no longer see"), [(words, gettext("for you alone"))]))
    return [(title, rows) for title, rows in parts if rows]


def export(user: User) -> dict[str, list[dict[str, Any]]]:
    name, school, since, runs = gettext("group"), gettext("school"), gettext("since"), gettext("runs it")
    groups = [
        {name: group.name, school: group.school.name, since: _iso(group.seat.joined), runs: _yes(group)}
        for group in _groups(user)
        if group.seat
    ]
    asked = [
        {name: row.group.name, school: row.group.school.name, gettext("asked"): _iso(row.at)}
        for row in _requests(user)
    ]
    folded = [{gettext("since"): _iso(row.at)} for row in _folds(user)]
    return {
        gettext("groups"): groups,
        gettext("requests to join"): asked,
        gettext("people no longer seen"): folded,
    }


def erase(user: User, *, keep_contributions: bool) -> None:
    """Take the person out of every group; one that nobody runs any more falls asleep."""
    seats = GroupMember.objects.filter(membership__user=user)
    run = [seat.group for seat in seats.filter(is_facilitator=True).select_related("group__school")]
    seats.delete()
    for rows in (JoinRequest, GroupInvitation):
        rows.objects.filter(membership__user=user).delete()
    _folds(user).delete()
    Fold.objects.filter(other__user=user).delete()
    for group in run:
        sleep_without_facilitator(group)


def _groups(user: User) -> list[Group]:
    """Those the person reads today: of one they may not know of any more, nothing is told."""
    found = []
    for member in members_of(user):
        for group in Group.objects.readable_by(member).select_related("classroom"):
            group.school = member.school
            found.append(group)
    return found


def _requests(user: User) -> list[JoinRequest]:
    known = [group.pk for member in members_of(user) for group in Group.objects.visible_to(member).only("pk")]
    rows = JoinRequest.objects.filter(membership__user=user, group__in=known, outcome="")
    return list(rows.select_related("group__school"))


def _folds(user: User) -> Any:
    return Fold.objects.filter(person__user=user)


def _place(group: Group) -> str:
    seat = group.seat
    whose = whose_group(group.circle, group.classroom.name if group.classroom else "")
    if seat is None:
        return whose
    since = gettext("since %(day)s") % {"day": _day(seat.joined)}
    return ", ".join([whose, since, *([gettext("You run it")] if seat.is_facilitator else [])])


def _yes(group: Group) -> str:
    return gettext("yes") if group.seat and group.seat.is_facilitator else gettext("no")


def _day(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "j F Y")


def _iso(moment: Any) -> str:
    return moment.isoformat(timespec="seconds")
