"""What a chosen password must be: long, not common, not made of our own words; nothing else."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.people.models import User


@pytest.mark.parametrize(
    "password",
    ["girafe", "ecole-preau-2026", "Préau-Collège", "motdepasse2026", "123456789012", "1q2w3e4r5t6y"],
    ids=["short", "ours", "ours with accents", "said aloud", "digits", "common"],
)
def test_a_password_that_others_would_guess_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, User(username="amina", display_name="Amina"))


@pytest.mark.parametrize(
    "password",
    [
        "girafe-velo-nuage",
        "tousencoremaintenantpareil",
        "l'école de la rue bleue, en face",
        "كلمة طويلة جدا",
        "a" * 3 + "b" * 100,
    ],
    ids=["words", "one case", "our word among others", "arabic", "very long"],
)
def test_any_other_composition_is_free(password):
    validate_password(password, User(username="amina", display_name="Amina"))


def test_a_password_like_the_name_is_refused():
    with pytest.raises(ValidationError):
        validate_password("amina.belkacem1", User(username="amina.belkacem", display_name="Amina Belkacem"))
