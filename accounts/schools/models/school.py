"""A school, its years and its classes."""

import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models.functions import Lower
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.schools.scope import ScopedQuerySet
from foundation.calendar import Calendar
from foundation.keys import random_key


def address_in(name: str, slug: str) -> str:
    """The address of a page of a school, worked out once: a page asks for a dozen."""
    return _address(name, slug, get_script_prefix())


@lru_cache(4096)
def _address(name: str, slug: str, _prefix: str) -> str:
    return reverse(name, args=[slug])


class SchoolQuerySet(models.QuerySet["School"]):
    """Schools by what a visitor may know of them."""

    def open(self) -> "SchoolQuerySet":
        """Those whose director has opened them: the others are shown to their own people only."""
        return self.filter(opened__isnull=False)


class School(models.Model):
    """A school as its front page tells it. Until `opened`, nothing is sent and visitors get a 404."""

    class Level(models.TextChoices):
        MATERNELLE = "maternelle", _("nursery school")
        ELEMENTAIRE = "elementaire", _("elementary school")
        PRIMAIRE = "primaire", _("primary school")
        COLLEGE = "college", _("middle school")
        LYCEE = "lycee", _("high school")

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    level = models.CharField(_("level"), max_length=12, choices=Level.choices)
    uai = models.CharField(_("UAI code"), max_length=8, blank=True)
    street = models.CharField(_("street"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    town = models.CharField(_("town"), max_length=80, blank=True)
    telephone = models.CharField(_("telephone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail of the school"), blank=True)
    hours = models.TextField(_("hours"), max_length=600, blank=True)
    gate = models.TextField(_("the gate"), max_length=600, blank=True)
    absence = models.TextField(_("how to tell an absence"), max_length=600, blank=True)
    commune_url = models.URLField(_("page of the commune"), blank=True)
    logo = models.CharField(max_length=60, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Paris")
    holiday_zone = models.CharField(_("holiday zone"), max_length=12, blank=True)
    languages = models.JSONField(_("languages spoken by families"), default=list, blank=True)
    created = models.DateTimeField(_("created"), default=timezone.now)
    opened = models.DateTimeField(_("opened"), null=True, blank=True)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        ordering = [Lower("name"), "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_in("school", self.slug)

    @property
    def is_open(self) -> bool:
        return self.opened is not None

    def today(self, now: datetime.datetime | None = None) -> datetime.date:
        """The date at the school: a mandate ends at midnight there."""
        return (now or timezone.now()).astimezone(ZoneInfo(self.time_zone)).date()

    @property
    def calendar(self) -> Calendar:
        """When mail goes to its families, and which time counts."""
        return Calendar(self.time_zone, self.holiday_zone)


class SchoolYear(models.Model):
    """One year of one school; exactly one is current."""

    school = models.ForeignKey(School, models.CASCADE, related_name="years", verbose_name=_("school"))
    name = models.CharField(_("name"), max_length=9)
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"))
    is_current = models.BooleanField(_("current"), default=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("school year")
        verbose_name_plural = _("school years")
        ordering = ["-starts"]
        constraints = [
            models.UniqueConstraint(fields=["school", "name"], name="school_year_once"),
            models.UniqueConstraint(
                fields=["school"], condition=models.Q(is_current=True), name="one_current_year_a_school"
            ),
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="school_year_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ClassroomQuerySet(ScopedQuerySet):
    """Classes of a school's current year unless another is named."""

    def current(self) -> "ClassroomQuerySet":
        return self.filter(year__is_current=True)


class Classroom(models.Model):
    """A class of one year; next year's is another row."""

    school = models.ForeignKey(School, models.CASCADE, related_name="classrooms", verbose_name=_("school"))
    year = models.ForeignKey(
        SchoolYear, models.CASCADE, related_name="classrooms", verbose_name=_("school year")
    )
    key = models.CharField(max_length=8, unique=True, default=random_key)
    name = models.CharField(_("name"), max_length=40)
    # Of the words of the school: "CP", "CE1", … ; several for a class of two levels.
    levels = models.JSONField(_("levels"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = ClassroomQuerySet.as_manager()

    class Meta:
        verbose_name = _("class")
        verbose_name_plural = _("classes")
        ordering = ["position", "name", "pk"]
        constraints = [models.UniqueConstraint("year", Lower("name"), name="classroom_name_once_a_year")]

    def __str__(self) -> str:
        return self.name
