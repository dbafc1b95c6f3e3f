"""Give paths their short code."""

import secrets

from django.conf import settings
from django.db import IntegrityError, transaction

from resources.sharing.models import ShortCode

# No vowel, so that no word appears; no l, that paper shows as 1.
ALPHABET = "bcdfghjkmnpqrstvwxz"
LENGTH = 12


def code_for(path: str, school: str = "") -> ShortCode:
    """Return the code of `path`, made at its first print; one query when it exists."""
    found = ShortCode.objects.filter(path=path).first()
    while found is None:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        try:
            with transaction.atomic():
                found = ShortCode.objects.create(code=code, path=path, school=school)
        except IntegrityError:
            # Another print of the same page was quicker, or the code is taken.
            found = ShortCode.objects.filter(path=path).first()
    return found


def short_address(code: ShortCode) -> str:
    return f"{settings.SITE_URL}/r/{code.code}"
