"""Why nothing was recorded, in words for whoever typed."""

from django.utils.translation import gettext_lazy as _

from accounts.schools.errors import SchoolError


class AlreadyInClass(SchoolError):
    message = _("This was recorded already.")


class AlreadyDecided(SchoolError):
    message = _("Somebody decided this before you, or it was undone.")


class CannotBeUndone(SchoolError):
    message = _("This is undone already.")
