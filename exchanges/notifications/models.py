"""What a person was told on the page, what they have read, and what they choose to receive."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """One thing told to one person: kind, address, title in their language, never a body (RULES §6)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    school = models.ForeignKey("accounts.School", models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    object = models.CharField(max_length=60)
    address = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)
    read = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "object"], name="noticed_once"),
        ]
        indexes = [models.Index(fields=["person", "read", "-at"], name="notices_of_person")]

    def __str__(self) -> str:
        return self.kind


class ReadMark(models.Model):
    """How far a person has read one thing; only ever forward, gone after 90 days, in nobody else's sight."""

    LIFE = datetime.timedelta(days=90)

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="read_marks")
    kind = models.CharField(max_length=20)
    object = models.PositiveBigIntegerField()
    up_to = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("read mark")
        verbose_name_plural = _("read marks")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["person", "kind", "object"], name="one_read_mark")]
        indexes = [models.Index(fields=["at"], name="read_marks_to_forget")]

    def __str__(self) -> str:
        return f"{self.kind} {self.up_to}"


class Preference(models.Model):
    """What a person chose to receive (DESIGN §7, Notifications); paper and language stand on the account."""

    class Rhythm(models.TextChoices):
        WEEKLY = "weekly", _("each week")
        DAILY = "daily", _("each day")
        NONE = "none", _("nothing but what answers me")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="preference", primary_key=True
    )
    rhythm = models.CharField(_("rhythm"), max_length=6, choices=Rhythm.choices, default=Rhythm.WEEKLY)
    simple_first = models.BooleanField(_("the simple version first"), default=False)
    paused_until = models.DateField(_("nothing until"), null=True, blank=True)
    home_school = models.ForeignKey(
        "accounts.School", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    last_letter = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.rhythm
