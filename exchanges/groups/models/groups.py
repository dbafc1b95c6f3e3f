"""A group of exchange, and what each member of the school may know of it (RULES §1)."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.schools.member import Member
from accounts.schools.models import Classroom, School
from accounts.schools.scope import ScopedQuerySet
from exchanges.groups.models.circles import Circle, Reach, reach_of
from foundation.keyed import Keyed
from foundation.keys import random_key


@dataclass(frozen=True)
class Seat:
    """What one person is in one group they have joined."""

    id: int
    joined: datetime.datetime
    is_facilitator: bool
    is_silenced: bool
    declines_reports: bool
    mute_until: datetime.datetime | None


class GroupQuerySet(ScopedQuerySet):
    """Groups by what they are doing, and by who may know of them."""

    def alive(self) -> Self:
        """Those where something may still be said, or read again."""
        return self.filter(state__in=[Group.State.OPEN, Group.State.SLEEPING])

    def with_seat(self, member: Member) -> Self:
        """Each group with what `member` is in it (`group.seat`), whether they are invited, or were removed.

        While their past is shut they are as somebody who never joined.
        """
        return self.with_seat_of(member.membership.pk if member.membership and member.opens_past else None)

    def with_seat_of(self, own: int | None) -> Self:
        """As `with_seat`, by the id of the membership."""
        removed = Group.objects.filter(
            pk=OuterRef("pk"), members__membership=own, members__left__isnull=False, members__was_removed=True
        )
        return self.annotate(
            own=FilteredRelation("members", condition=Q(members__membership=own, members__left__isnull=True)),
            asked_in=FilteredRelation(
                "invitations", condition=Q(invitations__membership=own, invitations__declined__isnull=True)
            ),
            seat_id=F("own__pk"),
            seat_joined=F("own__joined"),
            seat_is_facilitator=F("own__is_facilitator"),
            seat_is_silenced=F("own__is_silenced"),
            seat_declines_reports=F("own__declines_reports"),
            seat_mute_until=F("own__mute_until"),
            invitation_id=F("asked_in__pk"),
            removed=Exists(removed),
        )

    def visible_to(self, member: Member) -> Self:
        """Groups whose card `member` may see; all others do not exist (404)."""
        if member.is_pending:
            return self.none()
        return self.filter(school=member.school).with_seat(member).known_within(reach_of(member))

    def readable_by(self, member: Member) -> Self:
        """Groups `member` has joined and may still read."""
        if member.is_pending or not member.opens_past:
            return self.none()
        return self.filter(school=member.school).with_seat(member).read_within(reach_of(member))

    def known_within(self, reach: Reach) -> Self:
        """Of groups with a seat, those that somebody of these circles and classes may know of."""
        if reach.judges:
            return self
        shown = ~Q(state=Group.State.ARCHIVED) & ~Q(joining=Group.Joining.INVITATION)
        return self.filter(reach.groups(), Q(own__isnull=False) | Q(asked_in__isnull=False) | shown)

    def read_within(self, reach: Reach) -> Self:
        """Of groups with a seat, those joined that somebody of these circles and classes may still read."""
        return self.filter(reach.groups(), own__isnull=False).exclude(state=Group.State.SUGGESTED)


class Group(Keyed):
    """A group of exchange of one circle: suggested → open ⇄ sleeping → archived."""

    class State(models.TextChoices):
        SUGGESTED = "suggested", _("suggested")
        OPEN = "open", _("open")
        SLEEPING = "sleeping", _("asleep")
        ARCHIVED = "archived", _("archived")

    class Joining(models.TextChoices):
        OPEN = "open", _("whoever accepts the charter")
        REQUEST = "request", _("on request")
        INVITATION = "invitation", _("by invitation")

    class Moderation(models.TextChoices):
        AFTER = "after", _("messages are shown at once")
        FIRST = "first", _("the first message of a newcomer is read before")
        BEFORE = "before", _("every message is read before")

    # RULES §1: a suggestion nobody takes on is gone, a silent group sleeps.
    SUGGESTION = datetime.timedelta(days=60)
    SILENCE = datetime.timedelta(days=60)
    MOST_PINNED = 3
    # Below it, "without my name" would say who asks (RULES §2).
    ANONYMOUS_FROM = 10

    school = models.ForeignKey(School, models.CASCADE, related_name="groups", verbose_name=_("school"))
    key = models.CharField(max_length=8, unique=True, default=random_key)
    circle = models.CharField(_("whose group"), max_length=20, choices=Circle.choices)
    name = models.CharField(_("name"), max_length=60)
    # Folded like people's names: two groups of a school cannot pass for each other.
    skeleton = models.CharField(max_length=160)
    purpose = models.CharField(_("what it is for"), max_length=200)
    charter = models.TextField(_("charter"), max_length=4000)
    charter_html = models.TextField(blank=True)
    charter_renderer = models.PositiveSmallIntegerField(default=0)
    charter_edition = models.PositiveSmallIntegerField(default=1)
    classroom = models.ForeignKey(
        Classroom, models.CASCADE, null=True, blank=True, related_name="groups", verbose_name=_("class")
    )
    language = models.CharField(_("language"), max_length=5, blank=True)
    joining = models.CharField(
        _("who may join"), max_length=10, choices=Joining.choices, default=Joining.OPEN
    )
    moderation = models.CharField(
        _("moderation"), max_length=6, choices=Moderation.choices, default=Moderation.FIRST
    )
    # Its subject is never named in a mail.
    is_discreet = models.BooleanField(_("discreet"), default=False)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.OPEN)
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The end of an address that lets members of the circle in; empty: there is none. A new one ends the old.
    invite_key = models.CharField(max_length=24, blank=True)
    # In holidays, by facilitators: read-only, and it says so (RULES §4).
    paused_until = models.DateTimeField(_("read-only until"), null=True, blank=True)
    created = models.DateTimeField(_("created"), default=timezone.now)
    active = models.DateTimeField(_("last activity"), default=timezone.now)
    reminded = models.DateTimeField(null=True, blank=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = [Lower("name"), "pk"]
        constraints = [
            # Among those the same people see: elsewhere, and by invitation, a name refused would tell of a
            # group that one may not know of. Two: SQLite cannot hold two empty classes for equal.
            models.UniqueConstraint(
                fields=["school", "circle", "classroom", "skeleton"],
                condition=Q(classroom__isnull=False) & ~Q(state="archived") & ~Q(joining="invitation"),
                name="name_once_in_a_class",
            ),
            models.UniqueConstraint(
                fields=["school", "circle", "skeleton"],
                condition=Q(classroom__isnull=True) & ~Q(state="archived") & ~Q(joining="invitation"),
                name="name_once_in_a_circle",
            ),
            models.UniqueConstraint(
                fields=["invite_key"], condition=~Q(invite_key=""), name="invitation_address_once"
            ),
        ]
        indexes = [models.Index(fields=["school", "state"], name="groups_of_school")]

    def __str__(self) -> str:
        return self.name

    @property
    def tongue(self) -> str:
        """In which language its own words are, to whoever hears or reads the page in another."""
        return self.language or settings.LANGUAGE_CODE

    @cached_property
    def seat(self) -> Seat | None:
        """What the person of `with_seat` is here; None if they have not joined."""
        row: Any = self.__dict__
        if row["seat_id"] is None:
            return None
        names = ("joined", "is_facilitator", "is_silenced", "declines_reports", "mute_until")
        return Seat(row["seat_id"], *(row[f"seat_{name}"] for name in names))

    @property
    def is_invited(self) -> bool:
        """Whether the person of `with_seat` was asked in and has not said no."""
        return self.__dict__["invitation_id"] is not None

    @property
    def was_removed(self) -> bool:
        """Whether a decision removed the person of `with_seat`: a facilitator must let them in again."""
        return bool(self.__dict__["removed"])

    def is_paused(self, now: datetime.datetime | None = None) -> bool:
        return self.paused_until is not None and self.paused_until > (now or timezone.now())
