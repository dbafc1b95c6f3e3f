"""What a curator is told when an act on the library cannot be done."""

from typing import Any

from django.utils.translation import gettext_lazy as _


class LibraryError(Exception):
    """An act refused, with words for the person who asked."""

    message: Any = _("This cannot be done.")

    def __init__(self, message: object = None) -> None:
        super().__init__(str(message or self.message))
        self.message = message or self.message


class EditedMeanwhile(LibraryError):
    """Somebody else saved the text since this form was opened."""

    message = _(
        "Somebody else saved this text while you were writing. Nothing is lost: both texts are below."
    )


class NeedsSecondPerson(LibraryError):
    """Whoever wrote a text does not accept it alone (DESIGN §5, Editing)."""

    message = _("Another curator must read this text: you wrote its last version.")


class ChangedSinceRead(LibraryError):
    """The words on the decision's page are no longer those of the row."""

    message = _("This text was changed since you opened it. Read it as it stands now, then decide.")


class NeedsReason(LibraryError):
    message = _("Say why you send this text back, so that its author can correct it.")


class WrongState(LibraryError):
    message = _("The state of this text does not allow that any more. Reload the page.")


class ImageWithoutWords(LibraryError):
    message = _("An image has no alternative text. Describe it in a few words, then publish.")


class ImageMissing(LibraryError):
    """An image that came after the decision would be shown without a second reader."""

    message = _("An image of this text is not here yet. Add it, or take it out of the text, then publish.")


class AddressTaken(LibraryError):
    message = _("Another resource has, or once had, this address. Choose another one.")


class Incomplete(LibraryError):
    """What a reader needs is missing; the message names it."""


class NumberTaken(LibraryError):
    message = _("Another tool sheet of this series has this number. Choose another one.")


class PictureNameTaken(LibraryError):
    message = _("The library already has an image of this name. Give yours another one.")


class PictureInUse(LibraryError):
    message = _("A text still shows this image. Take it out of the text first.")


class DateIsPast(LibraryError):
    message = _("This date is past. Choose one to come.")


class StillUsed(LibraryError):
    message = _("Something of the library still uses this. Take it out there first.")
