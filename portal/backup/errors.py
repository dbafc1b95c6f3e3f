"""Why a backup cannot be made or put back, with words for the operator."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class BackupError(Exception):
    """Nothing was changed."""

    message: Promise | str = _("This cannot be done.")

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.message} {self.detail}".strip()


class Damaged(BackupError):
    message = _("This file is no whole backup of this portal.")


class Newer(BackupError):
    message = _("A newer version of the portal made this backup. Install that version first.")


class WrongRows(BackupError):
    message = _("The rows of this backup do not hold together.")


class TooLarge(BackupError):
    message = _(
        "Unpacked, this file is far larger than a backup of its size, or than the free space of this disk."
    )
