"""Names of groups: what an eye can read, and no trick of letters; roles are words like others here."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.people.names import clean_words

LONGEST = 60
# Beside those of people's names: what a title of a few words may need.
SIGNS = frozenset("!?:;&+«»°'\u202f\u00a0")


def clean_group_name(text: str) -> str:
    """Return a name as it may be shown: NFC, single spaces. Raises ValidationError in plain words."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name or len(name) > LONGEST:
        raise ValidationError(_("Write a name of at most 60 letters."))
    return clean_words(name, SIGNS)
