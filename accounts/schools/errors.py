"""Acts refused in a school, with words for the person who asked."""

from django.utils.translation import gettext_lazy as _


class SchoolError(Exception):
    """An act on a school or its people that cannot be done."""

    message = _("This cannot be done.")

    def __str__(self) -> str:
        return str(self.message)


class NameTaken(SchoolError):
    message = _("Another person of this school has this name, or one that looks like it. Add a first name.")


class MandateWithoutElection(SchoolError):
    message = _("Write the date of the election: a mandate begins there.")


class LastDirector(SchoolError):
    message = _("This is the only person who directs the school. Give the direction to somebody first.")
