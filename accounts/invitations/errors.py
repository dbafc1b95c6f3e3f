"""Codes that open nothing, each in its own plain sentence. A school is named for a verified code only."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.schools.errors import NotOneself, SchoolError


class CodeRefused(SchoolError):
    """A code that lets nobody in; `school` and `invitation` are set only if the whole code was verified."""

    def __init__(self, school: Any = None, invitation: Any = None) -> None:
        super().__init__()
        self.school, self.invitation = school, invitation


class Mistyped(CodeRefused):
    """Cannot be a code: nothing was looked up, nothing is counted."""


class TooShort(Mistyped):
    message = _("This code is too short: it has ten signs. Look at the sheet again, sign by sign.")


class TooLong(Mistyped):
    message = _("This code is too long: it has ten signs. Look at the sheet again, sign by sign.")


class ForeignSign(Mistyped):
    """A sign that no code has."""

    def __init__(self, sign: str) -> None:
        super().__init__()
        self.sign = sign

    def __str__(self) -> str:
        return gettext(
            "No code holds the sign “%(sign)s”. The sheet has plain capital letters and digits only."
        ) % {"sign": self.sign}


class Unknown(CodeRefused):
    message = _(
        "No sheet has this code. Look again: an O is always a zero, an I or an L is always a one. "
        "Or ask the school for another sheet."
    )


class Used(CodeRefused):
    message = _(
        "This sheet has served already. If it was you, sign in with your user name. "
        "If not, ask the school for another sheet."
    )


class Expired(CodeRefused):
    message = _("This sheet was for another school year. Ask the school for a new one.")


class Replaced(CodeRefused):
    message = _("The school has printed a newer sheet: this one no longer serves. Take the newer one.")


class Withdrawn(CodeRefused):
    message = _("This sheet was withdrawn. If it is for you, ask the school for another one.")


class Locked(CodeRefused):
    message = _(
        "There were five wrong tries: this sheet is closed for 24 hours. The school can print another one "
        "at once."
    )


class ListFull(CodeRefused):
    message = _(
        "Many people came with this class code. The list is full for now. Ask the school for a sheet."
    )


class AlreadyHere(CodeRefused):
    message = _(
        "You are in this school already. For one more class, ask the school for a sheet in your name."
    )


class OwnTitle(CodeRefused, NotOneself):
    """The paper of a title, used by the person who wrote it."""


class NotGivenBack(SchoolError):
    """The account cannot be opened by a paper of this school: nothing is said of why."""

    message = _("This account cannot be opened again from here. Ask the people who run this site.")


class TooLate(CodeRefused):
    message = _(
        "More than 30 minutes have passed, or somebody signed out on this device. "
        "Type the code again: nothing else is lost."
    )
