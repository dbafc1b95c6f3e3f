"""Who is awaited in a school, and the codes that let them in (DESIGN §6, Slips)."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.schools.models import Classroom, Hat, Membership, School
from accounts.schools.scope import ScopedQuerySet
from foundation.keys import random_key


class InvitationQuerySet(ScopedQuerySet):
    """Those awaited in one school."""

    def waiting(self) -> "InvitationQuerySet":
        return self.filter(state=Invitation.State.WAITING)


class Invitation(models.Model):
    """An adult the school awaits, or a member who is given a way back in (`membership` then is theirs).

    Nothing else than name, address and classes is kept of them (DESIGN §6, Import).
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("not in yet")
        JOINED = "joined", _("in")
        NOT_ME = "not_me", _("said: this is not for me")
        REVOKED = "revoked", _("withdrawn")

    class Source(models.TextChoices):
        TYPED = "typed", _("typed")
        IMPORTED = "imported", _("imported")
        APPOINTED = "appointed", _("appointed by the host")

    # Hats that can be given by a slip; an elected parent's comes with a mandate, once in.
    KINDS = ("parent", "proche", "teacher", "director", "deputy", "secretary", "interim", "helper", "relay")

    school = models.ForeignKey(School, models.CASCADE, related_name="invitations", verbose_name=_("school"))
    key = models.CharField(max_length=8, unique=True, default=random_key)
    civility = models.CharField(_("civility"), max_length=8, blank=True)
    last_name = models.CharField(_("last name"), max_length=60)
    first_name = models.CharField(_("first name"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    kind = models.CharField(_("hat"), max_length=10, choices=Hat.Kind.choices, default=Hat.Kind.PARENT)
    classrooms = models.ManyToManyField(
        Classroom, blank=True, related_name="invitations", verbose_name=_("classes")
    )
    rights = models.JSONField(_("rights"), default=list, blank=True)
    until = models.DateField(_("last day"), null=True, blank=True)
    # Folded last and first name, by which an import finds its own people again.
    match = models.CharField(max_length=160, db_index=True)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.TYPED)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    membership = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="invitations"
    )
    mails = models.PositiveSmallIntegerField(_("mails sent"), default=0)
    last_mail = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(_("created"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["last_name", "first_name", "pk"]
        indexes = [
            models.Index(fields=["school", "state", "last_name"], name="awaited_of_school"),
            # An address under two names serves neither.
            models.Index(fields=["school", "email"], name="addresses_of_awaited"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """First name and last name, as a letter would have it."""
        return " ".join(part for part in (self.first_name, self.last_name) if part)


class CodeQuerySet(models.QuerySet):
    """Codes by what can still be done with them."""

    def living(self, now: datetime.datetime | None = None) -> "CodeQuerySet":
        """Not used, not cancelled, not expired; locked ones count."""
        return self.filter(is_living(now or timezone.now()))


def is_living(now: datetime.datetime, of: str = "") -> models.Q:
    """A code that still opens something, of the relation whose path is `of` ("slips__")."""
    return models.Q(**{f"{of}ended__isnull": True, f"{of}expires__gt": now})


class Code(models.Model):
    """Ten characters: four select the row, six are verified by scrypt; the code itself is never stored."""

    class End(models.TextChoices):
        USED = "used", _("used")
        CANCELLED = "cancelled", _("replaced by a newer one")
        REFUSED = "refused", _("said: this is not for me")

    selector = models.CharField(max_length=4, db_index=True)
    salt = models.CharField(max_length=32)
    verifier = models.CharField(max_length=64)
    made = models.DateTimeField(_("made"), default=timezone.now)
    expires = models.DateTimeField(_("good until"))
    ended = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=10, choices=End.choices, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(_("locked until"), null=True, blank=True)

    objects = CodeQuerySet.as_manager()

    class Meta:
        abstract = True


class Slip(Code):
    """One sheet of paper for one adult. `gives_back`: it opens the account of somebody who is in already."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="slips")
    gives_back = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("slip")
        verbose_name_plural = _("slips")
        ordering = ["-made", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["selector"], condition=models.Q(ended__isnull=True), name="one_living_slip_a_selector"
            ),
            models.UniqueConstraint(
                fields=["invitation"],
                condition=models.Q(ended__isnull=True),
                name="one_living_slip_an_invitation",
            ),
        ]
        indexes = [
            # Few are: each home of a director asks how many.
            models.Index(
                fields=["locked_until"],
                condition=models.Q(locked_until__isnull=False),
                name="slips_locked",
            ),
        ]

    def __str__(self) -> str:
        return self.selector


class ClassCode(Code):
    """A code for a whole class, on a poster: it only puts people on the waiting list."""

    classroom = models.ForeignKey(Classroom, models.CASCADE, related_name="codes")

    class Meta:
        verbose_name = _("class code")
        verbose_name_plural = _("class codes")
        ordering = ["-made", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["selector"],
                condition=models.Q(ended__isnull=True),
                name="one_living_class_code_a_selector",
            ),
            models.UniqueConstraint(
                fields=["classroom"], condition=models.Q(ended__isnull=True), name="one_living_code_a_class"
            ),
        ]

    def __str__(self) -> str:
        return self.selector


class MailToken(models.Model):
    """The single-use token of an invitation by mail; only its digest is kept. Its page acts by POST."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation by mail")
        verbose_name_plural = _("invitations by mail")
        ordering = ["-made", "-pk"]

    def __str__(self) -> str:
        return self.digest[:8]
