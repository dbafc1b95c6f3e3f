"""Parents elected to the council of a school: the lists that stand, and what the elections gave."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.schools.models.members import Hat
from accounts.schools.models.school import School
from accounts.schools.scope import ScopedQuerySet
from foundation.keys import random_key


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
