"""When each recurring job last ran: the claim that keeps two clocks from doing it twice."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClockRun(models.Model):
    """One row a job of the timetable."""

    name = models.CharField(_("job"), max_length=60, unique=True)
    started = models.DateTimeField(_("last started"), null=True)
    finished = models.DateTimeField(_("last finished"), null=True)
    failed = models.BooleanField(_("last run failed"), default=False)

    class Meta:
        verbose_name = _("run of a recurring job")
        verbose_name_plural = _("runs of recurring jobs")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
