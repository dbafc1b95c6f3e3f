"""Files that come from outside: what they really are, a name that harms nobody, images made anew."""

from foundation.uploads.documents import remake_pdf
from foundation.uploads.errors import (
    AnimatedImage,
    HeicNotAccepted,
    KindNotAccepted,
    LockedDocument,
    TooManyBytes,
    TooManyPixels,
    UnreadableFile,
    UploadError,
)
from foundation.uploads.headers import MAX_PIXELS, Header, Kind, inspect_header
from foundation.uploads.names import safe_name
from foundation.uploads.remaking import Remade, remake_image, remake_renditions
from foundation.uploads.serving import serve
from foundation.uploads.taking import Taken, take

__all__ = [
    "MAX_PIXELS",
    "AnimatedImage",
    "Header",
    "HeicNotAccepted",
    "Kind",
    "KindNotAccepted",
    "LockedDocument",
    "Remade",
    "Taken",
    "TooManyBytes",
    "TooManyPixels",
    "UnreadableFile",
    "UploadError",
    "inspect_header",
    "remake_image",
    "remake_pdf",
    "remake_renditions",
    "safe_name",
    "serve",
    "take",
]
