"""Consents, and the ledger that says whom to erase again after a restore."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.schools.models import Membership, ParentList
from accounts.schools.scope import ScopedQuerySet


class Consent(models.Model):
    """Express, dated, revocable: this association may hold my name and address (D. 111-8)."""

    membership = models.ForeignKey(
        Membership, models.CASCADE, related_name="consents", verbose_name=_("member")
    )
    parent_list = models.ForeignKey(
        ParentList, models.CASCADE, related_name="consents", verbose_name=_("association")
    )
    given = models.DateTimeField(_("given"), default=timezone.now)
    revoked = models.DateTimeField(_("taken back"), null=True, blank=True)

    SCHOOL_PATH = "membership__school"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "parent_list"],
                condition=models.Q(revoked__isnull=True),
                name="one_running_consent",
            ),
        ]

    def __str__(self) -> str:
        return str(self.parent_list_id)


class Leaving(models.Model):
    """Somebody who is in no school any more: erased in time, asked whether contributions may stay."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="leaving")
    since = models.DateTimeField(default=timezone.now)
    erase_on = models.DateField()
    # None until answered; then the answer.
    keep_contributions = models.BooleanField(null=True, blank=True)

    class Meta:
        verbose_name = _("leaver")
        verbose_name_plural = _("leavers")
        ordering = ["erase_on", "pk"]

    def __str__(self) -> str:
        return str(self.erase_on)


class Erasure(models.Model):
    """One erased account, by the key that stood for it: no name. Replayed after a restore."""

    person = models.CharField(max_length=12, unique=True)
    keep_contributions = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.person
