"""Passwords that everybody here would think of first."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from accounts.people.names import skeleton

# Words of the portal and of any school: a password may hold one, not be made of them.
OWN_WORDS = (
    "preau",
    "portail",
    "ecole",
    "college",
    "lycee",
    "classe",
    "parents",
    "maternelle",
    "elementaire",
    "rentree",
    "maitresse",
    "directrice",
    "motdepasse",
)


class OwnWordsValidator:
    """Refuse a password that is one of our words and little more (ASVS 6.2.11)."""

    # Letters and figures that must be left beside our words.
    LEAST = 6

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError if less than six signs are left without our words."""
        rest = skeleton(password)
        for word in OWN_WORDS:
            rest = rest.replace(skeleton(word), "")
        if len(rest) < self.LEAST:
            raise ValidationError(self.get_help_text(), code="password_own_words")

    def get_help_text(self) -> str:
        return gettext("Not only words that everybody here knows, such as the name of the portal.")
