"""The passage from one school year to the next, with what undoes it."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.schools.models import Classroom, Membership, School, SchoolYear
from accounts.schools.scope import ScopedQuerySet


class NextClass(models.Model):
    """A parent's own tick: the class of next year, before the school's file says it."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    classroom = models.ForeignKey(Classroom, models.CASCADE, related_name="+", verbose_name=_("next class"))
    at = models.DateTimeField(default=timezone.now)

    SCHOOL_PATH = "membership__school"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("class of next year")
        verbose_name_plural = _("classes of next year")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["membership", "classroom"], name="next_class_once")]

    def __str__(self) -> str:
        return str(self.classroom_id)


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
