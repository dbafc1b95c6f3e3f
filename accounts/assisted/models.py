"""What a helper recorded for somebody, in their presence or from a signed paper."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.schools.models import Hat, Membership, School
from accounts.schools.scope import ScopedQuerySet
from foundation.keys import random_key


class AssistedEntry(models.Model):
    """One record: it says who typed it, and the person can undo it. Never a vote nor a correspondence."""

    class Basis(models.TextChoices):
        PRESENT = "present", _("the person is here")
        PAPER = "paper", _("from a signed paper")

    school = models.ForeignKey(School, models.CASCADE, related_name="+", verbose_name=_("school"))
    key = models.CharField(max_length=8, unique=True, default=random_key)
    helper = models.ForeignKey(
        Membership, models.SET_NULL, null=True, related_name="+", verbose_name=_("typed by")
    )
    # The hat worn while typing, of `Hat.Kind`: it stays when the account goes.
    hat = models.CharField(_("as"), max_length=10, choices=Hat.Kind.choices, default=Hat.Kind.HELPER)
    person = models.ForeignKey(
        Membership, models.CASCADE, related_name="assisted_entries", verbose_name=_("for")
    )
    # A code of the feature that recorded it; `object` is that feature's own key.
    kind = models.CharField(_("kind"), max_length=40)
    object = models.CharField(max_length=60, blank=True)
    basis = models.CharField(_("how"), max_length=10, choices=Basis.choices)
    # What undoing needs: the values before, never a text.
    before = models.JSONField(default=dict)
    # Typed by somebody who may not do it alone: nothing happens until *members* agree.
    waits = models.BooleanField(_("waits for the school"), default=False)
    at = models.DateTimeField(_("when"), default=timezone.now)
    undone = models.DateTimeField(_("undone"), null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("assisted entry")
        verbose_name_plural = _("assisted entries")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.kind
