"""What is to be sent: one dispatch an act, one delivery a person, neither with a text (RULES §6)."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Nothing that concerns a school leaves before its director has opened it.
OF_OPEN_SCHOOL = models.Q(school__isnull=True) | models.Q(school__opened__isnull=False)


class DispatchQuerySet(models.QuerySet["Dispatch"]):
    """What is to be expanded into one row a person."""

    def waiting(self, now: datetime.datetime) -> "DispatchQuerySet":
        """Those to expand now; a school's wait until it is opened."""
        return self.filter(OF_OPEN_SCHOOL, expanded__isnull=True, due__lte=now)


class Dispatch(models.Model):
    """Written in the transaction of the act; the worker makes deliveries of it, in batches."""

    kind = models.CharField(max_length=40)
    object = models.CharField(max_length=60)
    revision = models.PositiveIntegerField(default=1)
    school = models.ForeignKey("accounts.School", models.CASCADE, null=True, blank=True, related_name="+")
    due = models.DateTimeField(default=timezone.now)
    created = models.DateTimeField(default=timezone.now)
    expanded = models.DateTimeField(null=True, blank=True)

    objects = DispatchQuerySet.as_manager()

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
        """Those to send now: due, or claimed by a sender that fell silent; a school's once it is opened."""
        return self.filter(OF_OPEN_SCHOOL).claimable(now)

    def claimable(self, now: datetime.datetime) -> "DeliveryQuerySet":
        """Those no sender holds at `now`."""
        lost = models.Q(state=Delivery.State.CLAIMED, claimed_until__lt=now)
        return self.filter(models.Q(state=Delivery.State.DUE, due__lte=now) | lost)

    def first_asked_for(self) -> "DeliveryQuerySet":
        """In the order of sending: whoever waits before a screen first."""
        return self.order_by("-asked_for", "due", "pk")

    def held(self) -> "DeliveryQuerySet":
        """Those that no sender has finished with."""
        return self.filter(state__in=[Delivery.State.DUE, Delivery.State.CLAIMED])

    def of_person(self, person: Any, addresses: Sequence[str] = ()) -> "DeliveryQuerySet":
        """Those to the person, or to one of `addresses` in whatever case."""
        theirs = models.Q(person=person)
        for address in addresses:
            theirs |= models.Q(address__iexact=address)
        return self.filter(theirs)


class Delivery(models.Model):
    """One mail to one person, or to an address that has no account yet; composed when it is sent.

    `secret` is a sign-in code or an invitation's token, emptied once sent (RULES §6). `asked_for` says that
    someone waits for it before a screen; past `expires` it would bring what opens nothing, and is dropped.
    """

    class State(models.TextChoices):
        DUE = "due", _("waiting")
        CLAIMED = "claimed", _("being sent")
        SENT = "sent", _("sent")
        REFUSED = "refused", _("refused by the mail server")
        DROPPED = "dropped", _("no longer needed")
        GIVEN_UP = "given_up", _("given up")

    kind = models.CharField(_("kind of mail"), max_length=40)
    object = models.CharField(max_length=60)
    revision = models.PositiveIntegerField(default=1)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="deliveries"
    )
    address = models.EmailField(blank=True)
    school = models.ForeignKey("accounts.School", models.CASCADE, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=5, blank=True)
    secret = models.CharField(max_length=200, blank=True)
    asked_for = models.BooleanField(default=False)
    expires = models.DateTimeField(null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DUE)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    due = models.DateTimeField(_("to be sent from"), default=timezone.now)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    claimed_by = models.CharField(max_length=40, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    created = models.DateTimeField(_("written"), default=timezone.now)
    ended = models.DateTimeField(_("ended"), null=True, blank=True)

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
        return f"{self.kind} {self.pk}"


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
