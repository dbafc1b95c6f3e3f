"""People in a school: the membership, the hats worn there, mandates, and what a court decided."""

import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

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


class ParentList(models.Model):
    """An association of parents, or a list without one, that stands at the elections of a school."""

    school = models.ForeignKey(School, models.CASCADE, related_name="parent_lists", verbose_name=_("school"))
    key = models.CharField(max_length=8, unique=True, default=random_key)
    name = models.CharField(_("name"), max_length=80)
    is_association = models.BooleanField(_("is an association of parents (D. 111-6)"), default=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of parents")
        verbose_name_plural = _("lists of parents")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="parent_list_once")]

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

    def worn_on(self, day: datetime.date) -> Self:
        """Those in force on `day`, whatever court decisions say."""
        return self.lasting(day).filter(since__lte=day)

    def unbarred(self, day: datetime.date) -> Self:
        """Without those that a court decision takes away on `day`: as if never given (DESIGN §1)."""
        decided = Restriction.objects.filter(membership=models.OuterRef("membership")).lasting(day)
        same_class = models.Q(classroom__isnull=True) | models.Q(classroom=models.OuterRef("classroom"))
        return self.exclude(models.Exists(decided.filter(same_class)))


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


class Mandate(models.Model):
    """What the elections gave: kept with the hat `elected`, whose days are the mandate's (D. 111-7)."""

    class Title(models.TextChoices):
        FULL = "titulaire", _("full member")
        SUBSTITUTE = "suppleant", _("substitute")

    hat = models.OneToOneField(Hat, models.CASCADE, related_name="mandate", verbose_name=_("hat"))
    parent_list = models.ForeignKey(
        ParentList,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mandates",
        verbose_name=_("list of parents"),
    )
    title = models.CharField(_("title"), max_length=10, choices=Title.choices, default=Title.FULL)
    elected_on = models.DateField(_("date of the election"))

    SCHOOL_PATH = "hat__membership__school"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["-elected_on", "pk"]

    def __str__(self) -> str:
        return self.get_title_display()


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
    objects = DatedQuerySet.as_manager()

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
