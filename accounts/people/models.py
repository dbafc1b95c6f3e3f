"""Who signs in: one account a person, and the roles the host itself gives."""

import datetime
import unicodedata
from functools import cache
from typing import Any, NoReturn

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.people.usernames import candidate
from accounts.people.words import as_typed
from foundation.keys import person_key
from foundation.prepared import Prepared


class UserManager(BaseUserManager["User"]):
    """Make people; nobody signs up by themselves."""

    def create_user(
        self, username: str = "", *, email: str | None = None, password: str | None = None, **fields: object
    ) -> "User":
        """Store a person; without a user name one is made, without a password they enter by e-mailed code,
        passkey or slip.
        """
        username = username or self.free_username(str(fields.get("display_name", "")))
        user = self.model(username=username, email=email, **fields)
        if password:
            user.set_password(password)
        else:
            user.set_unusable_password()
        user.save(using=self._db)
        return user

    def free_username(self, name: str) -> str:
        """Return a user name that nobody has, made from `name` and digits."""
        while True:
            username = candidate(name)
            if not self.filter(username__iexact=username).exists():
                return username

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """A person. The name a school knows stands on the membership, not here."""

    username = models.CharField(_("user name"), max_length=40, unique=True)
    email = models.EmailField(_("e-mail address"), null=True, blank=True)
    display_name = models.CharField(_("name shown"), max_length=60)
    language = models.CharField(_("language"), max_length=5, default="fr")
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)
    # Stands for the person in logs and ledgers, which hold no name.
    key = models.CharField(max_length=12, unique=True, default=person_key, editable=False)
    prefers_paper = models.BooleanField(_("prefers paper"), default=False)
    # After a slip printed again: until then nothing of one's past opens (`policy.opens_past`).
    past_opens = models.DateTimeField(null=True, blank=True, editable=False)
    # Whether an e-mail was verified before that slip: it alone can open the past sooner.
    past_by_email = models.BooleanField(default=False, editable=False)
    # Once the host gave a role, and for ever: of nearly everybody it is known that they have none.
    had_host_role = models.BooleanField(default=False, db_default=False, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["username"]
        constraints = [
            models.UniqueConstraint(Lower("username"), name="user_username_unique"),
            models.UniqueConstraint(Lower("email"), name="user_email_unique"),
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    def save(self, **kwargs: Any) -> None:
        """Keep NULL the only 'no address', and one spelling of an address: lower case."""
        self.email = self.email.lower() if self.email else None
        if not self._state.adding and kwargs.get("update_fields") is None:
            # HostRole's to write: whoever was read before a role was given does not take it back.
            kwargs["update_fields"] = _of_person()
        super().save(**kwargs)

    def past_is_open(self, now: datetime.datetime) -> bool:
        """Whether what they did before opens: not for 72 hours after a slip printed again (DESIGN §6)."""
        return self.past_opens is None or self.past_opens <= now

    def set_password(self, raw_password: str | None) -> None:
        """Store a password; three of our words however they are written."""
        super().set_password(as_typed(raw_password) if raw_password else raw_password)

    def check_password(self, raw_password: str | None) -> bool:
        return super().check_password(as_typed(raw_password) if raw_password else raw_password)

    def clean(self) -> None:
        """Normalise names to NFC and drop an empty address, so that NULL stays the only 'none'."""
        super().clean()
        self.display_name = unicodedata.normalize("NFC", self.display_name)
        self.email = self.email.lower() if self.email else None

    @cached_property
    def _roles_in_force(self) -> dict[str, datetime.date]:
        """{role: the day it began}, read once a request."""
        if not self.pk or not self.is_active or not self.had_host_role:
            return {}
        rows = _ROLES.rows(user=self.pk, today=timezone.localdate())
        return {row["role"]: row["since"] for row in rows}

    @property
    def host_roles(self) -> frozenset[str]:
        """The roles the host gave this person."""
        return frozenset(self._roles_in_force)

    @property
    def host_since(self) -> datetime.date | None:
        """The day the oldest role in force began."""
        return min(self._roles_in_force.values(), default=None)

    @property
    def is_staff(self) -> bool:
        """Django's word for the host's own staff; the schools' too: `accounts.schools.staff.is_staff`."""
        return bool(self.host_roles)

    @property
    def is_superuser(self) -> bool:
        """Nobody passes every rule: rights come from `policy` alone."""
        return False

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's own permission rows are not used: each ModelAdmin asks its policy."""
        return False

    def has_perms(self, perms: list[str], obj: object = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


@cache
def _of_person() -> tuple[str, ...]:
    """The columns of `User.save`."""
    names = [field.name for field in User._meta.concrete_fields if not field.primary_key]
    return tuple(name for name in names if name != "had_host_role")


class HostRoleQuerySet(models.QuerySet["HostRole"]):
    """Roles that count today; stored one by one, by `HostRole.save`, which tells it of the person."""

    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NotImplementedError("a role is stored by HostRole.save")

    def in_force(self, today: datetime.date | None = None) -> "HostRoleQuerySet":
        today = today or timezone.localdate()
        return self.filter(models.Q(until__isnull=True) | models.Q(until__gte=today))


class HostRole(models.Model):
    """A role in the host's own staff: it concerns the library and the server, never a school."""

    class Role(models.TextChoices):
        CURATOR = "curator", _("curator")
        HOST_MODERATOR = "host_moderator", _("host moderator")
        OPERATOR = "operator", _("operator")

    user = models.ForeignKey(User, models.CASCADE, related_name="host_role_rows", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = HostRoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("host role")
        verbose_name_plural = _("host roles")
        ordering = ["user", "role"]
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="host_role_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=["curator", "host_moderator", "operator"]), name="host_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"

    def save(self, **kwargs: Any) -> None:
        """Tell it of the person too: of nobody else are roles asked."""
        with transaction.atomic(using=kwargs.get("using")):
            super().save(**kwargs)
            self.user.had_host_role = True
            User.objects.filter(pk=self.user_id).update(had_host_role=True)


class KeptTextQuerySet(models.QuerySet["KeptText"]):
    """What was typed and could not be sent."""

    def alive(self) -> "KeptTextQuerySet":
        return self.filter(created__gt=timezone.now() - KeptText.LIFE)


class KeptText(models.Model):
    """A form that a person sent too late, or before a proof: given back to them alone, for an hour."""

    LIFE = datetime.timedelta(hours=1)

    user = models.ForeignKey(User, models.CASCADE, related_name="kept_texts", verbose_name=_("person"))
    path = models.CharField(_("address"), max_length=500)
    # Pairs of a field's name and its text, in the order of the form.
    fields = models.JSONField(_("text"))
    had_files = models.BooleanField(_("files were left out"), default=False)
    created = models.DateTimeField(_("kept at"), default=timezone.now)

    objects = KeptTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("kept text")
        verbose_name_plural = _("kept texts")
        ordering = ["-created"]
        indexes = [models.Index(fields=["user", "created"], name="kept_text_of_person")]

    def __str__(self) -> str:
        return self.path


def _roles(user: int, today: datetime.date) -> models.QuerySet:
    return HostRole.objects.in_force(today).filter(user=user).order_by("role").values("role", "since")


# Asked at nearly every request of somebody signed in.
_ROLES = Prepared(_roles, user=int, today=datetime.date)
