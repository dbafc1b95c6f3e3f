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


class ElectionToCome(SchoolError):
    message = _("This election has not been held yet.")


class MandateTooLong(SchoolError):
    message = _("A mandate ends with the next results, at latest on 30 November of the next school year.")


class NotAParent(SchoolError):
    message = _("This person is not a parent in this school today: only a parent can be elected by parents.")


class CouncilByRight(SchoolError):
    message = _(
        "This person sits in the council by right, as director or teacher of the school: they cannot be an"
        " elected parent here."
    )


class LastDirector(SchoolError):
    message = _("This is the only person who directs the school. Give the direction to somebody first.")


class NotTheDirection(SchoolError):
    message = _("The person who directs the school can be neither suspended nor restricted.")


class NotOneself(SchoolError):
    message = _("Nobody does this to themselves.")


class SuspendedTooLong(SchoolError):
    message = _("Writing can be suspended for 30 days at most, and not in the past.")


class TitleNeedsAnEnd(SchoolError):
    message = _("Write the last day of this role: it must be today or later.")


class ClassNotEmpty(SchoolError):
    message = _("People or slips are tied to this class. Move them to another one first.")


class ClassNameTaken(SchoolError):
    message = _("Another class of this year has this name.")


class ListInUse(SchoolError):
    message = _("Elected parents stand on this list: it stays.")


class ListNameTaken(SchoolError):
    message = _("Another list of this school has this name.")


class OtherSchool(SchoolError):
    message = _("These do not belong to the same school.")
