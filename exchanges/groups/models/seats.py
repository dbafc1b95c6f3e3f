"""Who joined a group, who asks to, who was asked, and what the group is told of itself (RULES §1)."""

import datetime
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, NamedTuple, Self

from allauth.usersessions.models import UserSession
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Window
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.rollover.models import Rollover
from accounts.schools.models import Membership
from accounts.schools.scope import ScopedQuerySet
from exchanges.groups.models.circles import worn_in, worn_in_own
from exchanges.groups.models.groups import Group
from foundation.prepared import Prepared


class GroupMemberQuerySet(ScopedQuerySet):
    """Those who joined."""

    def present(self) -> Self:
        """Those who have not left."""
        return self.filter(left__isnull=True)

    def readers(self, group: Group, day: datetime.date | None = None) -> Self:
        """Those who may read `group` today: joined, let in, and still of its circle and class."""
        today = day or group.school.today()
        rows = self.filter(group=group, membership__state=Membership.State.ACTIVE).present()
        return rows.filter(worn_in(group.circle, group.classroom_id, today))

    def reading(self, day: datetime.date) -> Self:
        """As `readers`, of every group of the query at once."""
        rows = self.filter(membership__state=Membership.State.ACTIVE).present()
        return rows.filter(worn_in_own(day))

    def active(self, now: datetime.datetime) -> Self:
        """Those seen within 14 days (RULES §1)."""
        since = now - GroupMember.ACTIVE_WITHIN
        seen = UserSession.objects.filter(user=OuterRef("membership__user"), last_seen_at__gte=since)
        return self.filter(Q(membership__user__last_login__gte=since) | Q(Exists(seen)))

    def facilitators(self, group: Group, day: datetime.date | None = None) -> Self:
        """Readers who run the group."""
        return self.readers(group, day).filter(is_facilitator=True)


class GroupMember(models.Model):
    """A member of the school who accepted the charter; only they read, search, are counted or receive."""

    ACTIVE_WITHIN = datetime.timedelta(days=14)
    LONGEST_MUTE = datetime.timedelta(days=7)

    group = models.ForeignKey(Group, models.CASCADE, related_name="members", verbose_name=_("group"))
    membership = models.ForeignKey(
        Membership, models.CASCADE, related_name="group_memberships", verbose_name=_("member")
    )
    joined = models.DateTimeField(_("joined"), default=timezone.now)
    left = models.DateTimeField(_("left"), null=True, blank=True)
    is_facilitator = models.BooleanField(_("facilitates"), default=False)
    # Page only: nothing of this group is mailed.
    is_silenced = models.BooleanField(_("silenced"), default=False)
    declines_reports = models.BooleanField(_("not told of reports by mail"), default=False)
    # At most seven days, by facilitators (RULES §4).
    mute_until = models.DateTimeField(_("may not write here until"), null=True, blank=True)
    was_removed = models.BooleanField(_("removed by a decision"), default=False)

    SCHOOL_PATH = "group__school"
    objects = GroupMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a group")
        verbose_name_plural = _("members of groups")
        ordering = ["joined", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "membership"], name="once_in_a_group"),
        ]
        indexes = [
            models.Index(fields=["membership", "left"], name="groups_of_member"),
            models.Index(
                fields=["group", "membership"], condition=Q(left__isnull=True), name="present_in_group"
            ),
        ]

    def __str__(self) -> str:
        return str(self.membership_id)


def facilitators_of(group: Group, day: datetime.date) -> list[GroupMember]:
    """Who runs `group`, each with their membership, first come first: for its own pages. 1 query."""
    return _asked_of(group, day, _running(group.circle, group.classroom_id is not None))


class Reader(NamedTuple):
    """Somebody who reads a group, as its page of members names them; `readers` counts them all."""

    membership: int
    key: str
    name: str
    runs: bool
    readers: int


def readers_page(group: Group, day: datetime.date, start: int, stop: int) -> list[Reader]:
    """Readers of `group` from one place to another: who runs it, then by name. 1 query."""
    asked = _named(group.circle, group.classroom_id is not None, start, stop)
    return [Reader(*row) for row in _asked_of(group, day, asked)]


def _asked_of(group: Group, day: datetime.date, prepared: Prepared) -> list[Any]:
    values: dict[str, Any] = {"group": group.pk, "day": day}
    if group.classroom_id is not None:
        values["room"] = group.classroom_id
    return prepared.rows(**values)


