"""The passage from one school year to the next, with what undoes it."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.schools.models import Classroom, Membership, School, SchoolYear
from accounts.schools.scope import ScopedQuerySet


class Promotion(models.Model):
    """Where a whole class goes next year; without a row, its people are placed one by one."""

    old = models.OneToOneField(Classroom, models.CASCADE, related_name="promotion", verbose_name=_("class"))
    # None: its pupils leave the school.
    new = models.ForeignKey(
        Classroom, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("next class")
    )

    SCHOOL_PATH = "old__school"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("next class of a class")
        verbose_name_plural = _("next classes of classes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.old_id)


class NextClass(models.Model):
    """The class of next year for one link: a parent's own tick, or what the direction placed by hand."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    # Of `Hat.Kind`: a parent's link or a teacher's.
    kind = models.CharField(max_length=10, default="parent")
    old = models.ForeignKey(Classroom, models.CASCADE, related_name="+", verbose_name=_("class"))
    # None: this link leaves the school.
    classroom = models.ForeignKey(
        Classroom, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("next class")
    )
    by_school = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    SCHOOL_PATH = "membership__school"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("class of next year")
        verbose_name_plural = _("classes of next year")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["membership", "kind", "old"], name="next_class_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["parent", "teacher"]), name="next_class_of_parent_or_teacher"
            ),
        ]

    def __str__(self) -> str:
        return str(self.old_id)


class Rollover(models.Model):
    """One passage, done in one transaction; `inverse` lists the rows and the values they had."""

    REVERSIBLE = datetime.timedelta(days=30)

    school = models.ForeignKey(School, models.CASCADE, related_name="+", verbose_name=_("school"))
    from_year = models.ForeignKey(SchoolYear, models.CASCADE, related_name="+", verbose_name=_("from"))
    to_year = models.ForeignKey(SchoolYear, models.CASCADE, related_name="+", verbose_name=_("to"))
    done = models.DateTimeField(_("done"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    inverse = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    reverted = models.DateTimeField(_("undone"), null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of year")
        verbose_name_plural = _("changes of year")
        ordering = ["-done", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_year"], condition=models.Q(reverted__isnull=True), name="rollover_once_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_year} → {self.to_year}"
