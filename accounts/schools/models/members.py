"""People in a school: the membership, the hats worn there, and what a court decided."""

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.people.names import skeleton
from accounts.schools.models.school import Classroom, School
from accounts.schools.scope import ScopedQuerySet
from foundation.keys import random_key

if TYPE_CHECKING:
    from accounts.people.models import User


class MembershipQuerySet(ScopedQuerySet):
    """The people of one school."""

    def present(self) -> "MembershipQuerySet":
        """Those who joined and have not left; pending ones apart."""
        return self.filter(state=Membership.State.ACTIVE)

    def pending(self) -> "MembershipQuerySet":
        return self.filter(state=Membership.State.PENDING)

    def counted(self) -> "MembershipQuerySet":
        """Each with `total`, how many there are in all: of one school only."""
        total = self.order_by().values("school").annotate(total=models.Count("pk")).values("total")
        return self.annotate(total=models.Subquery(total))

    def called(self, part: str) -> "MembershipQuerySet":
        """Those whose name has this part, also written without its accents."""
        alike = models.Q(skeleton__contains=skeleton(part) or part)
        return self.filter(models.Q(name__icontains=part) | alike)

    def of_class(self, classroom: int, day: datetime.date) -> "MembershipQuerySet":
        """Those who wear a hat of the class on `day`."""
        worn = Hat.objects.filter(classroom=classroom).worn_on(day)
        return self.filter(pk__in=worn.values("membership"))


class Membership(models.Model):
    """One person in one school, under the name that this school knows, seen there only."""

    class State(models.TextChoices):
        PENDING = "pending", _("waiting")
        ACTIVE = "active", _("member")
        LEFT = "left", _("has left")

    school = models.ForeignKey(School, models.CASCADE, related_name="memberships", verbose_name=_("school"))
    user: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    key = models.CharField(max_length=8, unique=True, default=random_key)
    name = models.CharField(_("name in this school"), max_length=80)
    # Look-alike letters folded: two people of a school cannot pass for each other.
    skeleton = models.CharField(max_length=160)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.ACTIVE)
    joined = models.DateTimeField(_("joined"), default=timezone.now)
    left = models.DateTimeField(_("left"), null=True, blank=True)
    suspended_until = models.DateTimeField(_("may not write until"), null=True, blank=True)
    suspended_why = models.CharField(_("reason told to the person"), max_length=300, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "user"], name="one_membership_a_school"),
            models.UniqueConstraint(
                fields=["school", "skeleton"],
                condition=~models.Q(state="left"),
                name="one_name_a_school",
            ),
        ]
        indexes = [models.Index(fields=["school", "state", "name"], name="members_of_school")]

    def __str__(self) -> str:
        return self.name


class DatedQuerySet(ScopedQuerySet):
    """Rows with a last day, `until`, which none stands for ever."""

    def lasting(self, day: datetime.date) -> Self:
        """Those whose last day is `day` or later."""
        return self.filter(models.Q(until__isnull=True) | models.Q(until__gte=day))


class HatQuerySet(DatedQuerySet):
    """Hats by the day at the school."""

    def running(self, today: datetime.date | None = None) -> Self:
        """Those that may be in force somewhere in the world around `today`: a day too wide."""
        return self.lasting((today or timezone.now().date()) - datetime.timedelta(days=1))

    def few_of_school(self, school: int, kinds: Sequence[str]) -> Self:
        """Those of kinds that few wear (of no parents), in the current year's classes or in none.

        The school is compared as an expression, which no index answers: the search begins from these hats,
        and does not try every member of the school (measured with 2,000: 0.8 ms becomes 0.02).
        """
        rooms = Classroom.objects.of_school(school).current()
        found = self.unscoped().alias(of=models.F("membership__school") + 0).filter(of=school, kind__in=kinds)
        return found.filter(models.Q(classroom__isnull=True) | models.Q(classroom__in=rooms))

    def worn_on(self, day: datetime.date) -> Self:
        """Those in force on `day`, whatever court decisions say."""
        return self.lasting(day).filter(since__lte=day)

    def unbarred(self, day: datetime.date) -> Self:
        """Without those that a court decision takes away on `day`: as if never given (DESIGN §1)."""
        return self.exclude(models.Exists(Restriction.objects.covering_outer_hat().lasting(day)))

    def with_barred_until(self) -> Self:
        """As `unbarred` where each row has its own day: the last day a decision takes the hat away, or None.

        `Hat.is_worn_on` asks it.
        """
        ends = Coalesce("until", models.Value(datetime.date.max), output_field=models.DateField())
        last = Restriction.objects.covering_outer_hat().annotate(ends=ends).order_by("-ends")
        return self.annotate(barred_until=models.Subquery(last.values("ends")[:1]))


