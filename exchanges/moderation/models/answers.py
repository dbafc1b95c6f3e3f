"""What the author may ask after a decision, and what anybody may tell the host."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.schools.models import Membership, School
from accounts.schools.scope import ScopedQuerySet
from exchanges.groups.models import Group
from exchanges.moderation.models.cases import Case


class SecondReading(models.Model):
    """The author asks, once and within 30 days, that somebody else reads again (RULES §4)."""

    ASKED_WITHIN = datetime.timedelta(days=30)

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("the decision stands")
        REVERSED = "reversed", _("the decision is reversed")
        NOBODY = "nobody", _("there is nobody else to read it")

    class Reader(models.TextChoices):
        """Who reads: the first of these where somebody is neither party nor decider."""

        FACILITATOR = "facilitator", _("another facilitator")
        DIRECTOR = "director", _("the director")
        DEPUTY = "deputy", _("a deputy")
        HOST = "host", _("the host moderator")

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, null=True, blank=True, related_name="+")
    decision = models.PositiveIntegerField()
    author = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    reader = models.CharField(max_length=12, choices=Reader.choices, blank=True)
    words = models.CharField(_("what you want to say"), max_length=500, blank=True)
    asked = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    answered = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("second reading")
        verbose_name_plural = _("second readings")
        ordering = ["asked", "pk"]
        constraints = [models.UniqueConstraint(fields=["school", "decision"], name="read_again_once")]

    def __str__(self) -> str:
        return str(self.decision)


class IllegalNotice(models.Model):
    """A notice of illegal content by anybody (DSA, article 16), to the host moderator."""

    class Outcome(models.TextChoices):
        REMOVED = "removed", _("the content was removed")
        KEPT = "kept", _("the content stays")
        UNKNOWN = "unknown", _("nothing was found there")

    receipt = models.CharField(_("receipt"), max_length=12, unique=True)
    address = models.CharField(_("address of the content"), max_length=500)
    reasons = models.TextField(_("why it is illegal"), max_length=4000)
    name = models.CharField(_("your name"), max_length=80, blank=True)
    email = models.EmailField(_("your e-mail"), blank=True)
    language = models.CharField(max_length=5, blank=True)
    good_faith = models.BooleanField(_("I say this in good faith"), default=False)
    case = models.ForeignKey(Case, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("received"), default=timezone.now)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices, blank=True)
    answer = models.TextField(_("what is answered"), max_length=4000, blank=True)
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("notice of illegal content")
        verbose_name_plural = _("notices of illegal content")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.receipt
