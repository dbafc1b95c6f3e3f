"""Why the year cannot change, in words for the direction."""

from django.utils.translation import gettext_lazy as _

from accounts.schools.errors import SchoolError


class RolloverError(SchoolError):
    """The change of year, or its undoing, is refused; nothing was changed."""


class NotPrepared(RolloverError):
    message = _("Next year has no class yet. Prepare it first.")


class AlreadyPassed(RolloverError):
    message = _("The year has already changed: somebody did it before you. It was done once.")


class PlanChanged(RolloverError):
    message = _("Something changed since you read this page. Nothing was done. Read it again.")


class TooLate(RolloverError):
    message = _("More than 30 days have passed: this change of year can no longer be undone.")


class NotTheLast(RolloverError):
    message = _("Another change of year came after this one. Undo that one first.")


class AlreadyUndone(RolloverError):
    message = _("This change of year is undone already.")


class NameTakenSince(RolloverError):
    message = _(
        "Somebody came in since, under the name of a person who left. Change one of the names, then undo."
    )


class ClassInUse(RolloverError):
    """`names` are the classes that people are already placed in."""

    def __init__(self, names: list[str]) -> None:
        super().__init__()
        self.names = names

    def __str__(self) -> str:
        return str(_("People are placed in %(names)s: this class stays.")) % {"names": ", ".join(self.names)}
