"""Those who are in no school any more: asked, given three months, and forgotten if they come back."""

import calendar
import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.outbox.actions import post, withdraw
from accounts.people.models import HostRole, User
from accounts.register.models import Leaving
from accounts.schools.models import Hat, Membership

# The ENT order of 30 November 2006, article 6 (DOMAIN 3.3).
MONTHS = 3
# Whoever was not taken off, but whose last hat ended, is not told on the first day of the holidays.
GRACE = datetime.timedelta(days=30)
# Nobody is erased without having been told a month before, and again two weeks before.
NOTICE = datetime.timedelta(days=30)
REMINDED = datetime.timedelta(days=14)


def belongs_nowhere() -> QuerySet[User]:
    """The people who are in no school, wait for none, and have no role of the host."""
    today = timezone.localdate()
    hats = Hat.objects.running(today).filter(membership=OuterRef("pk"))
    inside = (
        Membership.objects.filter(user=OuterRef("pk"))
        .exclude(state=Membership.State.LEFT)
        .filter(Q(state=Membership.State.PENDING) | Exists(hats))
    )
    roles = HostRole.objects.in_force().filter(user=OuterRef("pk"))
    return User.objects.filter(~Exists(inside), ~Exists(roles))


def leaving_of(user: User) -> Leaving | None:
    """Return the leaving of somebody who is in no school, None for whoever came back."""
    found = Leaving.objects.filter(user=user).first()
    return found if found and belongs_nowhere().filter(pk=user.pk).exists() else None


@transaction.atomic
def note_leavers(now: datetime.datetime) -> int:
    """Note those who have left since the last time, and ask each what becomes of their contributions."""
    count = 0
    for user in belongs_nowhere().filter(leaving__isnull=True).order_by("pk"):
        since, told = _last_day_of(user)
        if not told and now - since < GRACE:
            continue
        day = max(_in_months(timezone.localdate(since)), timezone.localdate(now + NOTICE))
        leaving = Leaving.objects.create(user=user, since=since, erase_on=day)
        post("leaving", str(leaving.pk), person=user, due=now)
        count += 1
    return count


def remind_leavers(now: datetime.datetime) -> None:
    """Tell once more those whose last two weeks begin."""
    soon = timezone.localdate(now + REMINDED)
    for leaving in Leaving.objects.filter(erase_on__lte=soon).select_related("user"):
        post("leaving", str(leaving.pk), person=leaving.user, revision=2, due=now)


@transaction.atomic
def cancel_returned(now: datetime.datetime) -> int:
    """Forget the leaving of those who belong somewhere again."""
    returned = list(Leaving.objects.exclude(user__in=belongs_nowhere()))
    for leaving in returned:
        withdraw("leaving", str(leaving.pk), now=now)
        leaving.delete()
    return len(returned)


@transaction.atomic
def answer(leaving: Leaving, *, keep_contributions: bool) -> None:
    """Note whether contributions may stay; it can be changed until the day."""
    leaving.keep_contributions = keep_contributions
    leaving.save(update_fields=["keep_contributions"])


def due_leavings(now: datetime.datetime) -> list[Leaving]:
    """Those whose day has come."""
    due = Leaving.objects.filter(erase_on__lte=timezone.localdate(now), user__in=belongs_nowhere())
    return list(due.select_related("user"))


def _last_day_of(user: User) -> tuple[datetime.datetime, bool]:
    """When the person last belonged somewhere, and whether every school said goodbye to them."""
    memberships = list(Membership.objects.filter(user=user).prefetch_related("hats"))
    days = [role.until for role in user.host_role_rows.all() if role.until]
    days += [hat.until for membership in memberships for hat in membership.hats.all() if hat.until]
    moments = [timezone.make_aware(datetime.datetime.combine(day, datetime.time.max)) for day in days]
    moments += [membership.left for membership in memberships if membership.left]
    told = bool(memberships) and all(row.state == Membership.State.LEFT for row in memberships)
    return min(max([*moments, user.date_joined]), timezone.now()), told


def _in_months(day: datetime.date) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month - 1 + MONTHS, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
