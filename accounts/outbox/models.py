"""What is to be sent: one dispatch an act, one delivery a person, neither with a text (RULES §6)."""

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Dispatch(models.Model):
    """Written in the transaction of the act; the worker makes deliveries of it, in batches."""

    kind = models.CharField(max_length=40)
    object = models.CharField(max_length=60)
    revision = models.PositiveIntegerField(default=1)
    school = models.ForeignKey("accounts.School", models.CASCADE, null=True, blank=True, related_name="+")
    due = models.DateTimeField(default=timezone.now)
    created = models.DateTimeField(default=timezone.now)
    expanded = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("dispatch")
        verbose_name_plural = _("dispatches")
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "object", "revision"], name="dispatch_once"),
        ]
        indexes = [
            models.Index(
                fields=["due"], condition=models.Q(expanded__isnull=True), name="dispatch_to_expand"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object} {self.revision}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """The states a mail goes through."""

    def waiting(self, now: datetime.datetime) -> "DeliveryQuerySet":
        """Those to send now: due, or claimed by a sender that fell silent."""
        lost = models.Q(state=Delivery.State.CLAIMED, claimed_until__lt=now)
        return self.filter(models.Q(state=Delivery.State.DUE, due__lte=now) | lost)


class Delivery(models.Model):
    """One mail to one person, or to an address that has no account yet; composed when it is sent.

    `secret` is a sign-in code or an invitation's token, emptied once sent (RULES §6).
    """

    class State(models.TextChoices):
        DUE = "due", _("waiting")
        CLAIMED = "claimed", _("being sent")
        SENT = "sent", _("sent")
        REFUSED = "refused", _("refused by the mail server")
        DROPPED = "dropped", _("no longer needed")
        GIVEN_UP = "given_up", _("given up")

    kind = models.CharField(max_length=40)
    object = models.CharField(max_length=60)
    revision = models.PositiveIntegerField(default=1)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="deliveries"
    )
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=5, blank=True)
    secret = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DUE)
    reason = models.CharField(max_length=40, blank=True)
    due = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.CharField(max_length=40, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    created = models.DateTimeField(default=timezone.now)
    sent = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object", "revision", "person"],
                condition=models.Q(person__isnull=False),
                name="delivery_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["kind", "object", "revision", "address"],
                condition=models.Q(person__isnull=True),
                name="delivery_once_an_address",
            ),
        ]
        indexes = [models.Index(fields=["state", "due"], name="delivery_waiting")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object} {self.revision}"


class Sending(models.Model):
    """Whether mail goes out at all: off after a restore, paused while the mail server is away. One row."""

    is_on = models.BooleanField(default=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    pauses = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("sending")
        verbose_name_plural = _("sending")

    def __str__(self) -> str:
        return "on" if self.is_on else "off"

    @classmethod
    def current(cls) -> Any:
        """Return the one row."""
        return cls.objects.get_or_create(pk=1)[0]
