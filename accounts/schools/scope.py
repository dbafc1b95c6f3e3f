"""A query on a school's data without a school raises (DESIGN §9): a forgotten scope is loud, no leak."""

from typing import Any, Self

from django.db import models


class UnscopedQuery(RuntimeError):
    """Rows of every school were asked for at once."""


class ScopedQuerySet(models.QuerySet):
    """Rows of a school: reading them needs a condition on the school, a member, a class or a person.

    `unscoped()` says on purpose that all schools are meant: retention, erasure, the host's own counts.
    """

    _all_schools = False

    def unscoped(self) -> Self:
        """Mean every school; only for what concerns them all."""
        clone = self.all()
        clone._all_schools = True
        return clone

    def of_school(self, school: Any) -> Self:
        """Limit to one school, by the model's own path to it."""
        return self.filter(**{getattr(self.model, "SCHOOL_PATH", "school"): school})

    def _clone(self) -> Self:
        clone = super()._clone()  # type: ignore[misc]
        clone._all_schools = self._all_schools
        return clone

    def require_scope(self) -> None:
        """Raise UnscopedQuery if this would read rows of every school."""
        if not (self._all_schools or self.query.is_empty() or _names_a_relation(self.query.where)):
            raise UnscopedQuery(
                f"{self.model.__name__} asked for without a school: of_school() or unscoped()"
            )

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self.require_scope()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        self.require_scope()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self.require_scope()
        return super().count()

    def exists(self) -> bool:
        self.require_scope()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self.require_scope()
        return super().aggregate(*args, **kwargs)

    def update(self, **fields: Any) -> int:
        self.require_scope()
        return super().update(**fields)

    def delete(self) -> tuple[int, dict[str, int]]:
        self.require_scope()
        return super().delete()


def _names_a_relation(where: Any) -> bool:
    """Whether every row kept compares a foreign key, of this model or of one joined to it, with something.

    One such condition among those that all hold, each of those of which one must hold; what is excluded and
    "is empty" name nobody.
    """
    if where.negated or where.connector == "XOR":
        return False
    answers = (_is_scope(child) for child in where.children)
    return all(answers) if where.connector == "OR" and where.children else any(answers)


def _is_scope(child: Any) -> bool:
    if hasattr(child, "children"):
        return _names_a_relation(child)
    target = getattr(getattr(child, "lhs", None), "target", None)
    if target is not None and target.is_relation:
        return getattr(child, "lookup_name", "") != "isnull"
    # The rows of a subquery: EXISTS (…), or IN (…).
    inner: Any = getattr(child, "query", None) or getattr(child, "rhs", None)
    return hasattr(inner, "where") and _names_a_relation(inner.where)