@cache
def _running(circle: str, tied: bool) -> Prepared:
    def rows(group: int, day: datetime.date, room: int | None = None) -> GroupMemberQuerySet:
        run = _reading_in(circle, group, day, room).filter(is_facilitator=True)
        return run.order_by("joined", "pk")

    return _prepared(rows, tied)


@lru_cache(maxsize=32)
def _named(circle: str, tied: bool, start: int, stop: int) -> Prepared:
    def rows(group: int, day: datetime.date, room: int | None = None) -> QuerySet[Any, Any]:
        seats = _reading_in(circle, group, day, room).annotate(readers=Window(Count("pk")))
        ordered = seats.order_by("-is_facilitator", "membership__name", "pk")[start:stop]
        return ordered.values_list(
            "membership", "membership__key", "membership__name", "is_facilitator", "readers"
        )

    return _prepared(rows, tied)


def _reading_in(circle: str, group: int, day: datetime.date, room: int | None) -> GroupMemberQuerySet:
    """As `GroupMemberQuerySet.readers`, of a group named by its id."""
    seats = GroupMember.objects.filter(group=group, membership__state=Membership.State.ACTIVE)
    return seats.present().filter(worn_in(circle, room, day)).select_related("membership")


def _prepared(rows: Callable[..., QuerySet[Any, Any]], tied: bool) -> Prepared:
    """Of a group tied to a class, or to none."""
    if tied:
        return Prepared(rows, group=int, day=datetime.date, room=int)
    return Prepared(rows, group=int, day=datetime.date)


class YearEnd(models.Model):
    """What a group was when a change of year archived it or put it to sleep, to undo that (RULES §1)."""

    rollover = models.ForeignKey(Rollover, models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    was = models.CharField(max_length=9)
    became = models.CharField(max_length=9)

    SCHOOL_PATH = "group__school"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("group at a change of year")
        verbose_name_plural = _("groups at a change of year")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["rollover", "group"], name="year_end_once")]

    def __str__(self) -> str:
        return f"{self.was} → {self.became}"


class JoinRequest(models.Model):
    """Somebody who asks to join; after 72 hours without answer, accepted (RULES §1)."""

    ANSWERED_WITHIN = datetime.timedelta(hours=72)

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        LAPSED = "lapsed", _("accepted for want of an answer")
        WITHDRAWN = "withdrawn", _("taken back")

    group = models.ForeignKey(Group, models.CASCADE, related_name="requests", verbose_name=_("group"))
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+", verbose_name=_("member"))
    at = models.DateTimeField(_("asked"), default=timezone.now)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)
    decided = models.DateTimeField(null=True, blank=True)

    SCHOOL_PATH = "group__school"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "membership"], condition=Q(outcome=""), name="one_open_request"
            ),
        ]

    def __str__(self) -> str:
        return str(self.membership_id)


class GroupInvitation(models.Model):
    """Somebody asked in by a facilitator: the card of the group then opens to them."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="invitations", verbose_name=_("group"))
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+", verbose_name=_("member"))
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    declined = models.DateTimeField(null=True, blank=True)

    SCHOOL_PATH = "group__school"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to a group")
        verbose_name_plural = _("invitations to groups")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "membership"], name="invited_once_to_a_group"),
        ]

    def __str__(self) -> str:
        return str(self.membership_id)


class GroupLine(models.Model):
    """One line of what a group is told of itself, by hat and never by name: "the direction opened a case"."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="lines")
    verb = models.CharField(max_length=40)
    hat = models.CharField(max_length=20, blank=True)
    # What happened once is told once: a case and a person, a pause and a day.
    once = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(default=timezone.now)

    SCHOOL_PATH = "group__school"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a group’s log")
        verbose_name_plural = _("lines of groups’ logs")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "verb", "once"], condition=~Q(once=""), name="told_once_to_a_group"
            ),
        ]

    def __str__(self) -> str:
        return self.verb


class Fold(models.Model):
    """No longer see someone: their messages are folded for me, silently (DESIGN §6)."""

    person = models.ForeignKey(Membership, models.CASCADE, related_name="folds")
    other = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    SCHOOL_PATH = "person__school"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("person no longer seen")
        verbose_name_plural = _("people no longer seen")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "other"], name="folded_once")]

    def __str__(self) -> str:
        return str(self.other_id)