class Hat(models.Model):
    """One thing a person is in a school, from a day to a day, both included, in the school's time zone.

    A parent, proche or teacher wears one hat a class; a deputy, secretary or interim one with `rights`; an
    elected parent one with a mandate. The director's has no class and no rights: it has them all.
    """

    class Kind(models.TextChoices):
        PARENT = "parent", _("parent")
        PROCHE = "proche", _("close relation")
        TEACHER = "teacher", _("teacher")
        DIRECTOR = "director", _("director")
        DEPUTY = "deputy", _("deputy")
        SECRETARY = "secretary", _("secretary")
        INTERIM = "interim", _("interim director")
        ELECTED = "elected", _("elected parent")
        HELPER = "helper", _("helper")
        RELAY = "relay", _("relay")

    class Right(models.TextChoices):
        MEMBERS = "members", _("members, slips and import")
        ANNOUNCEMENTS = "announcements", _("announcements")
        MODERATION = "moderation", _("moderation")
        AGENDA = "agenda", _("agenda")
        DOCUMENTS = "documents", _("documents")
        SUPPORT = "support", _("support requests")

    IN_CLASS = ("parent", "proche", "teacher")
    TITLES = ("deputy", "secretary", "interim")
    # Whoever wears one of these may open the admin: staff (DESIGN §6).
    STAFF = ("director", *TITLES)

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="hats", verbose_name=_("member"))
    kind = models.CharField(_("hat"), max_length=10, choices=Kind.choices)
    classroom = models.ForeignKey(
        Classroom, models.CASCADE, null=True, blank=True, related_name="hats", verbose_name=_("class")
    )
    # Of `Right`, for titles only.
    rights = models.JSONField(_("rights"), default=list, blank=True)
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("last day"), null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    SCHOOL_PATH = "membership__school"
    objects = HatQuerySet.as_manager()

    class Meta:
        verbose_name = _("hat")
        verbose_name_plural = _("hats")
        ordering = ["kind", "since", "pk"]
        constraints = [
            # Two: SQLite cannot hold two empty classes for equal.
            models.UniqueConstraint(
                fields=["membership", "kind", "classroom", "since"],
                condition=models.Q(classroom__isnull=False),
                name="class_hat_once",
            ),
            models.UniqueConstraint(
                fields=["membership", "kind", "since"],
                condition=models.Q(classroom__isnull=True),
                name="hat_once",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["parent", "proche", "teacher"])
                | models.Q(classroom__isnull=True),
                name="hat_class_for_class_hats_only",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["deputy", "secretary", "interim", "helper", "relay"])
                | models.Q(until__isnull=False),
                name="hat_given_has_an_end",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="hat_days_in_order",
            ),
        ]
        indexes = [models.Index(fields=["classroom", "kind"], name="hats_of_class")]

    def __str__(self) -> str:
        return self.get_kind_display()

    def is_worn_on(self, day: datetime.date) -> bool:
        """Whether `worn_on(day).unbarred(day)` would hold it; of a row `with_barred_until` only."""
        return self.runs_on(day) and not self.is_barred_on(day)

    def runs_on(self, day: datetime.date) -> bool:
        """Whether `worn_on(day)` would hold it, whatever court decisions say."""
        return self.since <= day and (self.until is None or self.until >= day)

    def is_barred_on(self, day: datetime.date) -> bool:
        """Whether a court decision takes it away; of a row `with_barred_until` only."""
        barred: datetime.date | None = self.barred_until  # type: ignore[attr-defined]
        return barred is not None and barred >= day


class RestrictionQuerySet(DatedQuerySet):
    """Court decisions by what they take away."""

    def covering_outer_hat(self) -> Self:
        """Inside a query of hats: those of its member for its class, or for the whole school."""
        same_class = models.Q(classroom__isnull=True) | models.Q(classroom=models.OuterRef("classroom"))
        return self.filter(same_class, membership=models.OuterRef("membership"))


class Restriction(models.Model):
    """A court decision recorded by the director: one class, or the school, as if never linked (DESIGN §1).

    Nobody but the direction may learn that it exists; a hat it covers is not even loaded.
    """

    membership = models.ForeignKey(
        Membership, models.CASCADE, related_name="restrictions", verbose_name=_("member")
    )
    classroom = models.ForeignKey(
        Classroom, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("class")
    )
    decided_on = models.DateField(_("date of the decision"))
    # Where the paper is kept, outside the site; never its content.
    reference = models.CharField(_("where the decision is kept"), max_length=120)
    until = models.DateField(_("last day"), null=True, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created = models.DateTimeField(_("recorded"), default=timezone.now)

    SCHOOL_PATH = "membership__school"
    objects = RestrictionQuerySet.as_manager()

    class Meta:
        verbose_name = _("restriction")
        verbose_name_plural = _("restrictions")
        ordering = ["-created"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "classroom"],
                condition=models.Q(classroom__isnull=False),
                name="class_restriction_once",
            ),
            models.UniqueConstraint(
                fields=["membership"],
                condition=models.Q(classroom__isnull=True),
                name="school_restriction_once",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
