"""What each school holds of a person, as far as the person may know of it."""

import datetime
from typing import Any, cast

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.people.models import User
from accounts.schools.access import members_of
from accounts.schools.actions.hats import is_directed_without
from accounts.schools.actions.telling import note
from accounts.schools.member import Member
from accounts.schools.models import Hat, Membership, Restriction, School
from accounts.schools.models.members import MembershipQuerySet
from accounts.schools.words import role_in_words
from foundation.spreadsheets import row_of

# The ENT order of 30 November 2006, article 6: within three months of leaving (DOMAIN 3.3).
LEFT_KEPT = datetime.timedelta(days=90)
RESTRICTION_KEPT = datetime.timedelta(days=365)


def held(user: User) -> list[tuple[str, list[tuple[str, str]]]]:
    """What one is in each school. What a restriction covers is not told: it leaves no trace (DESIGN §1)."""
    parts = [(member.school.name, _rows(member)) for member in members_of(user)]
    for membership in _left(user):
        day = _day(timezone.localdate(membership.left)) if membership.left else ""
        rows = [(gettext("Name there"), membership.name), (gettext("Has left"), day)]
        parts.append((membership.school.name, rows))
    return parts


def export(user: User) -> dict[str, list[dict[str, Any]]]:
    schools, hats = [], []
    for member in members_of(user):
        schools.append(_membership_row(cast(Membership, member.membership)))
        hats += [{gettext("school"): member.school.name, **_hat_row(hat)} for hat in member.hats]
    schools += [_membership_row(membership) for membership in _left(user)]
    return {gettext("schools"): schools, gettext("what I am in a school"): hats}


def erase(user: User, *, keep_contributions: bool) -> None:
    """Delete what the schools hold; a decision that goes leaves a line, for the day the person is back."""
    memberships = Membership.objects.filter(user=user)
    _leave_lines_of(memberships)
    memberships.delete()


def schools_led_alone(user: User) -> list[School]:
    """The schools that nobody would direct without this person: the direction is handed over first."""
    led = [member for member in members_of(user) if member.is_director]
    return [
        member.school
        for member in led
        if not is_directed_without(member.school, cast(Membership, member.membership))
    ]


def forget_left(now: datetime.datetime) -> int:
    """Delete what a school kept of those who left it, and restrictions that ended long ago."""
    old = Restriction.objects.unscoped().filter(until__lt=timezone.localdate(now) - RESTRICTION_KEPT)
    old.delete()
    left = Membership.objects.unscoped().filter(state=Membership.State.LEFT, left__lt=now - LEFT_KEPT)
    _leave_lines_of(left)
    return left.delete()[0]


def _leave_lines_of(memberships: MembershipQuerySet) -> None:
    """Tell the direction, in the acts of its school, which decisions go with these people: no name."""
    rows = Restriction.objects.filter(membership__in=memberships)
    for row in rows.select_related("membership__school", "membership__user", "classroom"):
        if row.until is not None and row.until < row.membership.school.today():
            continue
        room = row.classroom.key if row.classroom else ""
        decided = row.decided_on.isoformat()
        note("restriction_gone_with_account", row.membership, by=None, classroom=room, decided_on=decided)


def hat_in_words(hat: Hat) -> str:
    """« parent in CP A »."""
    role = str(hat.get_kind_display())
    return role_in_words(role, [hat.classroom.name]) if hat.classroom else role


def _rows(member: Member) -> list[tuple[str, str]]:
    membership = cast(Membership, member.membership)
    rows = [(gettext("Name there"), membership.name)]
    rows += [(hat_in_words(hat), _days(hat)) for hat in member.hats]
    if member.is_suspended():
        rows.append((gettext("May not write for now"), membership.suspended_why))
    return rows


def _left(user: User) -> list[Membership]:
    found = Membership.objects.filter(user=user, state=Membership.State.LEFT).select_related("school")
    return list(found.order_by("-left", "pk"))


def _membership_row(membership: Membership) -> dict[str, Any]:
    row = row_of(membership, ["name", "state", "joined", "left", "suspended_until", "suspended_why"])
    return {gettext("school"): membership.school.name, **row}


def _hat_row(hat: Hat) -> dict[str, Any]:
    row = row_of(hat, ["kind", "since", "until"])
    row[gettext("class")] = hat.classroom.name if hat.classroom else ""
    mandate = getattr(hat, "mandate", None) if hat.kind == Hat.Kind.ELECTED else None
    if mandate is not None:
        row |= row_of(mandate, ["title", "elected_on"])
        row[gettext("list of parents")] = mandate.parent_list.name if mandate.parent_list else ""
    return row


def _days(hat: Hat) -> str:
    if hat.until is None:
        return gettext("since %(day)s") % {"day": _day(hat.since)}
    return gettext("from %(since)s to %(until)s") % {"since": _day(hat.since), "until": _day(hat.until)}


def _day(day: datetime.date) -> str:
    return date_format(day, "j F Y")
