"""Why a file is not taken, told in words a parent understands."""

from django.utils.translation import gettext_lazy as _


class UploadError(ValueError):
    """A file that is not taken; `str()` gives the sentence to show, in the language of the moment."""

    message = _("This file cannot be taken.")

    def __init__(self, **figures: int) -> None:
        super().__init__()
        self.figures = figures

    def __str__(self) -> str:
        return str(self.message) % self.figures


class KindNotAccepted(UploadError):
    """Neither of the accepted kinds, by its content: its name says nothing."""

    message = _("This file is not of a kind taken here. Images: JPEG, PNG or WebP. Documents: PDF.")


class HeicNotAccepted(KindNotAccepted):
    """A photo as newer telephones keep it, which older ones cannot show."""

    message = _(
        "This photo is in the HEIC format, which many telephones cannot show."
        " In your telephone’s settings, choose “Most compatible”, or share it as JPEG."
    )


class LockedDocument(UploadError):
    """A PDF behind a password."""

    message = _("This document is locked with a password. Save it without one, then try again.")


class UnreadableFile(UploadError):
    """Damaged, cut short, or so made that it cannot be read within the limits."""

    message = _("This file is damaged or cannot be read. Open it on your device, save it, then try again.")


class TooManyBytes(UploadError):
    """Figures: limit (megabytes)."""

    message = _("This file is too heavy: %(limit)d MB at most.")


class TooManyPixels(UploadError):
    """Figures: width, height, limit (millions)."""

    message = _("This image is too large: %(width)d × %(height)d points, %(limit)d million in all at most.")


class AnimatedImage(UploadError):
    """More than one picture in the file."""

    message = _("This image moves. Send a picture that stands still.")
