"""Acts of moderation refused, with words for the person who asked."""

from django.utils.translation import gettext_lazy as _

from exchanges.moderation.models import Decision


class ModerationError(Exception):
    """An act of moderation that cannot be done."""

    message = _("This cannot be done.")

    def __str__(self) -> str:
        return str(self.message)


class AlreadyDecided(ModerationError):
    """Somebody was faster, or went on from there: `decision` is the one that stands, if it is known."""

    message = _("Somebody has already decided this.")

    def __init__(self, decision: Decision | None = None) -> None:
        super().__init__()
        self.decision = decision


class IsParty(ModerationError):
    message = _(
        "You wrote this, reported it or are named in it: somebody else decides. They can see it already."
    )


class NotTheirs(ModerationError):
    message = _("This is not yours to decide.")


class Gone(ModerationError):
    message = _("Its author took this message back: there is nothing left to decide.")


class NoGround(ModerationError):
    message = _("Choose a reason: the author is told.")


class WrongTime(ModerationError):
    message = _("Choose a day to come: seven days at most in a group, thirty in the school.")


class NameNotOpened(ModerationError):
    message = _("This person wrote without their name. It has to be opened first, by a decision.")


class CannotOpenName(ModerationError):
    message = _("A name is opened for a danger, or for an insult or threat, and nothing else.")


class CannotUndo(ModerationError):
    message = _("This can no longer be undone: what it changed has changed again.")


class CannotAskAgain(ModerationError):
    message = _("A second reading is asked for once, by the author, within 30 days.")
