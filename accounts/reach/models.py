"""The figures of a week: what is shown of reach changes on Mondays only (RULES §6, Statistics)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.schools.models import School
from accounts.schools.scope import ScopedQuerySet


class ReachWeek(models.Model):
    """One school's figures of one week, already rounded: no exact count is kept."""

    school = models.ForeignKey(School, models.CASCADE, related_name="+", verbose_name=_("school"))
    monday = models.DateField(_("week of"))
    # [{"key", "name", "joined", "mail", "paper", "copies"}], a class each; all multiples of 5.
    classes = models.JSONField(default=list)
    made = models.DateTimeField(default=timezone.now)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("reach of a week")
        verbose_name_plural = _("reach by week")
        ordering = ["-monday", "pk"]
        constraints = [models.UniqueConstraint(fields=["school", "monday"], name="reach_once_a_week")]

    def __str__(self) -> str:
        return str(self.monday)
