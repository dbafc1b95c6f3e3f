"""Who signs in: one account a person, and the roles the host itself gives."""

import unicodedata

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Make people; nobody signs up by themselves."""

    def create_user(
        self, username: str, *, email: str | None = None, password: str | None = None, **fields: object
    ) -> "User":
        """Store a person; without a password they enter by e-mailed code, passkey or slip."""
        email = self.normalize_email(email).lower() if email else None
        user = self.model(username=username, email=email, **fields)
        if password:
            user.set_password(password)
        else:
            user.set_unusable_password()
        user.save(using=self._db)
        return user

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

    def clean(self) -> None:
        """Normalise names to NFC and drop an empty address, so that NULL stays the only 'none'."""
        super().clean()
        self.display_name = unicodedata.normalize("NFC", self.display_name)
        self.email = self.email.lower() if self.email else None

    @cached_property
    def host_roles(self) -> frozenset[str]:
        """The roles the host gave this person, read once a request."""
        if not self.pk or not self.is_active:
            return frozenset()
        return frozenset(HostRole.objects.in_force().filter(user=self).values_list("role", flat=True))

    @property
    def is_staff(self) -> bool:
        """Whoever may open the admin (DESIGN §6)."""
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
        return self.is_staff


class HostRoleQuerySet(models.QuerySet["HostRole"]):
    """Roles that count today."""

    def in_force(self) -> "HostRoleQuerySet":
        return self.filter(models.Q(until__isnull=True) | models.Q(until__gte=timezone.localdate()))


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
