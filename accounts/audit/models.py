"""Who did what to whom, without a name: keys are looked up while an account lives (RULES §4, DESIGN §6)."""

from typing import Any, NoReturn

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    """Rows are added and read, never changed one by one; retention alone removes whole periods."""

    def of_school(self, school: Any) -> "AuditEntryQuerySet":
        return self.filter(school=school)

    def about_person(self, key: str) -> "AuditEntryQuerySet":
        return self.filter(about=key)

    def update(self, **fields: Any) -> NoReturn:
        raise TypeError("the audit is not changed")


class AuditEntry(models.Model):
    """One act: `actor` and `about` are `User.key`s; `facts` holds keys, dates and counts, never a name."""

    school = models.ForeignKey(
        "accounts.School", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("school")
    )
    verb = models.CharField(_("act"), max_length=40)
    actor = models.CharField(_("done by"), max_length=12, blank=True)
    hat = models.CharField(_("as"), max_length=20, blank=True)
    about = models.CharField(_("about"), max_length=12, blank=True)
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("act on record")
        verbose_name_plural = _("acts on record")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["school", "-at"], name="audit_of_school"),
            models.Index(fields=["about", "-at"], name="audit_about_person"),
        ]

    def __str__(self) -> str:
        return self.verb

    def save(self, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("the audit is not changed")
        super().save(**kwargs)
