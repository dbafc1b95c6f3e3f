"""What somebody asked for by a class code, whom a court decision keeps away and who may not know it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.schools.models.members import Membership
from accounts.schools.models.school import Classroom
from accounts.schools.scope import ScopedQuerySet


class Asked(models.Model):
    """One class, and the name typed: the person reads that they wait, like anybody; nobody lets them in."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="asked", verbose_name=_("member"))
    classroom = models.ForeignKey(Classroom, models.CASCADE, related_name="+", verbose_name=_("class"))
    name = models.CharField(_("name in this school"), max_length=80)
    at = models.DateTimeField(_("when"), default=timezone.now)

    SCHOOL_PATH = "membership__school"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["membership", "classroom"], name="asked_once_a_class")]

    def __str__(self) -> str:
        return self.name
