"""School holidays of the zones that no package knows, kept by the host (RULES §6); empty means none."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class HolidayPeriod(models.Model):
    """Holidays of one zone, both days included."""

    zone = models.CharField(_("holiday zone"), max_length=12)
    name = models.CharField(_("name"), max_length=60)
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("holidays")
        verbose_name_plural = _("holidays")
        ordering = ["zone", "first"]
        constraints = [
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="holidays_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.zone} {self.name}"

    def clean(self) -> None:
        if self.first and self.last and self.last < self.first:
            raise ValidationError({"last": _("The last day comes after the first.")})
