"""Files that come from outside: what they really are, a name that harms nobody, images made anew."""

from foundation.uploads.errors import (
    AnimatedImage,
    KindNotAccepted,
    TooManyBytes,
    TooManyPixels,
    UnreadableFile,
    UploadError,
)
from foundation.uploads.headers import MAX_PIXELS, Header, Kind, inspect_header
from foundation.uploads.names import safe_name
from foundation.uploads.remaking import Remade, remake_image, remake_renditions

__all__ = [
    "MAX_PIXELS",
    "AnimatedImage",
    "Header",
    "Kind",
    "KindNotAccepted",
    "Remade",
    "TooManyBytes",
    "TooManyPixels",
    "UnreadableFile",
    "UploadError",
    "inspect_header",
    "remake_image",
    "remake_renditions",
    "safe_name",
]
