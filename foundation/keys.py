"""Random keys that stand in addresses and logs instead of a row's number (RULES §7)."""

import secrets
from typing import Any

from django.db import IntegrityError, models, transaction

# No vowel: no word appears by chance.
LETTERS = "bcdfghjkmnpqrstvwxz"
# Of billions of keys two alike are rare; as many in a row are a fault.
DRAWS = 5


def random_key(length: int = 8) -> str:
    """Return `length` random lower-case letters."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def person_key() -> str:
    """Return the key that stands for an account in logs and ledgers, which hold no name."""
    return random_key(12)


class Keyed(models.Model):
    """A model whose `key` is drawn at random and unique; beside it all constraints refuse as ever."""

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        """Save; a new row whose key is taken draws another, inside the caller's transaction."""
        if not self._state.adding:
            super().save(**kwargs)
            return
        for _draw in range(DRAWS - 1):
            try:
                with transaction.atomic(using=kwargs.get("using")):
                    super().save(**kwargs)
            except IntegrityError:
                if not self._is_key_taken(kwargs.get("using")):
                    raise
                self.__dict__["key"] = random_key()
            else:
                return
        super().save(**kwargs)

    def _is_key_taken(self, using: str | None) -> bool:
        rows: Any = type(self)._base_manager.using(using)
        return bool(rows.filter(key=self.__dict__["key"]).exists())
