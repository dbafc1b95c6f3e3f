"""What an import keeps between its preview and its confirmation: adults and classes, nothing of a child."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.schools.models import School
from accounts.schools.scope import ScopedQuerySet
from foundation.keys import random_key


class ImportPlan(models.Model):
    """A previewed file, read already and thrown away: gone when confirmed, or after an hour."""

    LIFE = datetime.timedelta(hours=1)

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    key = models.CharField(max_length=8, unique=True, default=random_key)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10)
    # [{last_name, first_name, civility, email, classes: […]}], adults only.
    adults = models.JSONField(default=list)
    # Counts and the lines that fail, without a word of them.
    summary = models.JSONField(default=dict)
    created = models.DateTimeField(default=timezone.now)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("previewed import")
        verbose_name_plural = _("previewed imports")
        ordering = ["-created", "-pk"]

    def __str__(self) -> str:
        return self.key


class HomonymChoice(models.Model):
    """What a person decided of two adults of one name: the same, or two people; asked once."""

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    # Digest of the folded name and the class the file gave.
    case = models.CharField(max_length=64)
    same = models.BooleanField(_("the same person"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on a name")
        verbose_name_plural = _("decisions on names")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["school", "case"], name="homonym_decided_once")]

    def __str__(self) -> str:
        return self.case[:8]
