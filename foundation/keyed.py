"""A row that others address by a random key: one that is taken is drawn again, and nobody sees it."""

from typing import Any

from django.db import IntegrityError, models, transaction

# Of billions of keys two alike are rare; as many in a row are a fault.
DRAWS = 5


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
                self.__dict__["key"] = self._drawn()
            else:
                return
        super().save(**kwargs)

    def _drawn(self) -> str:
        drawn: Any = self._meta.get_field("key")
        return str(drawn.get_default())

    def _is_key_taken(self, using: str | None) -> bool:
        rows: Any = type(self)._base_manager.using(using)
        return bool(rows.filter(key=self.__dict__["key"]).exists())
